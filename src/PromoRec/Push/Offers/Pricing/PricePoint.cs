namespace PromoRec.Push.Offers.Pricing;

/// <summary>A price of an item and since when it was asked.</summary>
/// <param name="From">First instant.</param>
/// <param name="Price">The price.</param>
public readonly record struct PricePoint(DateTimeOffset From, decimal Price);
