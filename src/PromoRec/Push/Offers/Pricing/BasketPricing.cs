using System.Collections.Immutable;

namespace PromoRec.Push.Offers.Pricing;

/// <summary>What offers do to a basket together.</summary>
/// <param name="Initial">What the goods cost before any offer.</param>
/// <param name="After">What they cost after all offers.</param>
/// <param name="ShippingAfter">What the delivery costs after all offers.</param>
/// <param name="Incentives">Each offer, in the order in which they were looked at, those that are applied and those that are not.</param>
public sealed record BasketPricing(decimal Initial, decimal After, decimal ShippingAfter, ImmutableArray<PricedIncentive> Incentives)
{
    /// <summary>What all of them take off.</summary>
    public decimal Discount => Incentives.Sum(static each => each.Discount);

    /// <summary>Whether any is applied.</summary>
    public bool IsAnyApplied => Incentives.Any(static each => each.IsApplied);

    /// <summary>Every constraint that any of them fails.</summary>
    public OfferConstraints Failed => Incentives.Aggregate(OfferConstraints.None, static (failed, each) => failed | each.Failed);
}
