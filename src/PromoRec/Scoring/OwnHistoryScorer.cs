using PromoRec.Models;

namespace PromoRec.Scoring;

/// <summary>A scorer of a model that was trained on other weights of the same events than its hybrid: of late, or of redemptions alone. It goes by what its own data says of a customer.</summary>
/// <remarks>Events since the training count for the other members only: what they would weigh in this one's data is not known here, and one view must not pass for a redemption.</remarks>
internal sealed class OwnHistoryScorer(OfferScorer inner, InteractionHistory history) : OfferScorer
{
    public override RankTier Tier => inner.Tier;

    public override bool TryScore(in KnownCustomer customer, ScoringScratch scratch, Span<float> scores) => inner.TryScore(Own(customer), scratch, scores);

    public override void AddReasons(in KnownCustomer customer, in PastItems past, int row, float score, ref ReasonRoom reasons) =>
        inner.AddReasons(Own(customer), past, row, score, ref reasons);

    private KnownCustomer Own(in KnownCustomer customer)
    {
        bool hasPast = customer.Row >= 0 && customer.Row < history.ByUser.Rows;
        return new KnownCustomer
        {
            Row = customer.Row,
            User = customer.User,
            Directory = customer.Directory,
            Items = hasPast ? history.ByUser.ColumnsOf(customer.Row) : [],
            Values = hasPast ? history.ByUser.ValuesOf(customer.Row) : [],
            Consumed = customer.Consumed,
        };
    }
}
