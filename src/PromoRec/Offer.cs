namespace PromoRec;

/// <summary>A promotional offer: what the customer gets, on what, and when. Immutable: lists are copied.</summary>
public sealed record Offer
{
    /// <summary>The offer's id, unique in its catalog.</summary>
    public required OfferId Id { get; init; }

    /// <summary>What the customer gets.</summary>
    public required OfferTerms Terms { get; init; }

    /// <summary>What it applies to: the whole shop unless set. At least one.</summary>
    public IReadOnlyList<OfferTarget> Targets { get; init => field = ListCopy.Of(value, nameof(Targets)); } = [OfferTarget.WholeShop];

    /// <summary>First instant at which it is valid; always valid before <see cref="ValidTo"/> unless set.</summary>
    public DateTimeOffset? ValidFrom { get; init; }

    /// <summary>First instant at which it is no longer valid; never ends unless set.</summary>
    public DateTimeOffset? ValidTo { get; init; }

    /// <summary>Smallest basket for which it holds, in the shop's currency: 0 or above; above 0 for <see cref="OfferForm.SpendThreshold"/>.</summary>
    public decimal? MinimumSpend { get; init; }

    /// <summary>How often it may be redeemed in all: 0 or above; without limit unless set.</summary>
    public long? Budget { get; init; }

    /// <summary>The customer segments it is for: whoever is in one of them may have it. Everybody unless set.</summary>
    public IReadOnlyList<string> Segments { get; init => field = ListCopy.Of(value, nameof(Segments)); } = [];

    /// <summary>Expected profit of one redemption, in the shop's currency; below 0 where it costs more than it brings. Not known unless set.</summary>
    public decimal? Margin { get; init; }

    /// <summary>What it costs to show or send the offer, whether or not it is redeemed, in the shop's currency: 0 or above. Nothing unless set; what a redemption costs is a part of <see cref="Margin"/>.</summary>
    public decimal? Cost { get; init; }

    /// <summary>Who makes the offer, in a shop of several merchants; names are compared ordinally. Nobody in particular unless set.</summary>
    public string? Merchant { get; init; }

    /// <summary>Title or description.</summary>
    public string? Text { get; init; }

    /// <summary>What it brings on average to show it, where it is redeemed with a probability. An offer without a margin counts as one with margin 0.</summary>
    internal float ExpectedValueAt(float probability) => (float)((probability * (double)(Margin ?? 0)) - (double)(Cost ?? 0));
}
