namespace PromoRec;

/// <summary>Kinds of <see cref="RankReason"/>.</summary>
public enum RankReasonKind
{
    /// <summary>No reason is known.</summary>
    None = 0,

    /// <summary>The customer bought, viewed or otherwise chose an item that speaks for what the offer aims at.</summary>
    BecauseYouLiked = 1,

    /// <summary>Many customers buy what the offer aims at.</summary>
    Popular = 2,

    /// <summary>The offer ends within two days.</summary>
    EndingSoon = 3,
}
