using PromoRec.Numerics;

namespace PromoRec.Evaluation;

/// <summary>Confidence intervals of means by resampling.</summary>
/// <remarks>Source: Efron, "Bootstrap methods: another look at the jackknife", Annals of Statistics 1979; the percentile interval.</remarks>
public static class BootstrapInterval
{
    /// <summary>
    /// Draws as many values as there are, with replacement, takes their mean, does so <paramref name="resamples"/> times, and returns
    /// the quantiles of these means that leave (1 - level) / 2 out on either side, interpolated linearly between neighbours.
    /// </summary>
    /// <param name="values">One finite value for each customer, at least one.</param>
    /// <param name="resamples">How often to draw: 1 to 1,000,000.</param>
    /// <param name="level">The confidence: above 0 and below 1; 0.95 for 95 %.</param>
    /// <param name="seed">The same values and seed give the same interval.</param>
    /// <exception cref="ArgumentException">There are no values.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside of its range.</exception>
    public static (double Low, double High) OfMean(ReadOnlySpan<double> values, int resamples = 1_000, double level = 0.95, ulong seed = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(resamples, 1_000_000);
        if (!(level > 0 && level < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(level), level, "The confidence level must be above 0 and below 1.");
        }

        if (values.IsEmpty)
        {
            throw new ArgumentException("There are no values to draw from. Give at least one.", nameof(values));
        }

        var means = new double[resamples];
        for (int resample = 0; resample < resamples; resample++)
        {
            // A stream for each resample: the first thousand of two thousand are the thousand.
            var random = new SeededRandom(seed, (ulong)resample);
            double sum = 0;
            for (int draw = 0; draw < values.Length; draw++)
            {
                sum += values[random.NextInt32(values.Length)];
            }

            means[resample] = sum / values.Length;
        }

        return Between(means, level);
    }

    /// <summary>The quantiles that leave (1 - level) / 2 out on either side. Sorts the values.</summary>
    internal static (double Low, double High) Between(double[] values, double level)
    {
        Array.Sort(values);
        return (Quantile(values, (1 - level) / 2), Quantile(values, (1 + level) / 2));
    }

    private static double Quantile(double[] sorted, double share)
    {
        double place = share * (sorted.Length - 1);
        int below = (int)place;
        int above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }
}
