using System.Text.Json.Serialization;
using PromoRec.Evaluation;

namespace PromoRec.Cli.Output;

/// <summary>What <c>evaluate --json</c> writes.</summary>
internal sealed record EvaluateReport
{
    /// <summary>What was ranked: "full-catalog", "candidates", "offers" or "offer-candidates"; or what was predicted: "ratings", "rating-folds" or "rating-holdout".</summary>
    public required string Protocol { get; init; }

    /// <summary>The metrics by name; null where one has no value.</summary>
    public required IReadOnlyDictionary<string, double?> Metrics { get; init; }

    /// <summary>Lower and upper end of each metric's interval, where it has one.</summary>
    public required IReadOnlyDictionary<string, double[]> ConfidenceIntervals { get; init; }

    public required double ConfidenceLevel { get; init; }

    public required int Users { get; init; }

    public required int UnknownUsers { get; init; }

    public required int SkippedUsers { get; init; }

    public required int UnknownItemPairs { get; init; }

    public required int SeenPairs { get; init; }

    /// <summary>The same metrics of the popularity baseline; null unless --popularity asks for it.</summary>
    public required IReadOnlyDictionary<string, double?>? Popularity { get; init; }

    public required double Seconds { get; init; }

    /// <summary>The metrics of each fold; null unless there are several.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, double?>>? Folds { get; init; }

    /// <summary>Number of ratings that were predicted; null where rankings were evaluated.</summary>
    public int? Ratings { get; init; }

    /// <summary>The training that came before; null where a model file was given.</summary>
    public required FitReport? Training { get; init; }

    /// <summary>The numbers of the report's pictures; null without --report.</summary>
    public RankingCurves? Curves { get; init; }

    /// <summary>The numbers of the report's pictures of predicted ratings; null without --report, and for rankings.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RatingCurves? RatingCurves { get; init; }

    /// <summary>The means of an evaluation by metric.</summary>
    public static Dictionary<string, double?> Means(EvaluationResult result) =>
        result.Metrics.ToDictionary(estimate => estimate.Metric.ToString(), estimate => double.IsFinite(estimate.Mean) ? (double?)estimate.Mean : null);

    /// <summary>The intervals of an evaluation by metric.</summary>
    public static Dictionary<string, double[]> Intervals(EvaluationResult result) =>
        result.Metrics.Where(estimate => estimate is { Low: not null, High: not null })
            .ToDictionary(estimate => estimate.Metric.ToString(), estimate => new[] { estimate.Low!.Value, estimate.High!.Value });
}
