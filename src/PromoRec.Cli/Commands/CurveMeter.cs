using PromoRec.Cli.Output;
using PromoRec.Evaluation;
using PromoRec.Models;

namespace PromoRec.Cli.Commands;

/// <summary>Measures what a report's pictures show.</summary>
/// <param name="environment">The way to stop.</param>
/// <param name="progress">Told.</param>
/// <param name="evaluatorOf">An evaluator of metrics, without intervals.</param>
/// <param name="catalogSize">How many things can be ranked.</param>
/// <param name="test">The test, where items are ranked; null for offers.</param>
/// <param name="keepConsumed">Whether what customers have is ranked.</param>
internal sealed class CurveMeter(CommandEnvironment environment, ProgressLine progress, Func<IReadOnlyList<RankingMetric>, Evaluator> evaluatorOf, int catalogSize, TestRows? test, bool keepConsumed)
{
    private const int TailDepth = 10;

    private static readonly int[] AllCutoffs = [1, 2, 3, 5, 10, 20, 50, 100];

    /// <summary>Measures a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="metric">What the learning curves show.</param>
    /// <param name="train">Trains on a part of the data; null where there is nothing to train.</param>
    /// <param name="parts">The parts of the data; null where there is nothing to train.</param>
    /// <param name="byTime">Whether what comes later is tested, so that it makes a difference when the training ended.</param>
    public RankingCurves Measure(RecommendationModel model, RankingMetric metric, Func<TrainingSet, RecommendationModel>? train = null, TrainingParts? parts = null, bool byTime = true)
    {
        int[] cutoffs = [.. AllCutoffs.Where(cutoff => cutoff == 1 || cutoff <= catalogSize)];
        RankingMetric[] metrics = [.. new[] { RankingMetricKind.Precision, RankingMetricKind.Recall, RankingMetricKind.Coverage }.SelectMany(kind => cutoffs.Select(cutoff => new RankingMetric(kind, cutoff)))];
        EvaluationResult result = evaluatorOf(metrics).Evaluate(model, progress, environment.Cancellation);
        LongTail? tail = test is null ? null : LongTail.Of(model, test.Items.Select(row => row.User), TailDepth, keepConsumed, environment.Cancellation);
        LearningCurve? learning = train is null || parts is null ? null : new LearningCurve(progress, metric.ToString(), parts, train, ValueOf);
        double whole = learning is null ? double.NaN : ValueOf(model);
        return new RankingCurves
        {
            Cutoffs = cutoffs,
            Precision = Values(result, RankingMetricKind.Precision),
            Recall = Values(result, RankingMetricKind.Recall),
            Coverage = Values(result, RankingMetricKind.Coverage),
            Recommended = tail?.Recommended,
            Owned = tail?.Owned,
            MostRecommended = tail is null ? [] : [.. tail.MostRecommended.Select(one => new RecommendedCount(one.Key.ToString(), one.Value))],
            Learning = learning?.Drawn(whole) ?? [],
            LearningByTime = byTime ? learning?.Earliest(whole) ?? [] : [],
        };

        double ValueOf(RecommendationModel measured) => evaluatorOf([metric]).Evaluate(measured, progress, environment.Cancellation).Metrics[0].Mean;
    }

    private static double[] Values(EvaluationResult result, RankingMetricKind kind) =>
        [.. result.Metrics.Where(estimate => estimate.Metric.Kind == kind).Select(estimate => double.IsFinite(estimate.Mean) ? estimate.Mean : 0)];
}
