using System.Collections.Immutable;
using PromoRec.Push.Calendar;
using PromoRec.Push.Ledger;
using PromoRec.Push.Offers.Pricing;

namespace PromoRec.Push.Offers;

/// <summary>Asks which of an offer's constraints a customer fails. Without a basket the offer is announced; with one it is redeemed.</summary>
public readonly record struct OfferInquiry
{
    /// <summary>The offer.</summary>
    public required Offer Offer { get; init; }

    /// <summary>The customer.</summary>
    public required PushCustomer Customer { get; init; }

    /// <summary>When the offer must hold.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>When the offer was published to this customer, for one that holds for a while after that; null when it was not, unless the rules know.</summary>
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>The customer's local time, for hours in the customer's zone.</summary>
    public CustomerZone Zone { get; init; }

    /// <summary>
    /// How much of the budgets is taken that <see cref="OfferLimits.BudgetNames"/> names. Budgets are not judged when unset. A budget that is missing among
    /// them counts as used up, unless it is there for an earlier period: then nothing is taken yet.
    /// </summary>
    public ImmutableArray<BudgetLevel> Budgets { get; init; }

    /// <summary>What the customer is about to buy with this offer alone; null for an announcement.</summary>
    public Basket? Basket { get; init; }

    /// <summary>Whether a reservation holds the offer for this basket.</summary>
    public bool IsReserved { get; init; }
}
