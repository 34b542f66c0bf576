using PromoRec.Datasets;

namespace PromoRec.Scoring;

/// <summary>A scorer of a model that knows fewer items than the hybrid it belongs to: what is known of the customer is said in its rows.</summary>
/// <param name="inner">The scorer.</param>
/// <param name="items">The items of its model.</param>
/// <param name="rowOf">For each item of the hybrid its row in the model, or -1.</param>
internal sealed class NarrowScorer(OfferScorer inner, IdIndex items, int[] rowOf) : OfferScorer
{
    public override RankTier Tier => inner.Tier;

    public override bool TryScore(in KnownCustomer customer, ScoringScratch scratch, Span<float> scores) => inner.TryScore(Narrow(customer, NarrowScratch.OfThread), scratch, scores);

    public override void AddReasons(in KnownCustomer customer, in PastItems past, int row, float score, ref ReasonRoom reasons)
    {
        NarrowScratch scratch = NarrowScratch.OfThread;
        Span<int> rows = stackalloc int[PastItems.Capacity];
        Span<float> values = stackalloc float[PastItems.Capacity];
        int count = Narrow(past.Rows, past.Values, rows, values);
        var own = new ReasonRoom(items, reasons.Left);
        inner.AddReasons(Narrow(customer, scratch), new PastItems(rows[..count], values[..count]), row, score, ref own);
        reasons.Add(own.Reasons);
    }

    private KnownCustomer Narrow(scoped in KnownCustomer customer, NarrowScratch scratch)
    {
        Span<int> rows = scratch.Rows(customer.Items.Length);
        Span<float> values = scratch.Values(customer.Items.Length);
        int count = Narrow(customer.Items, customer.Values, rows, values);
        Span<int> consumed = scratch.Consumed(customer.Consumed.Length);
        int consumedCount = Narrow(customer.Consumed, [], consumed, []);
        return new KnownCustomer { Row = customer.Row, User = customer.User, Directory = customer.Directory, IsFolded = customer.IsFolded, Items = rows[..count], Values = values[..count], Consumed = consumed[..consumedCount], Vectors = customer.Vectors };
    }

    /// <summary>Both orders are ordinal, so rows that ascend still do.</summary>
    private int Narrow(ReadOnlySpan<int> wide, ReadOnlySpan<float> wideValues, Span<int> rows, Span<float> values)
    {
        int count = 0;
        for (int i = 0; i < wide.Length; i++)
        {
            if (rowOf[wide[i]] >= 0)
            {
                if (!values.IsEmpty)
                {
                    values[count] = wideValues[i];
                }

                rows[count++] = rowOf[wide[i]];
            }
        }

        return count;
    }
}
