namespace PromoRec.Scoring;

/// <summary>How many customers chose what an offer aims at, for customers of whom nothing is known.</summary>
internal sealed class PopularityScorer : IOfferScorer
{
    public RankTier Tier => RankTier.Popularity;

    public bool TryScore(OfferAffinities offers, ReadOnlySpan<float> customer, ReadOnlySpan<int> rows, Span<float> scores)
    {
        if (!offers.HasPopularity)
        {
            return false;
        }

        ReadOnlySpan<float> popularity = offers.Popularity;
        for (int i = 0; i < rows.Length; i++)
        {
            scores[i] = popularity[rows[i]];
        }

        return true;
    }
}
