namespace PromoRec;

/// <summary>A promotional offer: what the customer gets, on what, and when.</summary>
public sealed record Offer
{
    /// <summary>The offer's id, unique in its catalog.</summary>
    public required OfferId Id { get; init; }

    /// <summary>What the customer gets.</summary>
    public required OfferTerms Terms { get; init; }

    /// <summary>What it applies to: the whole shop unless set. At least one.</summary>
    public IReadOnlyList<OfferTarget> Targets { get; init; } = [OfferTarget.WholeShop];

    /// <summary>First instant at which it is valid; always valid before <see cref="ValidTo"/> unless set.</summary>
    public DateTimeOffset? ValidFrom { get; init; }

    /// <summary>First instant at which it is no longer valid; never ends unless set.</summary>
    public DateTimeOffset? ValidTo { get; init; }

    /// <summary>Smallest basket for which it holds, in the shop's currency.</summary>
    public decimal? MinimumSpend { get; init; }

    /// <summary>How often it may be redeemed in all.</summary>
    public long? Budget { get; init; }

    /// <summary>The customer segments it is for; everybody unless set.</summary>
    public IReadOnlyList<string> Segments { get; init; } = [];

    /// <summary>Title or description.</summary>
    public string? Text { get; init; }
}
