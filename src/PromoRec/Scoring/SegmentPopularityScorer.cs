using PromoRec.Models.Popularity;

namespace PromoRec.Scoring;

/// <summary>How popular, or how much on the rise, what an offer aims at is in the segments of a customer, and among all customers for somebody who is in none.</summary>
internal sealed class SegmentPopularityScorer : OfferScorer
{
    private readonly PopularityModel _model;
    private readonly OfferPopularity[] _popularity;
    private readonly string[] _segments;

    public SegmentPopularityScorer(PopularityModel model, OfferTargetSets sets)
    {
        _model = model;
        _segments = [.. model.Segments];
        int items = model.ItemCount;
        _popularity = [.. Enumerable.Range(0, _segments.Length + 1).Select(table => OfferPopularity.Of(sets, model.Tables.Scores.Span.Slice(table * items, items)))];
    }

    public override RankTier Tier => _model.Tier;

    public override bool TryScore(in KnownCustomer customer, ScoringScratch scratch, Span<float> scores)
    {
        ReadOnlySpan<int> segments = SegmentsOf(customer);
        if (segments.IsEmpty)
        {
            _popularity[0].Values.CopyTo(scores);
            return _popularity[0].IsKnown;
        }

        scores.Clear();
        bool isKnown = false;
        foreach (int segment in segments)
        {
            OfferPopularity own = _popularity[segment + 1];
            isKnown |= own.IsKnown;
            for (int row = 0; row < scores.Length; row++)
            {
                scores[row] += own.Values[row] / segments.Length;
            }
        }

        return isKnown;
    }

    /// <summary>Adds the segment in which the offer is most popular, where it is among the most popular tenth there.</summary>
    public override void AddReasons(in KnownCustomer customer, in PastItems past, int row, float score, ref ReasonRoom reasons)
    {
        int most = -1;
        foreach (int segment in SegmentsOf(customer))
        {
            if (_popularity[segment + 1].IsPopular(row) && (most < 0 || _popularity[segment + 1].Values[row] > _popularity[most + 1].Values[row]))
            {
                most = segment;
            }
        }

        if (most >= 0)
        {
            reasons.Add(RankReasonKind.PopularInYourArea, score, _segments[most]);
        }
        else if (score > 0)
        {
            reasons.Add(RankReasonKind.Popular, 0);
        }
    }

    private ReadOnlySpan<int> SegmentsOf(in KnownCustomer customer) => customer.Row < 0 ? [] : _model.Tables.UserSegments.ColumnsOf(customer.Row);
}
