using System.Numerics.Tensors;

namespace PromoRec.Numerics;

/// <summary>How large the numbers of matrices are, in double precision, where no sum or product of them overflows. NaN where one of them is.</summary>
internal static class Magnitude
{
    /// <summary>The largest |v|; 0 for none.</summary>
    public static double Largest(ReadOnlySpan<float> values) => values.IsEmpty ? 0 : MathF.Abs(TensorPrimitives.MaxMagnitude(values));

    /// <summary>The largest Σ |v| of a row.</summary>
    public static double LargestRowSum(CsrMatrix matrix)
    {
        double largest = 0;
        for (int row = 0; row < matrix.Rows; row++)
        {
            double sum = 0;
            foreach (float value in matrix.ValuesOf(row))
            {
                sum += Math.Abs(value);
            }

            largest = Math.Max(largest, sum);
        }

        return largest;
    }

    /// <summary>The largest Σ v² of a row: by Cauchy and Schwarz no product of two rows exceeds it, nor does a part of such a product.</summary>
    public static double LargestSquare(CsrMatrix matrix)
    {
        double largest = 0;
        for (int row = 0; row < matrix.Rows; row++)
        {
            largest = Math.Max(largest, SquareOf(matrix.ValuesOf(row)));
        }

        return largest;
    }

    /// <summary>The largest length of a row.</summary>
    public static double LargestLength(FactorMatrix matrix)
    {
        double largest = 0;
        for (int row = 0; row < matrix.Rows; row++)
        {
            largest = Math.Max(largest, SquareOf(matrix.Row(row)));
        }

        return Math.Sqrt(largest);
    }

    /// <summary>Σ v².</summary>
    public static double SquareOf(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (float value in values)
        {
            sum += (double)value * value;
        }

        return sum;
    }
}
