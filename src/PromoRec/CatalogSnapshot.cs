namespace PromoRec;

/// <summary>The offers of a shop, and what it says about its items, at one moment. Immutable.</summary>
/// <param name="Offers">The offers; each id once.</param>
/// <param name="Items">The items whose categories and brands offers aim at; each id once. Items that no offer needs may be left out.</param>
public sealed record CatalogSnapshot(IReadOnlyList<Offer> Offers, IReadOnlyList<Item> Items)
{
    /// <summary>No offers.</summary>
    public static CatalogSnapshot Empty { get; } = new([], []);
}
