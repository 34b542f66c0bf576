namespace PromoRec;

/// <summary>Kinds of <see cref="RankReason"/>.</summary>
public enum RankReasonKind
{
    /// <summary>No reason is known.</summary>
    None = 0,

    /// <summary>The customer bought, viewed or otherwise chose an item that speaks for what the offer aims at.</summary>
    BecauseYouLiked = 1,

    /// <summary>
    /// Many customers choose what the offer aims at: for a customer of whom nothing is known, that is why it stands here; for others, it is
    /// among the most popular tenth of the catalog.
    /// </summary>
    Popular = 2,

    /// <summary>The offer ends within two days.</summary>
    EndingSoon = 3,
}
