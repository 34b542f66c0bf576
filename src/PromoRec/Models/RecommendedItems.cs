using System.Collections;

namespace PromoRec.Models;

/// <summary>Items recommended to a customer, best first, and what the order rests on.</summary>
public sealed class RecommendedItems : IReadOnlyList<ScoredItem>
{
    private readonly ScoredItem[] _items;

    internal RecommendedItems(ScoredItem[] items, ItemAnswer answer)
    {
        _items = items;
        Tier = answer.Tier;
        TierReason = answer.Why;
    }

    /// <summary>
    /// <see cref="RankTier.Als"/> where the customer's factors answered, and <see cref="RankTier.Popularity"/> where the model does not know
    /// the customer: a score is then the number of customers who have the item. Other families answer with their own tiers, and a hybrid with that of the rung of its ladder that answered.
    /// </summary>
    public RankTier Tier { get; }

    /// <summary>Why this tier answered, and not a higher one.</summary>
    public RankTierReason TierReason { get; }

    /// <summary>Number of items.</summary>
    public int Count => _items.Length;

    /// <summary>An item by its place, from 0.</summary>
    public ScoredItem this[int index] => _items[index];

    /// <inheritdoc/>
    public IEnumerator<ScoredItem> GetEnumerator() => ((IEnumerable<ScoredItem>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
