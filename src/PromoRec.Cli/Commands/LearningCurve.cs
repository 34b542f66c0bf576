using PromoRec.Cli.Output;
using PromoRec.Cli.Reading;
using PromoRec.Models;

namespace PromoRec.Cli.Commands;

/// <summary>Measures what a figure would be with less to learn from.</summary>
/// <param name="progress">Told.</param>
/// <param name="metric">The name of the figure.</param>
/// <param name="parts">The parts of the data.</param>
/// <param name="train">Trains on a part.</param>
/// <param name="measure">The figure of a model.</param>
internal sealed class LearningCurve(ProgressLine progress, string metric, TrainingParts parts, Func<TrainingSet, RecommendationModel> train, Func<RecommendationModel, double> measure)
{
    private static readonly double[] DrawnShares = [0.1, 0.25, 0.5];
    private static readonly double[] EarliestShares = [0.2, 0.4, 0.6, 0.8];

    /// <summary>By how much of the data there is: parts that are drawn from all of it.</summary>
    /// <param name="whole">The figure with all of the data.</param>
    public List<LearningPoint> Drawn(double whole) => Measure(DrawnShares, parts.Drawn, whole, "% of the training data");

    /// <summary>By when the training ends: the earliest part of the data. Empty where no event has a time.</summary>
    /// <param name="whole">The figure with all of the data.</param>
    public List<LearningPoint> Earliest(double whole) => Measure(EarliestShares, parts.Earliest, whole, "% of the training data, the earliest");

    private List<LearningPoint> Measure(double[] shares, Func<double, TrainingSet?> partOf, double whole, string what)
    {
        List<LearningPoint> points = [];
        foreach (double share in shares)
        {
            double value = ValueOf(partOf, share);
            if (double.IsFinite(value))
            {
                points.Add(new LearningPoint(share, metric, value));
                progress.Say($"learning curve: {Quantity.Number(100 * share)} {what}, {metric} {Quantity.Number(value)}");
            }
        }

        return points.Count > 0 && double.IsFinite(whole) ? [.. points, new LearningPoint(1, metric, whole)] : [];
    }

    private double ValueOf(Func<double, TrainingSet?> partOf, double share)
    {
        try
        {
            return partOf(share) is { } part ? measure(train(part)) : double.NaN;
        }
        catch (Exception fault) when (fault is PromoRecException or InputException)
        {
            // A tenth of little data may be nothing that a model can be trained on or that a customer of the test is in.
            return double.NaN;
        }
    }
}
