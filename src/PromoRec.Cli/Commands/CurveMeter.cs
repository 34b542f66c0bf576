using PromoRec.Cli.Output;
using PromoRec.Cli.Reading;
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
    private static readonly double[] Shares = [0.1, 0.25, 0.5];

    /// <summary>Measures a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="metric">What the learning curve shows.</param>
    /// <param name="trainOn">Trains on a share of the data; null where there is nothing to train.</param>
    public RankingCurves Measure(RecommendationModel model, RankingMetric metric, Func<double, RecommendationModel>? trainOn)
    {
        int[] cutoffs = [.. AllCutoffs.Where(cutoff => cutoff == 1 || cutoff <= catalogSize)];
        RankingMetric[] metrics = [.. new[] { RankingMetricKind.Precision, RankingMetricKind.Recall, RankingMetricKind.Coverage }.SelectMany(kind => cutoffs.Select(cutoff => new RankingMetric(kind, cutoff)))];
        EvaluationResult result = evaluatorOf(metrics).Evaluate(model, progress, environment.Cancellation);
        LongTail? tail = test is null ? null : LongTail.Of(model, test.Items.Select(row => row.User), TailDepth, keepConsumed, environment.Cancellation);
        return new RankingCurves
        {
            Cutoffs = cutoffs,
            Precision = Values(result, RankingMetricKind.Precision),
            Recall = Values(result, RankingMetricKind.Recall),
            Coverage = Values(result, RankingMetricKind.Coverage),
            Recommended = tail?.Recommended,
            Owned = tail?.Owned,
            MostRecommended = tail is null ? [] : [.. tail.MostRecommended.Select(one => new RecommendedCount(one.Key.ToString(), one.Value))],
            Learning = trainOn is null ? [] : Learn(model, metric, trainOn),
        };
    }

    private static double[] Values(EvaluationResult result, RankingMetricKind kind) =>
        [.. result.Metrics.Where(estimate => estimate.Metric.Kind == kind).Select(estimate => double.IsFinite(estimate.Mean) ? estimate.Mean : 0)];

    private List<LearningPoint> Learn(RecommendationModel whole, RankingMetric metric, Func<double, RecommendationModel> trainOn)
    {
        List<LearningPoint> points = [];
        foreach (double share in Shares.Append(1))
        {
            double value = Value(share);
            if (!double.IsFinite(value))
            {
                continue;
            }

            points.Add(new LearningPoint(share, metric.ToString(), value));
            progress.Say($"learning curve: {Quantity.Number(100 * share)} % of the training data, {metric} {Quantity.Number(value)}");
        }

        return points;

        double Value(double share)
        {
            try
            {
                RecommendationModel model = share == 1 ? whole : trainOn(share);
                return evaluatorOf([metric]).Evaluate(model, progress, environment.Cancellation).Metrics[0].Mean;
            }
            catch (Exception fault) when (share < 1 && fault is PromoRecException or InputException)
            {
                // A tenth of little data may be nothing that a model can be trained on or that a customer of the test is in.
                return double.NaN;
            }
        }
    }
}
