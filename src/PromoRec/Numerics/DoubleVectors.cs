namespace PromoRec.Numerics;

/// <summary>Vector operations in double precision, summed from the first component to the last: the same bits on every vector width.</summary>
/// <remarks>All spans of one call have the same length.</remarks>
internal static class DoubleVectors
{
    /// <summary>x·y.</summary>
    public static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        y = y[..x.Length];
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            sum += x[i] * y[i];
        }

        return sum;
    }

    /// <summary>√Σ xᵢ².</summary>
    public static double Norm(ReadOnlySpan<double> x) => Math.Sqrt(Dot(x, x));

    /// <summary>Σ |xᵢ|.</summary>
    public static double AbsoluteSum(ReadOnlySpan<double> x)
    {
        double sum = 0;
        foreach (double value in x)
        {
            sum += Math.Abs(value);
        }

        return sum;
    }

    /// <summary>Σ mᵢ xᵢ yᵢ.</summary>
    public static double WeightedDot(ReadOnlySpan<double> m, ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            sum += m[i] * x[i] * y[i];
        }

        return sum;
    }

    /// <summary>yᵢ += a·xᵢ.</summary>
    public static void AddScaled(double a, ReadOnlySpan<double> x, Span<double> y)
    {
        y = y[..x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            y[i] += a * x[i];
        }
    }
}
