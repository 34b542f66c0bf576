namespace PromoRec;

/// <summary>The offers of a shop, and what it says about its items, at one moment. Immutable: the lists are copied.</summary>
/// <param name="Offers">The offers; each id once.</param>
/// <param name="Items">The items whose categories and brands offers aim at; each id once. Items that no offer needs may be left out.</param>
public sealed record CatalogSnapshot(IReadOnlyList<Offer> Offers, IReadOnlyList<Item> Items)
{
    /// <summary>No offers.</summary>
    public static CatalogSnapshot Empty { get; } = new([], []);

    /// <summary>The offers; each id once.</summary>
    public IReadOnlyList<Offer> Offers { get; init => field = ListCopy.Of(value, nameof(Offers)); } = ListCopy.Of(Offers, nameof(Offers));

    /// <summary>The items whose categories and brands offers aim at; each id once. Items that no offer needs may be left out.</summary>
    public IReadOnlyList<Item> Items { get; init => field = ListCopy.Of(value, nameof(Items)); } = ListCopy.Of(Items, nameof(Items));

    /// <summary>Checks that the offers and items contradict neither each other nor themselves. Cost: O(offers + items + targets).</summary>
    /// <exception cref="PromoRecException">
    /// <see cref="PromoRecErrorCode.InvalidCatalog"/>: an id is empty or there twice, an offer has no targets, ends before it starts, has a
    /// negative amount, needs a minimum spend and has none, or has a blank merchant or segment. The message names every fault, up to twenty, by id and position.
    /// </exception>
    public void ThrowIfInvalid() => CatalogFaults.ThrowIfAny(this);
}
