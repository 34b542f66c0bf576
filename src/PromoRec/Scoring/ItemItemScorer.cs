using PromoRec.Models.Knn;
using PromoRec.Numerics;

namespace PromoRec.Scoring;

/// <summary>What a customer's items add to the items of an offer: Σⱼ vⱼ Σᵢ Wⱼᵢ over the items i at which it aims, each with its weight in the offer.</summary>
internal sealed class ItemItemScorer(ItemItemModel model, OfferTargetSets sets) : SparseOfferScorer(sets, sets.ByItem)
{
    // Each past item costs a look at all items that it leads to, for every offer returned.
    private const int MostPastItems = 32;

    public override RankTier Tier => model.Tier;

    protected override void Touch(in KnownCustomer customer, SparseAccumulator features)
    {
        for (int i = 0; i < customer.Items.Length; i++)
        {
            float value = ValueOf(customer.Values[i]);
            if (value != 0)
            {
                features.AddScaled(value, model.Weights.ColumnsOf(customer.Items[i]), model.Weights.ValuesOf(customer.Items[i]));
            }
        }
    }

    /// <summary>Adds the items with the largest contributions above zero, of the 32 strongest of the customer's past; the weights of all such items sum to the score.</summary>
    public override void AddReasons(in KnownCustomer customer, in PastItems past, int row, float score, ref ReasonRoom reasons)
    {
        if (score <= 0)
        {
            return;
        }

        Span<ScoredRow> buffer = stackalloc ScoredRow[RankReasons.Capacity];
        var strongest = new TopK(buffer[..reasons.Left]);
        int set = SetOf(row);
        float total = 0;
        for (int i = 0; i < Math.Min(MostPastItems, past.Rows.Length); i++)
        {
            ReadOnlySpan<int> items = model.Weights.ColumnsOf(past.Rows[i]);
            ReadOnlySpan<float> weights = model.Weights.ValuesOf(past.Rows[i]);
            float contribution = 0;
            for (int j = 0; j < items.Length; j++)
            {
                contribution += weights[j] * WeightIn(set, items[j]);
            }

            contribution *= ValueOf(past.Values[i]);
            if (contribution > 0)
            {
                total += contribution;
                strongest.Add(past.Rows[i], contribution);
            }
        }

        reasons.AddItems(customer, buffer[..strongest.Finish()], score / total);
    }

    private float ValueOf(float value) => KnnProfile.ValueOf(value, model.HasBinaryProfile);
}
