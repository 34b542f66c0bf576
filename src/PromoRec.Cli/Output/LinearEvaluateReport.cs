namespace PromoRec.Cli.Output;

/// <summary>What <c>evaluate --json</c> writes of a linear model.</summary>
internal sealed record LinearEvaluateReport
{
    public required string Version { get; init; }

    public required string Loss { get; init; }

    public required int Examples { get; init; }

    /// <summary>Share of true labels; null where labels are numbers.</summary>
    public required double? Positives { get; init; }

    /// <summary>"log-loss", "auc", "ece" and "accuracy", or "rmse" and "mae"; null where one has no value.</summary>
    public required IReadOnlyDictionary<string, double?> Metrics { get; init; }

    /// <summary>Bins of equal width that the calibration error was measured in.</summary>
    public required int Bins { get; init; }

    /// <summary>The bins that are not empty, ascending; none where the model gives no probabilities.</summary>
    public required IReadOnlyList<CalibrationBin> Calibration { get; init; }

    /// <summary>What carries the scores of the first examples; as many as --explain asks for.</summary>
    public required IReadOnlyList<ScoreEntry> Explanations { get; init; }

    public required double Seconds { get; init; }
}
