using PromoRec.Datasets;

namespace PromoRec.Candidates;

/// <summary>Which offers aim at single items only, turned around: from an item to the offers that name it.</summary>
/// <remarks>
/// A customer has purchased such an offer once all its items were purchased. Walking from the few items a customer purchased to
/// the offers costs far less than looking through the targets of every offer. The items have numbers of their own, so that an item
/// that no model knows counts too.
/// </remarks>
internal sealed class PurchaseTargets
{
    private readonly Dictionary<ItemId, int> _numbers = [];
    private readonly int[][] _offersOf;
    private readonly int[] _required;

    public PurchaseTargets(ReadOnlySpan<Offer> offers)
    {
        var offersOf = new List<List<int>>();
        _required = new int[offers.Length];
        for (int row = 0; row < offers.Length; row++)
        {
            if (!offers[row].Targets.All(target => target.Kind == OfferTargetKind.Item))
            {
                continue;
            }

            foreach (OfferTarget target in offers[row].Targets)
            {
                if (!_numbers.TryGetValue(target.ItemId, out int number))
                {
                    number = _numbers.Count;
                    _numbers.Add(target.ItemId, number);
                    offersOf.Add([]);
                }

                // An offer may name an item twice; rows only grow, so a repetition stands last.
                List<int> naming = offersOf[number];
                if (naming.Count == 0 || naming[^1] != row)
                {
                    naming.Add(row);
                    _required[row]++;
                }
            }
        }

        _offersOf = [.. offersOf.Select(naming => naming.ToArray())];
    }

    /// <summary>How many items each offer asks for; 0 where it aims at more than single items and is never purchased this way.</summary>
    public ReadOnlySpan<int> Required => _required;

    /// <summary>The number of an item that some offer names, or -1.</summary>
    public int NumberOf(ItemId item) => _numbers.GetValueOrDefault(item, -1);

    /// <summary>The rows of the offers that name an item, ascending.</summary>
    public ReadOnlySpan<int> OffersOf(int number) => _offersOf[number];

    /// <summary>For each row of an item index the item's number, or -1.</summary>
    public int[] NumbersOf(IdIndex items)
    {
        var numbers = new int[items.Count];
        Array.Fill(numbers, -1);
        foreach ((ItemId item, int number) in _numbers)
        {
            if (items.TryGetRow(item.Value, out int row))
            {
                numbers[row] = number;
            }
        }

        return numbers;
    }
}
