using PromoRec.Numerics;

namespace PromoRec.Datasets;

/// <summary>What customers did, as sparse matrices that models train on. Immutable; any number of threads may read it.</summary>
/// <remarks>
/// Rows are customers and items in ordinal order of their ids. A stored value is the weighted, decayed sum of what a customer did with
/// an item: above zero for interest, whose size is the strength of the evidence, below zero for aversion. It is made by a <c>DatasetBuilder</c>.
/// </remarks>
public sealed class InteractionDataset
{
    private readonly Lazy<CsrMatrix> _byItem;

    internal InteractionDataset(
        IdIndex users, IdIndex items, IdIndex offers, CsrMatrix byUser, CsrMatrix consumedItems, CsrMatrix consumedOffers, DataQualityReport quality, string fingerprint, EventHistory? events = null)
    {
        _byItem = new Lazy<CsrMatrix>(byUser.Transpose);
        Users = users;
        Items = items;
        Offers = offers;
        ByUser = byUser;
        ConsumedItems = consumedItems;
        ConsumedOffers = consumedOffers;
        Quality = quality;
        Fingerprint = fingerprint;
        Events = events;
    }

    /// <summary>Number of customers.</summary>
    public int UserCount => Users.Count;

    /// <summary>Number of items.</summary>
    public int ItemCount => Items.Count;

    /// <summary>Number of customer and item pairs with a value.</summary>
    public int Count => ByUser.Count;

    /// <summary>What the builder noticed in the events.</summary>
    public DataQualityReport Quality { get; }

    /// <summary>SHA-256, in hexadecimal, of all ids and values, and of the single events where they are kept: equal data has an equal fingerprint, in whatever order it came.</summary>
    public string Fingerprint { get; }

    internal IdIndex Users { get; }

    internal IdIndex Items { get; }

    /// <summary>The offers that were redeemed or purchased.</summary>
    internal IdIndex Offers { get; }

    /// <summary>Customers × items.</summary>
    internal CsrMatrix ByUser { get; }

    /// <summary>For each value of <see cref="ByUser"/> the day of the latest event behind it, counted from 0001-01-01 UTC, or 0 where its time is not known; empty where no time is.</summary>
    internal ReadOnlyMemory<int> LastDays { get; init; }

    /// <summary>Items × customers; made when it is first asked for, because not every model needs it.</summary>
    internal CsrMatrix ByItem => _byItem.Value;

    /// <summary>Customers × items: 1, not stored, where the customer purchased or redeemed the item. Ranking hides these by default.</summary>
    internal CsrMatrix ConsumedItems { get; }

    /// <summary>Customers × offers: 1 where the customer redeemed or purchased the offer.</summary>
    internal CsrMatrix ConsumedOffers { get; }

    /// <summary>The single events; null unless <see cref="DatasetOptions.KeepEvents"/> was set.</summary>
    internal EventHistory? Events { get; }
}
