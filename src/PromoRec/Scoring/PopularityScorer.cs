namespace PromoRec.Scoring;

/// <summary>How many customers chose what an offer aims at, for customers of whom nothing is known.</summary>
internal sealed class PopularityScorer(OfferPopularity popularity) : OfferScorer
{
    public override RankTier Tier => RankTier.Popularity;

    public override bool TryScore(in KnownCustomer customer, ScoringScratch scratch, Span<float> scores)
    {
        popularity.Values.CopyTo(scores);
        return popularity.IsKnown;
    }

    /// <summary>Adds nothing: what is popular with all is a reason that holds for everybody.</summary>
    public override void AddReasons(in KnownCustomer customer, in PastItems past, int row, float score, ref ReasonRoom reasons)
    {
    }
}
