namespace PromoRec.Scoring;

/// <summary>Score 0 for every offer: before anything is learnt, only the rules decide, and the order is that of the ids.</summary>
internal sealed class RulesScorer : OfferScorer
{
    public override RankTier Tier => RankTier.Rules;

    public override bool TryScore(in KnownCustomer customer, ScoringScratch scratch, Span<float> scores)
    {
        scores.Clear();
        return true;
    }

    public override void AddReasons(in KnownCustomer customer, in PastItems past, int row, float score, ref ReasonRoom reasons)
    {
    }
}
