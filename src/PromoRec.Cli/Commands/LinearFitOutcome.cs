using PromoRec.Cli.Output;
using PromoRec.Models.Linear;

namespace PromoRec.Cli.Commands;

/// <summary>A linear model that was learnt from a file, and how.</summary>
internal sealed record LinearFitOutcome(LinearModel Model, Calibration Calibration, int Examples, int CalibrationExamples, int BadRows, double ReadSeconds, double TrainSeconds)
{
    public LinearFitReport ToReport(string path, double seconds) => new()
    {
        Model = path,
        Version = Model.Manifest.Version,
        Algorithm = Model.Manifest.Algorithm,
        Loss = Model.Manifest.Options["loss"],
        Examples = Examples,
        CalibrationExamples = CalibrationExamples,
        BadRows = BadRows,
        Fields = Model.Schema.Fields.Count,
        Columns = Model.Schema.ColumnCount,
        NonZeroWeights = Model.NonZeroCount,
        Intercept = Model.Intercept,
        Calibration = Calibration.ToString().ToLowerInvariant(),
        Objective = Model.Manifest.Metrics.TryGetValue("objective", out double objective) ? objective : null,
        Iterations = Model.Manifest.Metrics.TryGetValue("iterations", out double iterations) ? (int)iterations : null,
        Converged = Model.Manifest.Metrics.TryGetValue("converged", out double converged) ? converged == 1 : null,
        Seconds = seconds,
        ReadSeconds = ReadSeconds,
        TrainSeconds = TrainSeconds,
    };
}
