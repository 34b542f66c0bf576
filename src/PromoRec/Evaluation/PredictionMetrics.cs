namespace PromoRec.Evaluation;

/// <summary>Quality of predicted numbers and probabilities, in double precision. Pure functions.</summary>
/// <remarks>All spans of one call have the same length, at least 1.</remarks>
public static class PredictionMetrics
{
    /// <summary>A probability is taken to be at least this and at most 1 minus this, so that a wrong certainty costs much but not everything.</summary>
    public const double ProbabilityMargin = 1e-15;

    /// <summary>Mean of |predicted - actual|.</summary>
    /// <exception cref="ArgumentException">The lengths differ, or are 0.</exception>
    public static double MeanAbsoluteError(ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual)
    {
        ThrowUnlessPaired(predicted.Length, actual.Length);
        double sum = 0;
        for (int i = 0; i < predicted.Length; i++)
        {
            sum += Math.Abs(predicted[i] - actual[i]);
        }

        return sum / predicted.Length;
    }

    /// <summary>Square root of the mean of (predicted - actual)².</summary>
    /// <exception cref="ArgumentException">The lengths differ, or are 0.</exception>
    public static double RootMeanSquaredError(ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual)
    {
        ThrowUnlessPaired(predicted.Length, actual.Length);
        double sum = 0;
        for (int i = 0; i < predicted.Length; i++)
        {
            double error = predicted[i] - actual[i];
            sum += error * error;
        }

        return Math.Sqrt(sum / predicted.Length);
    }

    /// <summary>Mean of -ln p where the label is true and -ln(1 - p) where it is false, in nats.</summary>
    /// <exception cref="ArgumentException">The lengths differ or are 0, or a probability is not from 0 to 1.</exception>
    public static double LogLoss(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> labels)
    {
        ThrowUnlessPaired(probabilities.Length, labels.Length);
        double sum = 0;
        for (int i = 0; i < probabilities.Length; i++)
        {
            double probability = probabilities[i];
            if (!(probability >= 0 && probability <= 1))
            {
                throw new ArgumentException($"Probability {i} is {probability}, but must be from 0 to 1.", nameof(probabilities));
            }

            sum -= Math.Log(Math.Max(labels[i] ? probability : 1 - probability, ProbabilityMargin));
        }

        return sum / probabilities.Length;
    }

    /// <summary>Probability that a true row has a higher score than a false one; equal scores count half. NaN where all labels are equal.</summary>
    /// <remarks>Cost: O(n log n), one copy of the scores.</remarks>
    /// <exception cref="ArgumentException">The lengths differ or are 0, or a score is NaN.</exception>
    public static double Auc(ReadOnlySpan<double> scores, ReadOnlySpan<bool> labels)
    {
        ThrowUnlessPaired(scores.Length, labels.Length);
        int at = scores.IndexOfAnyExceptInRange(double.NegativeInfinity, double.PositiveInfinity);
        if (at >= 0)
        {
            throw new ArgumentException($"Score {at} is not a number.", nameof(scores));
        }

        double[] sorted = scores.ToArray();
        bool[] sortedLabels = labels.ToArray();
        Array.Sort(sorted, sortedLabels);
        long positives = sortedLabels.AsSpan().Count(true);
        long negatives = sorted.Length - positives;

        // In half pairs, so that the count stays whole.
        long halfPairs = 0;
        long negativesBelow = 0;
        for (int start = 0; start < sorted.Length;)
        {
            int end = start;
            long tiedPositives = 0;
            while (end < sorted.Length && sorted[end] == sorted[start])
            {
                tiedPositives += sortedLabels[end] ? 1 : 0;
                end++;
            }

            long tiedNegatives = end - start - tiedPositives;
            halfPairs += tiedPositives * ((2 * negativesBelow) + tiedNegatives);
            negativesBelow += tiedNegatives;
            start = end;
        }

        return halfPairs / (2.0 * positives * negatives);
    }

    /// <summary>
    /// Mean distance between what probabilities promise and what happens, in bins of equal width: Σ share of the bin · |mean probability - share of true labels|.
    /// </summary>
    /// <remarks>0 for a perfectly calibrated prediction. Source: Guo, Pleiss, Sun and Weinberger, ICML 2017, equation 3, for the true class.</remarks>
    /// <param name="probabilities">Probabilities from 0 to 1. One on a boundary belongs to the bin above it; 1 to the last.</param>
    /// <param name="labels">What happened.</param>
    /// <param name="bins">Number of bins: 1 to 1,000,000.</param>
    /// <exception cref="ArgumentException">The lengths differ or are 0, or a probability is not from 0 to 1.</exception>
    public static double ExpectedCalibrationError(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> labels, int bins = 10)
    {
        ThrowUnlessPaired(probabilities.Length, labels.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bins, 1_000_000);
        double[] surplus = new double[bins];
        for (int i = 0; i < probabilities.Length; i++)
        {
            double probability = probabilities[i];
            if (!(probability >= 0 && probability <= 1))
            {
                throw new ArgumentException($"Probability {i} is {probability}, but must be from 0 to 1.", nameof(probabilities));
            }

            surplus[Math.Min((int)(probability * bins), bins - 1)] += probability - (labels[i] ? 1 : 0);
        }

        double sum = 0;
        foreach (double one in surplus)
        {
            sum += Math.Abs(one);
        }

        return sum / probabilities.Length;
    }

    private static void ThrowUnlessPaired(int length, int other)
    {
        if (length == 0 || length != other)
        {
            throw new ArgumentException($"There are {length} predictions and {other} true values, but there must be as many of both, at least one.");
        }
    }
}
