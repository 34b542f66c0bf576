using PromoRec.Cli.Output;
using PromoRec.Evaluation;
using PromoRec.Models.Ratings;

namespace PromoRec.Cli.Commands;

/// <summary>Trains several algorithms on the same ratings and compares what they predict of others.</summary>
internal sealed class RatingContest(CommandEnvironment environment, ProgressLine progress)
{
    /// <param name="algorithms">The algorithms.</param>
    /// <param name="trainers">What trains each of them.</param>
    /// <param name="data">What they learn from.</param>
    /// <param name="test">What they predict.</param>
    /// <param name="options">Says how intervals are drawn.</param>
    /// <param name="cut">When the test begins; null where it is another file, or was drawn at random.</param>
    /// <param name="isHeldOut">Whether the test is a part of the file.</param>
    /// <param name="parts">The parts of what they learn from, for pictures; null where none are wanted.</param>
    public CompareReport Run(
        IReadOnlyList<AlgorithmLine> algorithms, IReadOnlyList<ModelTrainer> trainers, TrainingData data, IReadOnlyList<UserRating> test, EvaluationOptions options, DateTimeOffset? cut, bool isHeldOut, TrainingParts? parts)
    {
        List<RatingCandidate> candidates = [];
        List<CompareEntry> entries = [];
        RatingErrors? first = null;
        double[] actual = [.. test.Select(rating => rating.Rating)];
        for (int i = 0; i < algorithms.Count; i++)
        {
            ModelTrainer trainer = trainers[i];
            TrainingOutcome outcome = new TrainingRun(environment, progress, isOneOfMany: true).Train(data, trainer);
            var model = (RatingModel)outcome.Model;
            long started = environment.Time.GetTimestamp();
            double[] predicted = RatingEvaluation.Predict(model, test, environment.Cancellation);
            RatingErrors errors = RatingEvaluator.Evaluate(model, test, environment.Cancellation);
            double seconds = environment.Time.GetElapsedTime(started).TotalSeconds;
            first ??= errors;
            candidates.Add(new RatingCandidate(algorithms[i].Text, predicted));
            entries.Add(new CompareEntry
            {
                Name = algorithms[i].Text,
                Version = model.Manifest.Version,
                Metrics = RatingEvaluation.Metrics(errors.RootMeanSquaredError, errors.MeanAbsoluteError),
                ConfidenceIntervals = new Dictionary<string, double[]>(),
                TrainSeconds = outcome.TrainSeconds,
                EvaluateSeconds = seconds,
                Curves = null,
                RatingCurves = parts is null ? null : CurvesOf(trainer, predicted, actual, errors, parts, test, byTime: !isHeldOut || cut is not null),
            });
            progress.Say($"{algorithms[i].Text}: trained in {Quantity.Seconds(outcome.TrainSeconds)}, measured in {Quantity.Seconds(seconds)}");
        }

        RatingComparison[] comparisons = [.. Enum.GetValues<RatingErrorKind>().Select(kind => RatingComparison.Of(candidates, test, kind, options.Resamples, options.ConfidenceLevel, options.Seed))];
        CompareVerdict[] verdicts = [.. comparisons.Select(CompareVerdict.Of)];
        return new CompareReport
        {
            Protocol = isHeldOut ? cut is null ? "rating-random" : "rating-holdout" : "ratings",
            Cut = cut,
            Users = comparisons[0].Users,
            UnknownUsers = first!.UnknownUsers,
            SkippedUsers = 0,
            SeenPairs = 0,
            Ratings = test.Count,
            ConfidenceLevel = options.ConfidenceLevel,
            Algorithms = [.. entries.Select(entry => entry with { ConfidenceIntervals = IntervalsOf(entry.Name, comparisons, verdicts) })],
            Comparisons = verdicts,
        };
    }

    private RatingCurves CurvesOf(ModelTrainer trainer, double[] predicted, double[] actual, RatingErrors errors, TrainingParts parts, IReadOnlyList<UserRating> test, bool byTime)
    {
        LearningCurve learning = RatingEvaluation.CurveOf(
            progress, part => trainer(part, new TrainingRun(environment, progress, isOneOfMany: true), environment.Cancellation), parts, test, environment.Cancellation);
        return RatingCurves.Of(predicted, actual) with { Learning = learning.Drawn(errors.RootMeanSquaredError), LearningByTime = byTime ? learning.Earliest(errors.RootMeanSquaredError) : [] };
    }

    private static Dictionary<string, double[]> IntervalsOf(string name, RatingComparison[] comparisons, CompareVerdict[] verdicts) => comparisons
        .Zip(verdicts, (comparison, verdict) => (verdict.Metric, Own: comparison.Predictions.Single(one => one.Name == name)))
        .ToDictionary(each => each.Metric, each => new[] { each.Own.Low, each.Own.High });
}
