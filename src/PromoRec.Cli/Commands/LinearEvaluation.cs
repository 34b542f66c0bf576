using PromoRec.Cli.Output;
using PromoRec.Cli.Reading;
using PromoRec.Datasets.Features;
using PromoRec.Evaluation;
using PromoRec.Models.Linear;

namespace PromoRec.Cli.Commands;

/// <summary>Measures a linear model on a file of examples.</summary>
internal sealed class LinearEvaluation(CommandEnvironment environment, LinearModel model, FeatureFile? features)
{
    /// <summary>Contributions that are named of each example.</summary>
    private const int Named = 8;

    private readonly List<ScoreEntry> _explanations = [];

    private bool Classifies => model.Loss != LinearLoss.Squared;

    /// <param name="path">The file of examples.</param>
    /// <param name="bins">Bins of the calibration error.</param>
    /// <param name="explain">How many examples, the first ones, to explain.</param>
    /// <param name="badRows">Counts bad rows.</param>
    /// <exception cref="InputException">The file cannot be read.</exception>
    public LinearEvaluateReport Run(string path, int bins, int explain, BadRows badRows)
    {
        long started = environment.Time.GetTimestamp();
        ExampleSource source = ExampleSource.Open(path, features, Classifies, model.Schema, badRows, environment.Cancellation);
        var builder = new ExampleSetBuilder(model.Schema);
        source.ReadAll(row =>
        {
            row.AddTo(builder);
            if (_explanations.Count < explain)
            {
                _explanations.Add(Explain(row));
            }
        });
        ExampleSet examples = builder.Build();
        if (examples.Count == 0)
        {
            throw InputException.File(path, "there are no examples in the file.");
        }

        double[] scores = new double[examples.Count];
        double[] targets = [.. Enumerable.Range(0, examples.Count).Select(examples.LabelAt)];
        model.Score(examples, scores);
        return new LinearEvaluateReport
        {
            Version = model.Manifest.Version,
            Loss = model.Manifest.Options["loss"],
            Examples = examples.Count,
            Positives = Classifies ? targets.Average() : null,
            Metrics = Classifies ? OfClasses(scores, Array.ConvertAll(targets, target => target == 1), bins) : OfNumbers(scores, targets),
            Bins = bins,
            Calibration = Classifies && model.GivesProbability ? BinsOf(Array.ConvertAll(scores, model.ProbabilityOf), targets, bins) : [],
            Explanations = _explanations,
            Seconds = environment.Time.GetElapsedTime(started).TotalSeconds,
        };
    }

    private Dictionary<string, double?> OfClasses(double[] scores, bool[] labels, int bins)
    {
        double[]? probabilities = model.GivesProbability ? Array.ConvertAll(scores, model.ProbabilityOf) : null;
        double auc = PredictionMetrics.Auc(scores, labels);
        int right = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            right += labels[i] == (probabilities is null ? scores[i] > 0 : probabilities[i] > 0.5) ? 1 : 0;
        }

        return new Dictionary<string, double?>
        {
            ["log-loss"] = probabilities is null ? null : PredictionMetrics.LogLoss(probabilities, labels),
            ["auc"] = double.IsNaN(auc) ? null : auc,
            ["ece"] = probabilities is null ? null : PredictionMetrics.ExpectedCalibrationError(probabilities, labels, bins),
            ["accuracy"] = (double)right / labels.Length,
        };
    }

    /// <summary>The bins of <see cref="PredictionMetrics.ExpectedCalibrationError"/>, without the empty ones.</summary>
    private static CalibrationBin[] BinsOf(double[] probabilities, double[] targets, int bins) =>
    [
        .. probabilities.Zip(targets).GroupBy(one => Math.Min((int)(one.First * bins), bins - 1)).OrderBy(bin => bin.Key)
            .Select(bin => new CalibrationBin(bin.Count(), bin.Average(one => one.First), bin.Average(one => one.Second))),
    ];

    private static Dictionary<string, double?> OfNumbers(double[] scores, double[] targets) => new()
    {
        ["rmse"] = PredictionMetrics.RootMeanSquaredError(scores, targets),
        ["mae"] = PredictionMetrics.MeanAbsoluteError(scores, targets),
    };

    private ScoreEntry Explain(ExampleRow row)
    {
        LinearExplanation explanation = model.Explain(row.ToValues(), Named);
        return new ScoreEntry(
            row.Line,
            row.Label,
            explanation.Score,
            model.GivesProbability ? model.ProbabilityOf(explanation.Score) : null,
            explanation.Intercept,
            [.. explanation.Contributions.Select(one => new ContributionEntry(one.Feature, one.Value, one.Weight, one.Contribution))],
            explanation.Rest);
    }
}
