using PromoRec.Models;

namespace PromoRec.Scoring;

/// <summary>A scorer of a model that was trained on other weights of the same events than its hybrid: of late, or of redemptions alone. It goes by what its own data says of a customer, until they do something new.</summary>
internal sealed class OwnHistoryScorer(OfferScorer inner, InteractionHistory history) : OfferScorer
{
    public override RankTier Tier => inner.Tier;

    public override bool TryScore(in KnownCustomer customer, ScoringScratch scratch, Span<float> scores) => inner.TryScore(Own(customer), scratch, scores);

    public override void AddReasons(in KnownCustomer customer, in PastItems past, int row, float score, ref ReasonRoom reasons) =>
        inner.AddReasons(Own(customer), past, row, score, ref reasons);

    private KnownCustomer Own(in KnownCustomer customer) => customer.IsFolded || customer.Row < 0 || customer.Row >= history.ByUser.Rows ? customer : new KnownCustomer
    {
        Row = customer.Row,
        Items = history.ByUser.ColumnsOf(customer.Row),
        Values = history.ByUser.ValuesOf(customer.Row),
        Consumed = customer.Consumed,
        Vector = customer.Vector,
    };
}
