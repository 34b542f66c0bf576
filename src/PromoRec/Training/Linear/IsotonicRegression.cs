using PromoRec.Models.Linear;
using PromoRec.Numerics;

namespace PromoRec.Training.Linear;

/// <summary>Fits an <see cref="IsotonicCalibrator"/>: of all functions that never descend, the nearest to the labels. It wants many examples.</summary>
/// <remarks>
/// Pool adjacent violators (Ayer et al. 1955) over the distinct scores, each with the share of true labels. The calibrator runs straight between the
/// ends of the pools, as scikit-learn's does. Where all of a pool's labels are alike, the probability is exactly 0 or 1.
/// </remarks>
public static class IsotonicRegression
{
    /// <summary>Fits the function to scores of examples that the model was not trained on.</summary>
    /// <param name="scores">The scores, finite.</param>
    /// <param name="labels">Whether it happened.</param>
    /// <param name="weights">What each example counts, 0 or above; all the same unless given.</param>
    /// <exception cref="ArgumentException">The lengths differ, no example counts, or a score or weight is out of range.</exception>
    public static IsotonicCalibrator Fit(ReadOnlySpan<double> scores, ReadOnlySpan<bool> labels, ReadOnlySpan<double> weights = default)
    {
        CalibrationInput.Check(scores, labels, weights);
        double[] sorted = scores.ToArray();
        int[] order = new int[sorted.Length];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        // Equal scores keep the order of the examples, so that sums do not depend on how the sort treats them.
        Array.Sort(order, (left, right) => sorted[left] != sorted[right] ? sorted[left].CompareTo(sorted[right]) : left.CompareTo(right));
        List<double> points = [];
        List<double> shares = [];
        List<double> masses = [];
        for (int at = 0; at < order.Length;)
        {
            double score = sorted[order[at]];
            double positives = 0;
            double mass = 0;
            for (; at < order.Length && sorted[order[at]] == score; at++)
            {
                double weight = CalibrationInput.WeightAt(weights, order[at]);
                positives += labels[order[at]] ? weight : 0;
                mass += weight;
            }

            if (mass > 0)
            {
                points.Add(score);
                shares.Add(positives / mass);
                masses.Add(mass);
            }
        }

        double[] fitted = [.. shares];
        PoolAdjacentViolators.Fit(fitted, [.. masses]);
        return Thinned([.. points], fitted);
    }

    /// <summary>Leaves out the points inside of a pool, which lie on the line between its ends.</summary>
    private static IsotonicCalibrator Thinned(double[] points, double[] fitted)
    {
        List<double> scores = [];
        List<double> probabilities = [];
        for (int i = 0; i < points.Length; i++)
        {
            bool inside = i > 0 && i + 1 < points.Length && fitted[i] == fitted[i - 1] && fitted[i] == fitted[i + 1];
            if (!inside)
            {
                scores.Add(points[i]);
                probabilities.Add(Math.Clamp(fitted[i], 0, 1));
            }
        }

        return new IsotonicCalibrator(scores.ToArray(), probabilities.ToArray());
    }
}
