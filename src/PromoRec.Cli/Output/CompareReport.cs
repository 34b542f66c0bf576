using System.Text.Json.Serialization;
using PromoRec.Cli.Commands;
using PromoRec.Evaluation;

namespace PromoRec.Cli.Output;

/// <summary>What <c>compare --json</c> writes.</summary>
internal sealed record CompareReport
{
    /// <summary>What was ranked: "full-catalog"; or what was predicted: "ratings" or "rating-holdout".</summary>
    public required string Protocol { get; init; }

    /// <summary>When the test begins; null where it is a file of its own, or was drawn at random.</summary>
    public required DateTimeOffset? Cut { get; init; }

    /// <summary>Test customers of the first algorithm; that of the others are the same.</summary>
    public required int Users { get; init; }

    public required int UnknownUsers { get; init; }

    public required int SkippedUsers { get; init; }

    public required int SeenPairs { get; init; }

    public required double ConfidenceLevel { get; init; }

    /// <summary>In the order in which they were asked for.</summary>
    public required IReadOnlyList<CompareEntry> Algorithms { get; init; }

    /// <summary>One for each metric that customers have values of, in the order in which they were asked for.</summary>
    public required IReadOnlyList<CompareVerdict> Comparisons { get; init; }

    /// <summary>Number of ratings that were predicted; null where rankings were compared.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Ratings { get; init; }

    public double Seconds { get; init; }

    public static CompareReport Of(string protocol, IReadOnlyList<ComparedAlgorithm> algorithms, EvaluationOptions options, DateTimeOffset? cut)
    {
        EvaluationResult first = algorithms[0].Result;
        RankingCandidate[] candidates = [.. algorithms.Select(algorithm => new RankingCandidate(algorithm.Name, algorithm.Result))];
        return new CompareReport
        {
            Protocol = protocol,
            Cut = cut,
            Users = first.Users,
            UnknownUsers = first.UnknownUsers,
            SkippedUsers = first.SkippedUsers,
            SeenPairs = first.SeenPairs,
            ConfidenceLevel = options.ConfidenceLevel,
            Algorithms = [.. algorithms.Select(CompareEntry.Of)],
            Comparisons =
            [
                .. first.Metrics.Where(estimate => estimate.Metric.IsPerUser && algorithms.All(algorithm => double.IsFinite(algorithm.Result[estimate.Metric.ToString()].Mean)))
                    .Select(estimate => CompareVerdict.Of(RankingComparison.Of(candidates, estimate.Metric, options.Resamples, options.ConfidenceLevel, options.Seed))),
            ],
        };
    }
}
