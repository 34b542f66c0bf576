using PromoRec.Cli.Output;
using PromoRec.Cli.Reading;
using PromoRec.Datasets.Features;
using PromoRec.Models.Linear;
using PromoRec.Training.Linear;

namespace PromoRec.Cli.Commands;

/// <summary>Learns a linear model from a file of examples.</summary>
internal sealed class LinearFit(CommandEnvironment environment, ProgressLine progress)
{
    /// <summary>One example of so many is kept for the calibration.</summary>
    private const int CalibrationStride = 5;

    /// <param name="path">The file of examples.</param>
    /// <param name="featuresPath">What its columns mean; null for LIBSVM text.</param>
    /// <param name="training">How to learn.</param>
    /// <param name="badRows">Counts bad rows.</param>
    /// <exception cref="InputException">A file cannot be read.</exception>
    public LinearFitOutcome Run(string path, string? featuresPath, LinearTraining training, BadRows badRows)
    {
        long started = environment.Time.GetTimestamp();
        FeatureFile? features = featuresPath is null ? null : FeatureFileReader.Read(featuresPath);
        bool classifies = training.Loss != LinearLoss.Squared;
        ExampleSource source = ExampleSource.Open(path, features, classifies, model: null, badRows, environment.Cancellation);
        var learnt = new ExampleSetBuilder(source.Schema);
        var heldOut = new ExampleSetBuilder(source.Schema);
        int count = 0;
        source.ReadAll(row => row.AddTo(training.Calibration != Calibration.None && ++count % CalibrationStride == 0 ? heldOut : learnt));
        double readSeconds = environment.Time.GetElapsedTime(started).TotalSeconds;
        progress.Say($"read {Quantity.Count(learnt.Count + heldOut.Count, "example", "examples")} in {Quantity.Seconds(readSeconds)}: {Quantity.Count(source.Schema.ColumnCount, "column", "columns")}");

        started = environment.Time.GetTimestamp();
        LinearModel model = training.Train(learnt.Build(), new TrainingRun(environment, progress), environment.Cancellation);
        if (training.Calibration != Calibration.None)
        {
            model = Calibrate(path, model, training.Calibration, heldOut.Build());
        }

        return new LinearFitOutcome(model, training.Calibration, learnt.Count, heldOut.Count, badRows.Skipped, readSeconds, environment.Time.GetElapsedTime(started).TotalSeconds);
    }

    private static LinearModel Calibrate(string path, LinearModel model, Calibration calibration, ExampleSet examples)
    {
        if (examples.Count == 0)
        {
            throw InputException.File(path, $"--calibrate needs {CalibrationStride} examples or more, as it keeps every fifth. Add examples, or leave it out.");
        }

        double[] scores = new double[examples.Count];
        model.Score(examples, scores);
        bool[] labels = [.. Enumerable.Range(0, examples.Count).Select(example => examples.LabelAt(example) == 1)];
        return model.WithCalibrator(calibration == Calibration.Platt ? PlattScaling.Fit(scores, labels) : IsotonicRegression.Fit(scores, labels));
    }
}
