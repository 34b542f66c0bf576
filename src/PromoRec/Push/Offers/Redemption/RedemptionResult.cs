using System.Collections.Immutable;
using PromoRec.Push.Offers.Pricing;

namespace PromoRec.Push.Offers.Redemption;

/// <summary>What became of a cart's offers, and why.</summary>
public sealed record RedemptionResult
{
    /// <summary>What became of them.</summary>
    public required RedemptionStatus Status { get; init; }

    /// <summary>What the offers take off the basket, and every constraint that each of them fails; null when an order is committed as it was reserved, with the amounts that were said then.</summary>
    public BasketPricing? Pricing { get; init; }

    /// <summary>Every constraint that any of the offers fails.</summary>
    public OfferConstraints Failed => Pricing?.Failed ?? OfferConstraints.None;

    /// <summary>Every budget that had not enough left; also those that only cost the cart one of its offers.</summary>
    public ImmutableArray<BudgetRefusal> Refusals { get; init; } = [];

    /// <summary>The budgets that went above their limits.</summary>
    public ImmutableArray<BudgetOverdraft> Overdrafts { get; init; } = [];

    /// <summary>Until when the offers are held; null when they are not, or no longer need to be.</summary>
    public DateTimeOffset? HeldUntil { get; init; }
}
