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
        double t = (whole - x) * 0.693147180559945309417; // ln 2; |t| is at most 0.347
        double sum = 1;

        // Taylor series of e^t, innermost term first: the first term left out is below 1e-17.
        for (int k = 14; k >= 1; k--)
        {
            sum = 1 + (t / k * sum);
        }

        return Math.ScaleB(sum, -(int)whole);
    }
}
