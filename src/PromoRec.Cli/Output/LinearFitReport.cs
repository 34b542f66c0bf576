namespace PromoRec.Cli.Output;

/// <summary>What <c>fit --json</c> writes of a linear model.</summary>
internal sealed record LinearFitReport
{
    /// <summary>The model file.</summary>
    public required string Model { get; init; }

    public required string Version { get; init; }

    /// <summary>"linear", or "linear-ftrl" where it was learnt online.</summary>
    public required string Algorithm { get; init; }

    /// <summary>"logistic", "squared", "hinge" or "squared-hinge".</summary>
    public required string Loss { get; init; }

    /// <summary>Examples that the weights were learnt from.</summary>
    public required int Examples { get; init; }

    /// <summary>Examples that the calibration was fitted to.</summary>
    public required int CalibrationExamples { get; init; }

    /// <summary>Rows that were left out.</summary>
    public required int BadRows { get; init; }

    public required int Fields { get; init; }

    public required int Columns { get; init; }

    public required int NonZeroWeights { get; init; }

    public required double Intercept { get; init; }

    /// <summary>"none", "platt" or "isotonic".</summary>
    public required string Calibration { get; init; }

    /// <summary>Null for a model that was learnt online, as are the two below.</summary>
    public required double? Objective { get; init; }

    public required int? Iterations { get; init; }

    public required bool? Converged { get; init; }

    /// <summary>All of the command, reading included.</summary>
    public required double Seconds { get; init; }

    public required double ReadSeconds { get; init; }

    public required double TrainSeconds { get; init; }
}
