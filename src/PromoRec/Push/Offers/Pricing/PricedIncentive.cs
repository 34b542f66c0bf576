using System.Collections.Immutable;

namespace PromoRec.Push.Offers.Pricing;

/// <summary>What one offer does to a basket.</summary>
public sealed record PricedIncentive
{
    /// <summary>The offer.</summary>
    public required OfferId Offer { get; init; }

    /// <summary>Every constraint that it fails; none when it is applied.</summary>
    public OfferConstraints Failed { get; init; }

    /// <summary>Whether it is applied.</summary>
    public bool IsApplied => Failed == OfferConstraints.None;

    /// <summary>What the goods cost before any offer.</summary>
    public decimal Initial { get; init; }

    /// <summary>What they cost after the offers that came before this one.</summary>
    public decimal Current { get; init; }

    /// <summary>What they cost after this one.</summary>
    public decimal After { get; init; }

    /// <summary>What it takes off the goods of each line, in the order of the lines; empty when it is not applied.</summary>
    public ImmutableArray<decimal> LineDiscounts { get; init; } = [];

    /// <summary>What it takes off the goods.</summary>
    public decimal GoodsDiscount => Current - After;

    /// <summary>What it takes off the delivery.</summary>
    public decimal ShippingDiscount { get; init; }

    /// <summary>What it takes off in all.</summary>
    public decimal Discount => GoodsDiscount + ShippingDiscount;

    /// <summary>Points for the customer's account.</summary>
    public int Points { get; init; }
}
