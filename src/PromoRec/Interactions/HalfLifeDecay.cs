namespace PromoRec.Interactions;

/// <summary>Exponential decay in half-lives.</summary>
/// <remarks>
/// Math.Pow comes from the platform's C library and may differ in the last bit from one system to another, which would give equal data
/// different fingerprints. Multiplications and additions do not differ, so 2^-x is computed from them.
/// </remarks>
internal static class HalfLifeDecay
{
    // Past this many half-lives the smallest double is reached.
    private const double Vanished = 1100;

    private const double Ln2 = 0.693147180559945309417;

    private static ReadOnlySpan<double> InverseFactorials =>
    [
        1, 1, 1d / 2, 1d / 6, 1d / 24, 1d / 120, 1d / 720, 1d / 5_040, 1d / 40_320, 1d / 362_880, 1d / 3_628_800,
        1d / 39_916_800, 1d / 479_001_600, 1d / 6_227_020_800, 1d / 87_178_291_200,
    ];

    /// <summary>max(floor, 2^(-age / halfLife)), in ticks; exact at whole half-lives, elsewhere within 1e-15 relative.</summary>
    public static double At(long ageTicks, long halfLifeTicks, double floor)
    {
        if (ageTicks <= 0)
        {
            return 1;
        }

        double halfLives = (double)ageTicks / halfLifeTicks;
        return halfLives >= Vanished ? floor : Math.Max(floor, TwoToMinus(halfLives));
    }

    private static double TwoToMinus(double x)
    {
        double whole = Math.Round(x);
        double t = (whole - x) * Ln2; // at most 0.347 in size

        // Taylor series of e^t by Horner's rule: the first term left out is below 1e-17.
        ReadOnlySpan<double> coefficients = InverseFactorials;
        double sum = coefficients[^1];
        for (int k = coefficients.Length - 2; k >= 0; k--)
        {
            sum = (sum * t) + coefficients[k];
        }

        return Math.ScaleB(sum, -(int)whole);
    }
}
