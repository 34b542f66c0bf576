namespace PromoRec;

/// <summary>Why one offer has, or has not, a place in one customer's ranking: the answer of <see cref="IOfferRanker.Explain"/>.</summary>
/// <remarks>It holds what a customer did, so it is personal data; nothing of it is logged.</remarks>
public sealed record OfferExplanation
{
    /// <summary>The offer that was asked about.</summary>
    public required OfferId OfferId { get; init; }

    /// <summary>The offer; null where the catalog has none of this id.</summary>
    public Offer? Offer { get; init; }

    /// <summary>The stage that decided.</summary>
    public required OfferStage Stage { get; init; }

    /// <summary>Why it was left out; <see cref="OfferExclusion.None"/> unless <see cref="Stage"/> is <see cref="OfferStage.LeftOut"/>, or <see cref="OfferStage.Reranked"/> because of a limit.</summary>
    public OfferExclusion Exclusion { get; init; }

    /// <summary>The limit of the re-ranking that held it back: the first that was reached, categories before brands and those before quotas. Null where none did.</summary>
    public RerankLimit? Limit { get; init; }

    /// <summary>What <see cref="IOfferRanker.Rank(UserId, RankRequest?)"/> says of the whole ranking: how many offers were returned, which tier and model answered, why that tier, and what was left out.</summary>
    public required RankSummary Summary { get; init; }

    /// <summary>
    /// Its place, from 1: for an offer that was returned its place in the ranking, for one that was outscored, or lost its place to re-ranking, the place that its score, or its expected value, has among all
    /// offers that were put in order. Null for others.
    /// </summary>
    public int? Place { get; init; }

    /// <summary>Its score, the one that the ranking has or would have; null for an offer that was not put in order.</summary>
    public float? Score { get; init; }

    /// <summary>The score of the last offer that was returned; null where none was.</summary>
    public float? LastScore { get; init; }

    /// <summary>
    /// By how much it lost against the last offer that was returned, in scores or in expected values, as <see cref="RankSummary.RankedBy"/> says: 0 where only the order of ids decided or, among equal expected
    /// values, the scores. Null unless it was outscored.
    /// </summary>
    public float? Deficit => Stage != OfferStage.Outscored ? null : Summary.RankedBy == RankBy.ExpectedValue ? LastExpectedValue - ExpectedValue : LastScore - Score;

    /// <summary>The probability, 0 to 1, that the customer takes it; null where the model gives none, or the offer has no score.</summary>
    public float? Probability { get; init; }

    /// <summary>What it brings on average to show it, as in <see cref="RankedOffer.ExpectedValue"/>; null where <see cref="Probability"/> is.</summary>
    public float? ExpectedValue => Probability is { } probability ? Offer?.ExpectedValueAt(probability) : null;

    /// <summary>The expected value of the last offer that was returned; null where none was, or its probability is not known.</summary>
    public float? LastExpectedValue { get; init; }

    /// <summary>What each member of a hybrid says, in the order of the members; one entry where a single model answered. None for an offer that is not in the catalog.</summary>
    public IReadOnlyList<SourceStanding> Sources { get; init; } = [];

    /// <summary>
    /// What adds to the log odds of a stacked hybrid, the largest first whatever its sign; with <see cref="Intercept"/> they sum to <see cref="Score"/>, but for rounding.
    /// None in other rankings, and for an offer without a score.
    /// </summary>
    public IReadOnlyList<SignalContribution> Signals { get; init; } = [];

    /// <summary>Where the log odds of a stacked hybrid start; null where <see cref="Signals"/> are none.</summary>
    public double? Intercept { get; init; }

    /// <summary>What speaks for it, strongest first, whether or not the request wants reasons; none for an offer that may not be shown. They may stand beside an offer that was not returned.</summary>
    public RankReasons Reasons { get; init; }

    /// <summary>
    /// What the customer's past items add to its score, the largest first: exact, where <see cref="Reasons"/> are quick approximations. For a scored offer on exactly one item that
    /// the model knows, and a customer who did nothing since the training; none otherwise. In a hybrid the term of each member is shared out as the member explains itself, and a
    /// member that cannot is left out.
    /// </summary>
    public IReadOnlyList<ItemContribution> PastItems { get; init; } = [];
}
