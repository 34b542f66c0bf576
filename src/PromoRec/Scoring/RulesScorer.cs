namespace PromoRec.Scoring;

/// <summary>Score 0 for every offer: before anything is learnt, only the rules decide, and the order is that of the ids.</summary>
internal sealed class RulesScorer : IOfferScorer
{
    public RankTier Tier => RankTier.Rules;

    public bool TryScore(OfferAffinities offers, ReadOnlySpan<float> customer, ReadOnlySpan<int> rows, Span<float> scores)
    {
        scores[..rows.Length].Clear();
        return true;
    }
}
