using PromoRec.Models.Knn;
using PromoRec.Numerics;

namespace PromoRec.Scoring;

/// <summary>What the customers most like a customer have of an offer's items. It knows the customers of the training data, by what they did then: finding neighbours takes too long for a request.</summary>
internal sealed class UserNeighboursScorer(UserKnnModel model, OfferTargetSets sets) : SparseOfferScorer(sets, sets.ByItem)
{
    public override RankTier Tier => model.Tier;

    public override void AddReasons(in KnownCustomer customer, in PastItems past, int row, float score, ref ReasonRoom reasons)
    {
        if (score > 0)
        {
            reasons.Add(RankReasonKind.PeopleLikeYou, score);
        }
    }

    protected override void Touch(in KnownCustomer customer, SparseAccumulator features)
    {
        if (customer.Row < 0)
        {
            return;
        }

        ReadOnlySpan<int> neighbours = model.Neighbours.ColumnsOf(customer.Row);
        ReadOnlySpan<float> likeness = model.Neighbours.ValuesOf(customer.Row);
        for (int i = 0; i < neighbours.Length; i++)
        {
            features.AddScaled(likeness[i], model.Profile.ColumnsOf(neighbours[i]), model.Profile.ValuesOf(neighbours[i]));
        }
    }
}
