using PromoRec.Models.Interest;
using PromoRec.Numerics;

namespace PromoRec.Scoring;

/// <summary>The customer's interest in categories and brands, shared out over what offers aim at: Σ over groups g of x_g Σᵢ share(i | g), each item with its weight in the offer.</summary>
internal sealed class InterestScorer(InterestModel model, OfferTargetSets sets) : SparseOfferScorer(sets, SparseProduct.Multiply(model.Shares, sets.ByItem))
{
    // Each past item has a few groups; looking at all of a long past for every offer returned would take longer than ranking.
    private const int MostPastItems = 32;

    public override RankTier Tier => model.Tier;

    protected override void Touch(in KnownCustomer customer, SparseAccumulator features) => model.AddInterests(customer.Items, customer.Values, features);

    /// <summary>Adds the group through which the customer's strongest items speak most for the offer.</summary>
    public override void AddReasons(in KnownCustomer customer, in PastItems past, int row, float score, ref ReasonRoom reasons)
    {
        int set = SetOf(row);
        int strongest = -1;
        float most = 0;
        for (int i = 0; i < Math.Min(MostPastItems, past.Rows.Length); i++)
        {
            foreach (int group in model.GroupsOfItem.ColumnsOf(past.Rows[i]))
            {
                float contribution = past.Values[i] * WeightIn(set, group);
                if (contribution > most)
                {
                    (strongest, most) = (group, contribution);
                }
            }
        }

        if (strongest >= 0 && score > 0)
        {
            reasons.Add(RankReasonKind.MatchesYourInterest, score, model.NameOf(strongest));
        }
    }
}
