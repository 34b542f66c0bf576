namespace PromoRec.Profiles;

/// <summary>What a profile needs to know of an item or an offer.</summary>
/// <param name="Categories">The categories, each with the share of an event's weight that it gets.</param>
/// <param name="Brands">The brands, likewise.</param>
/// <param name="Price">Usual price; null when not known, and for offers.</param>
/// <param name="PricePosition">Place of the price among those of the item's categories, above 0 and below 1; null when there is nothing to compare it with.</param>
internal sealed record CatalogFacts(Interest[] Categories, Interest[] Brands, decimal? Price = null, double? PricePosition = null);
