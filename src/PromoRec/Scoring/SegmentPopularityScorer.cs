using System.Numerics.Tensors;
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
        scores.Clear();
        bool isKnown = false;
        int count = 0;
        for (int segment = NextSegmentOf(customer, 0); segment < _segments.Length; segment = NextSegmentOf(customer, segment + 1))
        {
            TensorPrimitives.Add(scores, _popularity[segment + 1].Values, scores);
            isKnown |= _popularity[segment + 1].IsKnown;
            count++;
        }

        if (count == 0)
        {
            _popularity[0].Values.CopyTo(scores);
            return _popularity[0].IsKnown;
        }

        TensorPrimitives.Divide(scores, count, scores);
        return isKnown;
    }

    /// <summary>Adds the segment in which the offer is most popular, where it is among the most popular tenth there.</summary>
    public override void AddReasons(in KnownCustomer customer, in PastItems past, int row, float score, ref ReasonRoom reasons)
    {
        int most = -1;
        for (int segment = NextSegmentOf(customer, 0); segment < _segments.Length; segment = NextSegmentOf(customer, segment + 1))
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
    }

    /// <summary>The first segment from a number on in which a customer is, or the number of segments: by the training data, or for customers whom these do not know by the directory.</summary>
    private int NextSegmentOf(in KnownCustomer customer, int from)
    {
        if (customer.Row >= 0)
        {
            ReadOnlySpan<int> own = _model.Tables.UserSegments.ColumnsOf(customer.Row);
            int at = own.BinarySearch(from);
            at = at < 0 ? ~at : at;
            return at < own.Length ? own[at] : _segments.Length;
        }

        while (from < _segments.Length && customer.Directory?.IsInSegment(customer.User, _segments[from]) != true)
        {
            from++;
        }

        return from;
    }
}
