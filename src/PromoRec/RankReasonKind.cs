namespace PromoRec;

/// <summary>Kinds of <see cref="RankReason"/>.</summary>
public enum RankReasonKind
{
    /// <summary>No reason is known.</summary>
    None = 0,

    /// <summary>The customer viewed, rated or otherwise chose, without buying, an item that speaks for what the offer aims at.</summary>
    BecauseYouLiked = 1,

    /// <summary>
    /// Many customers choose what the offer aims at: for a customer of whom nothing is known, that is why it stands here; for others, it is
    /// among the most popular tenth of the catalog.
    /// </summary>
    Popular = 2,

    /// <summary>The offer ends within two days.</summary>
    EndingSoon = 3,

    /// <summary>The customer bought or redeemed an item that speaks for what the offer aims at.</summary>
    BecauseYouBought = 4,

    /// <summary>Customers who buy what this customer buys have what the offer aims at.</summary>
    PeopleLikeYou = 5,

    /// <summary>The customer often buys from a category or brand at which the offer aims; <see cref="RankReason.Name"/> says which.</summary>
    MatchesYourInterest = 6,

    /// <summary>Many customers of a segment in which the customer is, their area for instance, choose what the offer aims at; <see cref="RankReason.Name"/> says which segment.</summary>
    PopularInYourArea = 7,

    /// <summary>The offer began within the last seven days.</summary>
    New = 8,

    /// <summary>A signal of a learnt score; <see cref="RankReason.Name"/> says which.</summary>
    Signal = 9,
}
