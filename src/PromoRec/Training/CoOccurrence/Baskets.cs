using System.Runtime.InteropServices;
using PromoRec.Datasets;

namespace PromoRec.Training.CoOccurrence;

/// <summary>What customers took together, and how much each basket counts. Immutable.</summary>
internal sealed class Baskets
{
    /// <summary>A basket of which less is left counts as nothing, so that products of weights stay above zero.</summary>
    private const double LeastWeight = 1e-30;

    private readonly List<BasketEntry> _entries = [];
    private readonly List<int> _offsets = [0];
    private readonly List<double> _weights = [];
    private readonly int[][] _basketsOf;

    private Baskets(int items) => _basketsOf = new int[items][];

    /// <summary>Number of baskets.</summary>
    public int Count => _weights.Count;

    /// <summary>The weight of all baskets together.</summary>
    public double TotalWeight { get; private set; }

    /// <summary>Baskets that were left out because they are too large.</summary>
    public int TooLarge { get; private set; }

    /// <summary>For each item the weight of the baskets that have it.</summary>
    public double[] ItemWeights { get; private set; } = [];

    /// <summary>The baskets that have an item, ascending.</summary>
    public ReadOnlySpan<int> BasketsOf(int item) => _basketsOf[item];

    /// <summary>What is in a basket, by item and then by instant.</summary>
    public ReadOnlySpan<BasketEntry> EntriesOf(int basket) => CollectionsMarshal.AsSpan(_entries)[_offsets[basket].._offsets[basket + 1]];

    public double WeightOf(int basket) => _weights[basket];

    /// <param name="events">The events; those that weigh nothing or less are passed over.</param>
    /// <param name="items">Number of items.</param>
    /// <param name="options">What belongs together.</param>
    /// <param name="cancellationToken">Stops between two customers.</param>
    public static Baskets Of(EventHistory events, int items, CoOccurrenceOptions options, CancellationToken cancellationToken)
    {
        var baskets = new Baskets(items);
        List<StampedEvent> basket = [];
        for (int user = 0; user < events.Users; user++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (ref readonly StampedEvent one in events.Of(user))
            {
                if (one.Weight > 0)
                {
                    if (basket.Count > 0 && !AreTogether(basket[^1].Ticks, one.Ticks, options.SessionGap.Ticks))
                    {
                        baskets.Add(basket, events, options);
                    }

                    basket.Add(one);
                }
            }

            baskets.Add(basket, events, options);
        }

        baskets.Index(items);
        return baskets;
    }

    private static bool AreTogether(long before, long next, long gap) => before == next || (before != 0 && next - before <= gap);

    private void Add(List<StampedEvent> basket, EventHistory events, CoOccurrenceOptions options)
    {
        if (basket.Count == 0)
        {
            return;
        }

        SortedSet<BasketEntry> entries = [];
        int instant = 0;
        for (int i = 0; i < basket.Count; i++)
        {
            instant += i > 0 && basket[i].Ticks != basket[i - 1].Ticks ? 1 : 0;
            entries.Add(new BasketEntry(basket[i].Item, instant));
        }

        if (entries.DistinctBy(entry => entry.Item).Count() > options.MaxBasketItems)
        {
            TooLarge++;
        }
        else
        {
            _entries.AddRange(entries);
            _offsets.Add(_entries.Count);
            double left = events.DecayOf(basket[^1], options.HalfLife?.Ticks ?? 0);
            _weights.Add(left >= LeastWeight ? left : 0);
        }

        basket.Clear();
    }

    private void Index(int items)
    {
        var lists = new List<int>[items];
        ItemWeights = new double[items];
        for (int basket = 0; basket < Count; basket++)
        {
            int previous = -1;
            foreach (BasketEntry entry in EntriesOf(basket))
            {
                if (entry.Item != previous)
                {
                    (lists[entry.Item] ??= []).Add(basket);
                    ItemWeights[entry.Item] += _weights[basket];
                    previous = entry.Item;
                }
            }

            TotalWeight += _weights[basket];
        }

        for (int item = 0; item < items; item++)
        {
            _basketsOf[item] = lists[item] is { } list ? [.. list] : [];
        }
    }
}
