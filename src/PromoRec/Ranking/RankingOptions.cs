using PromoRec.Ranking.Reranking;

namespace PromoRec.Ranking;

/// <summary>How offers are ranked.</summary>
public sealed class RankingOptions
{
    /// <summary>
    /// By what offers are put in order: <see cref="RankBy.Score"/> unless set. <see cref="RankBy.ExpectedValue"/> needs a stacked hybrid, and <see cref="LiveModel.Publish"/> refuses every other model. Where
    /// no probability is known (there is no model yet, or the hybrid's ladder leaves a customer to popularity), the order is that of the scores, and <see cref="RankSummary.RankedBy"/> says so.
    /// </summary>
    /// <remarks>
    /// Only what members of the hybrid name is put in order; where margins differ much, raise <see cref="Models.Hybrid.HybridMember.Candidates"/>. An offer without <see cref="Offer.Margin"/> counts as one with margin 0, so
    /// that it stands behind those that pay and before those at a loss. <see cref="RerankingOptions.MarginWeight"/> would count the margin twice.
    /// </remarks>
    public RankBy RankBy { get; set; }

    /// <summary>
    /// Exponent β by which an offer's number of items is held against it: its vector is the sum of its items' vectors over n^β. 0 takes the
    /// sum, so that broad offers gain; 1 takes the mean, so that size does not count. From 0 to 1, 0.25 unless set, which ranked the
    /// coupons of a grocery chain best (campaign 8 of the Complete Journey data; docs/adr/0005).
    /// </summary>
    public double TargetSizeExponent { get; set; } = 0.25;

    /// <summary>
    /// For how many customers the latest events are kept in memory, so that they count before a model has learnt from them: 0 to 10,000,000, 50,000
    /// unless set. Above it, the customers whose last event is oldest are forgotten. 0 keeps none. What a newer model has learnt from
    /// as well counts once, at the larger of the two weights.
    /// </summary>
    public int MaxRecentCustomers { get; set; } = 50_000;

    /// <summary>How many of the latest events are kept for each of these customers: 1 to 10,000, 256 unless set.</summary>
    public int MaxRecentEventsPerCustomer { get; set; } = 256;

    /// <summary>What else decides about places beside the score: variety, limits, quotas, margin, merchants, new offers. Nothing unless set.</summary>
    /// <exception cref="ArgumentNullException">It is null.</exception>
    public RerankingOptions Reranking { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = new();

    /// <summary>The same, by the score.</summary>
    internal RankingOptions ByScore()
    {
        var copy = (RankingOptions)MemberwiseClone();
        copy.RankBy = RankBy.Score;
        return copy;
    }
}
