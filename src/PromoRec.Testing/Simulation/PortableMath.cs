using PromoRec.Numerics;

namespace PromoRec.Testing.Simulation;

/// <summary>Elementary functions by operations that round alike on every machine, so that a seed means the same shop everywhere.</summary>
internal static class PortableMath
{
    // ln 2 in two parts; the high one has trailing zeros, so that its product with an exponent is exact.
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double Log2E = 1.4426950408889634;

    /// <summary>e to the power of <paramref name="x"/>, to about 1e-15; x is cut to [-700, 700].</summary>
    public static double Exp(double x)
    {
        x = Math.Clamp(x, -700, 700);
        double exponent = Math.Round(x * Log2E);
        double r = x - (exponent * Ln2High) - (exponent * Ln2Low);

        // |r| is at most 0.35, so thirteen terms of the series are enough.
        double series = 1;
        for (int term = 13; term >= 1; term--)
        {
            series = 1 + (series * r * Reciprocals[term]);
        }

        return series * BitConverter.Int64BitsToDouble(((long)exponent + 1023) << 52);
    }

    /// <summary>The natural logarithm; of a number below 1e-300, that of 1e-300.</summary>
    public static double Log(double x) => SeededRandom.Log(Math.Max(x, 1e-300));

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    public static double Logistic(double x) => 1 / (1 + Exp(-x));

    /// <summary>A waiting time of mean 1.</summary>
    public static double NextExponential(ref SeededRandom random) => -Log(1 - random.NextDouble());

    private static ReadOnlySpan<double> Reciprocals =>
        [0, 1, 1.0 / 2, 1.0 / 3, 1.0 / 4, 1.0 / 5, 1.0 / 6, 1.0 / 7, 1.0 / 8, 1.0 / 9, 1.0 / 10, 1.0 / 11, 1.0 / 12, 1.0 / 13];
}
