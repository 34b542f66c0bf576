using PromoRec.Models.Linear;
using PromoRec.Numerics;

namespace PromoRec.Training.Linear;

/// <summary>Fits a <see cref="PlattCalibrator"/>: good with few examples, because it has two parameters.</summary>
/// <remarks>
/// Source: Lin, Lin and Weng, "A note on Platt's probabilistic outputs for support vector machines", Machine Learning 68, 2007: Newton's method
/// with a backtracking line search over targets that are drawn towards each other, so that probabilities of 0 and 1 are never learnt. How far they
/// are drawn depends on the number of true and of false examples. With weights there is no such number, so that it is shared out by weight from the
/// effective one, (Σ weight)² / Σ weight² (Kish, Survey Sampling, 1965): n examples of equal weight are n, whatever the weight, and a few that outweigh all
/// others are few. Only the ratios of weights matter.
/// </remarks>
public static class PlattScaling
{
    private const int MaxIterations = 100;
    private const double Ridge = 1e-12;
    private const double LeastStep = 1e-10;

    /// <summary>Fits slope and offset to scores of examples that the model was not trained on.</summary>
    /// <param name="scores">The scores, finite.</param>
    /// <param name="labels">Whether it happened.</param>
    /// <param name="weights">What each example counts beside the others, 0 or above; all the same unless given. Their unit does not matter.</param>
    /// <returns>
    /// A calibrator that never descends: where higher scores go with fewer true labels, its slope is 0 and it says the share of true labels. Labels of
    /// one kind give a share drawn away from 0 and 1.
    /// </returns>
    /// <exception cref="ArgumentException">The lengths differ, no example counts, or a score or weight is out of range.</exception>
    public static PlattCalibrator Fit(ReadOnlySpan<double> scores, ReadOnlySpan<bool> labels, ReadOnlySpan<double> weights = default)
    {
        CalibrationInput.Check(scores, labels, weights);

        // Standardised, because the stopping rule of the source knows no unit.
        (double mean, double spread) = Standard(scores);
        double positives = 0;
        double negatives = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            double weight = CalibrationInput.WeightAt(weights, i);
            positives += labels[i] ? weight : 0;
            negatives += labels[i] ? 0 : weight;
        }

        double total = positives + negatives;
        double effective = EffectiveCount(scores.Length, weights, total);
        double positiveCount = effective * (positives / total);
        double negativeCount = effective * (negatives / total);
        double high = (positiveCount + 1) / (positiveCount + 2);
        double low = 1 / (negativeCount + 2);
        double share = ((high * positives) + (low * negatives)) / total;
        double offset = Math.Log(share / (1 - share));
        double slope = 0;
        double value = Value(scores, labels, weights, mean, spread, high, low, slope, offset);
        for (int iteration = 0; iteration < MaxIterations; iteration++)
        {
            double h11 = Ridge, h12 = 0, h22 = Ridge, g1 = 0, g2 = 0;
            for (int i = 0; i < scores.Length; i++)
            {
                double x = (scores[i] - mean) / spread;
                double p = LogisticLoss.Sigmoid((slope * x) + offset);
                double weight = CalibrationInput.WeightAt(weights, i) / total;
                double curvature = weight * p * (1 - p);
                double error = weight * (p - (labels[i] ? high : low));
                h11 += curvature * x * x;
                h12 += curvature * x;
                h22 += curvature;
                g1 += error * x;
                g2 += error;
            }

            if (Math.Abs(g1) < 1e-12 && Math.Abs(g2) < 1e-12)
            {
                break;
            }

            double determinant = (h11 * h22) - (h12 * h12);
            double slopeStep = -((h22 * g1) - (h12 * g2)) / determinant;
            double offsetStep = -((h11 * g2) - (h12 * g1)) / determinant;
            double promise = (g1 * slopeStep) + (g2 * offsetStep);
            double step = 1;
            double next = double.PositiveInfinity;
            for (; step >= LeastStep; step /= 2)
            {
                next = Value(scores, labels, weights, mean, spread, high, low, slope + (step * slopeStep), offset + (step * offsetStep));
                if (next < value + (1e-4 * step * promise))
                {
                    break;
                }
            }

            if (step < LeastStep)
            {
                break;
            }

            slope += step * slopeStep;
            offset += step * offsetStep;
            value = next;
        }

        return slope > 0 ? new PlattCalibrator(slope / spread, offset - (slope * mean / spread)) : new PlattCalibrator(0, Math.Log(share / (1 - share)));
    }

    /// <summary>How many examples of equal weight say as much.</summary>
    private static double EffectiveCount(int count, ReadOnlySpan<double> weights, double total)
    {
        double squares = 0;
        for (int i = 0; i < count; i++)
        {
            double share = CalibrationInput.WeightAt(weights, i) / total;
            squares += share * share;
        }

        return 1 / squares;
    }

    private static (double Mean, double Spread) Standard(ReadOnlySpan<double> scores)
    {
        double mean = 0;
        foreach (double score in scores)
        {
            mean += score / scores.Length;
        }

        double variance = 0;
        foreach (double score in scores)
        {
            variance += (score - mean) * (score - mean) / scores.Length;
        }

        // Scores that differ by their rounding only say nothing about the labels.
        double spread = Math.Sqrt(variance);
        return (mean, spread > 1e-100 && spread > 1e-12 * Math.Abs(mean) ? spread : 1);
    }

    private static double Value(ReadOnlySpan<double> scores, ReadOnlySpan<bool> labels, ReadOnlySpan<double> weights, double mean, double spread, double high, double low, double slope, double offset)
    {
        double sum = 0;
        double total = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            double score = (slope * (scores[i] - mean) / spread) + offset;
            double target = labels[i] ? high : low;
            double weight = CalibrationInput.WeightAt(weights, i);
            sum += weight * ((target * LogisticLoss.Value(score, 1)) + ((1 - target) * LogisticLoss.Value(score, -1)));
            total += weight;
        }

        return sum / total;
    }
}
