using System.Collections.Immutable;
using PromoRec.Push.Offers.Areas;
using PromoRec.Push.Offers.Budgets;
using PromoRec.Push.Offers.Hours;
using PromoRec.Push.Offers.Pricing;

namespace PromoRec.Push.Offers;

/// <summary>The limits of an offer beyond those that <see cref="Offer"/> itself has: its validity, segments, minimum spend and budget hold as well. Immutable.</summary>
public sealed record OfferRules
{
    /// <summary>No further limits.</summary>
    public static OfferRules None { get; } = new();

    /// <summary>Whether the offer is switched off.</summary>
    public bool IsDisabled { get; init; }

    /// <summary>The campaign it belongs to, which may have budgets; empty for none.</summary>
    public string Campaign { get; init; } = string.Empty;

    /// <summary>How long it holds for a customer to whom it was published; as long as the offer unless set. Above zero.</summary>
    public TimeSpan? ValidFor { get; init; }

    /// <summary>When it was published to everybody, for <see cref="ValidFor"/>; null where each customer gets it at another time.</summary>
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>Whether <see cref="ValidFor"/> may reach beyond <see cref="Offer.ValidTo"/>. It may not unless set.</summary>
    public bool AllowBeyondCampaignEnd { get; init; }

    /// <summary>The hours of the week in which it holds; always unless set.</summary>
    public OfferHours? Hours { get; init; }

    /// <summary>How much of it there is, besides <see cref="Offer.Budget"/>.</summary>
    public ImmutableArray<OfferBudget> Budgets { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Smallest amount of the goods after earlier offers of the same cart; 0 or above. <see cref="Offer.MinimumSpend"/> is the smallest one before any offer.</summary>
    public decimal? MinimumCurrent { get; init; }

    /// <summary>Smallest amount of the goods that must be left after this offer; 0 or above.</summary>
    public decimal? FloorAfter { get; init; }

    /// <summary>The currency of all amounts, three letters of ISO 4217; that of the options unless set.</summary>
    public string? Currency { get; init; }

    /// <summary>The only customers who may have it; everybody unless set. An offer with recipients is a personal one.</summary>
    public ImmutableHashSet<UserId> Recipients { get; init => field = value ?? []; } = [];

    /// <summary>The areas in one of which a customer must be; anywhere unless set.</summary>
    public ImmutableArray<GeoArea> Areas { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The stacking group it competes in, one of the options; a group of its own in which everything is stackable unless set.</summary>
    public string Group { get; init; } = string.Empty;

    /// <summary>Its place among the offers of a cart: lower goes first, equal ones by their ids. 0 unless set.</summary>
    public int Order { get; init; }

    /// <summary>Whether it beats all other offers of a cart and stands alone.</summary>
    public bool IsExclusive { get; init; }

    /// <summary>What a percentage is taken of.</summary>
    public PercentageBase PercentageBase { get; init; }

    /// <summary>Whether it may be redeemed where it changes nothing. It may not unless set.</summary>
    public bool AllowNoEffect { get; init; }

    /// <summary>Whether it can only be redeemed with a reservation that still holds. Otherwise an order without one takes what is left.</summary>
    public bool ReservationRequired { get; init; }

    /// <summary>Whether an announcement needs reference prices; what the options say unless set.</summary>
    public PriceClaimCheck? PriceClaims { get; init; }

    /// <summary>The reference prices of the items it aims at.</summary>
    public ImmutableArray<PriceReference> PriceReferences { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>What share of those to whom it is pushed will redeem it, above 0 and at most 1; what the options say unless set.</summary>
    public decimal? RedemptionRate { get; init; }

    /// <summary>What a redemption is expected to take off, above 0, so that pushes can be weighed against budgets of discounts; those are not weighed unless set.</summary>
    public decimal? ExpectedDiscount { get; init; }
}
