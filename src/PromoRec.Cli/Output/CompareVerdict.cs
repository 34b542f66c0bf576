using PromoRec.Evaluation;

namespace PromoRec.Cli.Output;

/// <summary>What a comparison by one metric says.</summary>
internal sealed record CompareVerdict
{
    public required string Metric { get; init; }

    /// <summary>The algorithm that is surely above all others; null where there is no difference.</summary>
    public required string? Winner { get; init; }

    /// <summary>Whether the lowest value wins, as of errors.</summary>
    public bool LowestWins { get; init; }

    /// <summary>Confidence of the interval of each single difference, so that the winner has that of the report.</summary>
    public required double IntervalLevel { get; init; }

    /// <summary>Customers that the comparison rests on.</summary>
    public required int Users { get; init; }

    /// <summary>The best first, and how far the others are behind it.</summary>
    public required IReadOnlyList<CompareRank> Ranking { get; init; }

    public static CompareVerdict Of(RatingComparison comparison) => new()
    {
        Metric = comparison.Error == RatingErrorKind.RootMeanSquared ? "rmse" : "mae",
        Winner = comparison.Winner,
        LowestWins = true,
        IntervalLevel = comparison.IntervalLevel,
        Users = comparison.Users,
        Ranking = [.. comparison.Predictions.Select((one, place) => new CompareRank(one.Name, one.Error, one.Behind, place == 0 ? null : [one.BehindLow, one.BehindHigh], one.IsBehind))],
    };

    public static CompareVerdict Of(RankingComparison comparison) => new()
    {
        Metric = comparison.Metric.ToString(),
        Winner = comparison.Winner,
        IntervalLevel = comparison.IntervalLevel,
        Users = comparison.Users,
        Ranking = [.. comparison.Rankings.Select((ranking, place) => new CompareRank(ranking.Name, ranking.Mean, ranking.Behind, place == 0 ? null : [ranking.Low, ranking.High], ranking.IsBehind))],
    };
}
