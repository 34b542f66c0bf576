namespace PromoRec;

/// <summary>What one call of <see cref="IOfferRanker"/> should return. Make it once and use it often; any number of threads may share it.</summary>
public sealed class RankRequest
{
    /// <summary>Most offers that the list form returns.</summary>
    public const int MaxCount = 10_000;

    internal static RankRequest Default { get; } = new();

    /// <summary>How many offers the list form returns: 1 to 10,000, 10 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is outside that range.</exception>
    public int Count
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(Count));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MaxCount, nameof(Count));
            field = value;
        }
    } = 10;

    /// <summary>If set, no other offers than these. Ids that are not in the catalog are ignored.</summary>
    public IReadOnlySet<OfferId>? Only { get; init; }

    /// <summary>If set, none of these offers.</summary>
    public IReadOnlySet<OfferId>? Except { get; init; }

    /// <summary>If set, only offers for which it returns true. It runs once for each offer that nothing else left out.</summary>
    public Func<Offer, bool>? Where { get; init; }

    /// <summary>
    /// Whether offers are left out that the customer redeemed: by a redemption, or a purchase, that names the offer. True unless set.
    /// </summary>
    public bool HideRedeemed { get; init; } = true;

    /// <summary>
    /// Whether offers are left out whose items the customer has purchased already: those that aim at single items only, all of which
    /// were purchased or redeemed. True unless set; set it to false where customers buy the same things again.
    /// </summary>
    public bool HidePurchased { get; init; } = true;

    /// <summary>Where, when and over what the offers are shown; nothing is known of it unless set. Stacked hybrids go by it.</summary>
    public RankContext? Context { get; init; }

    /// <summary>Whether each ranked offer gets its reasons. True unless set.</summary>
    public bool WithReasons { get; init; } = true;
}
