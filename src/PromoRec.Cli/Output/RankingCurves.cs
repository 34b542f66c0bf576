using System.Text.Json.Serialization;

namespace PromoRec.Cli.Output;

/// <summary>The numbers of a report's pictures about one ranking.</summary>
internal sealed record RankingCurves
{
    /// <summary>How many places count, ascending.</summary>
    public required IReadOnlyList<int> Cutoffs { get; init; }

    /// <summary>Mean precision at each cut-off.</summary>
    public required IReadOnlyList<double> Precision { get; init; }

    /// <summary>Mean recall at each cut-off.</summary>
    public required IReadOnlyList<double> Recall { get; init; }

    /// <summary>Share of the catalog that is in anybody's first places, at each cut-off.</summary>
    public required IReadOnlyList<double> Coverage { get; init; }

    /// <summary>Share of all recommendations that falls on each tenth of the items, the most popular tenth first; null where offers are ranked.</summary>
    public required IReadOnlyList<double>? Recommended { get; init; }

    /// <summary>Share of what customers have in the training data that falls on each tenth; null where offers are ranked.</summary>
    public required IReadOnlyList<double>? Owned { get; init; }

    /// <summary>The items that most customers were recommended, with their number.</summary>
    public required IReadOnlyList<RecommendedCount> MostRecommended { get; init; }

    /// <summary>The metric after training on a share of the data that was drawn from all of it; empty where nothing was trained.</summary>
    public required IReadOnlyList<LearningPoint> Learning { get; init; }

    /// <summary>The metric after training on the earliest share of the data; empty where nothing was trained, or nothing has a time.</summary>
    public required IReadOnlyList<LearningPoint> LearningByTime { get; init; }

    /// <summary>Offers in ten equal parts by their probabilities, the lowest first; null where the model gave none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<CalibrationBin>? Calibration { get; init; }
}
