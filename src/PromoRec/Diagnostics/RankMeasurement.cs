using System.Diagnostics;

namespace PromoRec.Diagnostics;

/// <summary>Measures one ranking. Without a listener it costs a few reads, and it never allocates unless someone traces.</summary>
internal readonly ref struct RankMeasurement
{
    private const string TierTag = "promorec.tier";
    private const string ReasonTag = "promorec.reason";
    private static readonly ActivitySource Source = new(PromoRecMeter.Name);

    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly Activity? _activity;

    private RankMeasurement(TimeProvider time, Activity? activity)
    {
        _time = time;
        _activity = activity;
        _start = PromoRecMeter.RankDuration.Enabled ? time.GetTimestamp() : 0;
    }

    public static RankMeasurement Start(TimeProvider time) => new(time, Source.HasListeners() ? Source.StartActivity("promorec.rank") : null);

    public void Complete(RankSummary summary)
    {
        string tier = TierName(summary.Tier);
        if (PromoRecMeter.RankDuration.Enabled && _start != 0)
        {
            PromoRecMeter.RankDuration.Record(_time.GetElapsedTime(_start).TotalSeconds, new KeyValuePair<string, object?>(TierTag, tier));
        }

        if (PromoRecMeter.RankedOffers.Enabled)
        {
            PromoRecMeter.RankedOffers.Add(summary.Count, new KeyValuePair<string, object?>(TierTag, tier));
        }

        if (PromoRecMeter.ExcludedOffers.Enabled)
        {
            CountExcluded(summary.Excluded);
        }

        _activity?.SetTag(TierTag, tier).SetTag("promorec.model.version", summary.ModelVersion);
    }

    /// <summary>Ends the trace, also after a failure.</summary>
    public void Dispose() => _activity?.Dispose();

    private static void CountExcluded(in ExclusionCounts excluded)
    {
        Count(excluded.NotValidNow, "not_valid_now");
        Count(excluded.NotInSegment, "not_in_segment");
        Count(excluded.NotRequested, "not_requested");
        Count(excluded.Redeemed, "redeemed");
        Count(excluded.Purchased, "purchased");
        Count(excluded.NotWhere, "not_where");
        Count(excluded.OverCategoryLimit, "over_category_limit");
        Count(excluded.OverBrandLimit, "over_brand_limit");
        Count(excluded.OverQuota, "over_quota");
    }

    private static void Count(int offers, string reason)
    {
        if (offers > 0)
        {
            PromoRecMeter.ExcludedOffers.Add(offers, new KeyValuePair<string, object?>(ReasonTag, reason));
        }
    }

    private static string TierName(RankTier tier) => tier switch
    {
        RankTier.Rules => "rules",
        RankTier.Popularity => "popularity",
        RankTier.Content => "content",
        RankTier.Neighbours => "neighbours",
        RankTier.Hybrid => "hybrid",
        _ => "als",
    };
}
