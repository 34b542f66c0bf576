namespace PromoRec.Training.CoOccurrence;

/// <summary>Adds up what comes with an item, one item after another. One thread at a time.</summary>
/// <remarks>The baskets of an item are added in their order, and both items of a pair have the same ones, so a sum has the same bits in both directions and whoever computes it.</remarks>
/// <param name="baskets">The baskets.</param>
/// <param name="items">Number of items.</param>
/// <param name="distanceDecay">What is left of a pair for every step further apart.</param>
internal sealed class CoOccurrenceSums(Baskets baskets, int items, double distanceDecay)
{
    private readonly double[] _weights = new double[items];
    private readonly int[] _counts = new int[items];
    private readonly List<int> _touched = [];
    private readonly List<double> _powers = [1];

    /// <summary>The items that are in a basket with an item, in no particular order; valid until the next call.</summary>
    public IReadOnlyList<int> Add(int item)
    {
        foreach (int other in _touched)
        {
            (_weights[other], _counts[other]) = (0, 0);
        }

        _touched.Clear();
        foreach (int basket in baskets.BasketsOf(item))
        {
            ReadOnlySpan<BasketEntry> entries = baskets.EntriesOf(basket);
            int first = FirstOf(entries, item);
            ReadOnlySpan<BasketEntry> own = entries[first..EndOf(entries, first)];
            for (int at = 0, end; at < entries.Length; at = end)
            {
                end = EndOf(entries, at);
                if (entries[at].Item != item)
                {
                    Add(entries[at].Item, baskets.WeightOf(basket) * Power(Distance(own, entries[at..end]) - 1));
                }
            }
        }

        return _touched;
    }

    /// <summary>The weight of the baskets with the item and another.</summary>
    public double WeightWith(int other) => _weights[other];

    /// <summary>The number of baskets with the item and another.</summary>
    public int CountWith(int other) => _counts[other];

    private void Add(int other, double weight)
    {
        if (_counts[other]++ == 0)
        {
            _touched.Add(other);
        }

        _weights[other] += weight;
    }

    private static int FirstOf(ReadOnlySpan<BasketEntry> entries, int item)
    {
        int at = entries.BinarySearch(new BasketEntry(item, -1));
        return at >= 0 ? at : ~at;
    }

    private static int EndOf(ReadOnlySpan<BasketEntry> entries, int first)
    {
        int end = first + 1;
        while (end < entries.Length && entries[end].Item == entries[first].Item)
        {
            end++;
        }

        return end;
    }

    /// <summary>The least number of steps between the two; 1 where they are of the same instant.</summary>
    private static int Distance(ReadOnlySpan<BasketEntry> one, ReadOnlySpan<BasketEntry> other)
    {
        int least = int.MaxValue;
        for (int i = 0, j = 0; i < one.Length && j < other.Length;)
        {
            least = Math.Min(least, Math.Abs(one[i].Instant - other[j].Instant));
            (i, j) = one[i].Instant < other[j].Instant ? (i + 1, j) : (i, j + 1);
        }

        return Math.Max(1, least);
    }

    private double Power(int exponent)
    {
        // Only as many as there are steps in a basket, and by multiplication, which is the same on every machine.
        while (_powers.Count <= exponent && distanceDecay < 1)
        {
            _powers.Add(_powers[^1] * distanceDecay);
        }

        return distanceDecay < 1 ? _powers[exponent] : 1;
    }
}
