using PromoRec.Models.Content;
using PromoRec.Numerics;

namespace PromoRec.Scoring;

/// <summary>How like what a customer has an offer is, in words, categories and whatever else is said of its items and in its own text: the mean or sum of the model's scores.</summary>
internal sealed class ContentScorer(ContentModel model, ContentOffers offers) : SparseOfferScorer(offers.Sets, offers.SetsOfTerm)
{
    // Each past item costs a look at all its terms, for every offer returned.
    private const int MostPastItems = 32;

    public override RankTier Tier => model.Tier;

    protected override void Touch(in KnownCustomer customer, SparseAccumulator features)
    {
        for (int i = 0; i < customer.Items.Length; i++)
        {
            features.AddScaled(customer.Values[i], model.Vectors.ColumnsOf(customer.Items[i]), model.Vectors.ValuesOf(customer.Items[i]));
        }
    }

    /// <summary>One over the length of the customer's profile.</summary>
    protected override float ScaleOf(SparseAccumulator features)
    {
        double squares = 0;
        foreach (int term in features.Touched)
        {
            squares += (double)features.SumOf(term) * features.SumOf(term);
        }

        return squares > 0 ? (float)(1 / Math.Sqrt(squares)) : 0;
    }

    /// <summary>Adds the past items that are most like the offer, of the 32 strongest; the weights of all such items sum to the score.</summary>
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
            ReadOnlySpan<int> terms = model.Vectors.ColumnsOf(past.Rows[i]);
            ReadOnlySpan<float> weights = model.Vectors.ValuesOf(past.Rows[i]);
            float contribution = 0;
            for (int j = 0; j < terms.Length; j++)
            {
                contribution += weights[j] * WeightIn(set, terms[j]);
            }

            contribution *= past.Values[i];
            if (contribution > 0)
            {
                total += contribution;
                strongest.Add(past.Rows[i], contribution);
            }
        }

        reasons.AddItems(customer, buffer[..strongest.Finish()], score / total);
    }
}
