using System.Text.Json.Serialization;
using PromoRec.Cli.Commands;

namespace PromoRec.Cli.Output;

/// <summary>One algorithm of a comparison.</summary>
internal sealed record CompareEntry
{
    /// <summary>The algorithm and its options, as they were given.</summary>
    public required string Name { get; init; }

    public required string Version { get; init; }

    /// <summary>The metrics by name; null where one has no value.</summary>
    public required IReadOnlyDictionary<string, double?> Metrics { get; init; }

    /// <summary>Lower and upper end of each metric's interval, where it has one.</summary>
    public required IReadOnlyDictionary<string, double[]> ConfidenceIntervals { get; init; }

    public required double TrainSeconds { get; init; }

    public required double EvaluateSeconds { get; init; }

    /// <summary>The numbers of the report's pictures; null without --report.</summary>
    public required RankingCurves? Curves { get; init; }

    /// <summary>The numbers of the report's pictures of predicted ratings; null without --report, and for rankings.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RatingCurves? RatingCurves { get; init; }

    public static CompareEntry Of(ComparedAlgorithm algorithm) => new()
    {
        Name = algorithm.Name,
        Version = algorithm.Outcome.Model.Manifest.Version,
        Metrics = EvaluateReport.Means(algorithm.Result),
        ConfidenceIntervals = EvaluateReport.Intervals(algorithm.Result),
        TrainSeconds = algorithm.Outcome.TrainSeconds,
        EvaluateSeconds = algorithm.EvaluateSeconds,
        Curves = algorithm.Curves,
    };
}
