namespace PromoRec.Numerics;

/// <summary>Vectors as whole numbers of a scale: x ≈ s·q.</summary>
internal static class VectorCodes
{
    /// <summary>The largest length of the parts of a padded vector whose products are added up together; see <see cref="CodeScores"/>.</summary>
    public static double LargestPart(ReadOnlySpan<float> vector)
    {
        double largest = 0;
        for (int chunk = 0; chunk < vector.Length; chunk += CodeScores.ChunkColumns)
        {
            double lower = 0, upper = 0;
            ReadOnlySpan<float> columns = vector.Slice(chunk, Math.Min(CodeScores.ChunkColumns, vector.Length - chunk));
            for (int i = 0; i + 3 < columns.Length; i += 4)
            {
                lower += ((double)columns[i] * columns[i]) + ((double)columns[i + 1] * columns[i + 1]);
                upper += ((double)columns[i + 2] * columns[i + 2]) + ((double)columns[i + 3] * columns[i + 3]);
            }

            largest = Math.Max(largest, Math.Max(lower, upper));
        }

        return Math.Sqrt(largest);
    }

    /// <summary>Writes the code of each component of a padded vector.</summary>
    /// <param name="vector">The vector.</param>
    /// <param name="scale">s, above 0.</param>
    /// <param name="largestCode">Larger codes are cut.</param>
    /// <param name="codes">Takes q.</param>
    /// <returns>The length of x - s·q; that of q; and that of the longest part of q.</returns>
    public static (double Residual, double Length, double LargestPart) Encode(ReadOnlySpan<float> vector, double scale, int largestCode, Span<sbyte> codes)
    {
        double left = 0;
        long squares = 0, largest = 0;
        double inverse = 1 / scale;
        for (int chunk = 0; chunk < vector.Length; chunk += CodeScores.ChunkColumns)
        {
            int lower = 0, upper = 0;
            ReadOnlySpan<float> columns = vector.Slice(chunk, Math.Min(CodeScores.ChunkColumns, vector.Length - chunk));
            Span<sbyte> target = codes.Slice(chunk, columns.Length);
            for (int i = 0; i + 3 < columns.Length; i += 4)
            {
                (int a, double ra) = Encode(columns[i], scale, inverse, largestCode);
                (int b, double rb) = Encode(columns[i + 1], scale, inverse, largestCode);
                (int c, double rc) = Encode(columns[i + 2], scale, inverse, largestCode);
                (int d, double rd) = Encode(columns[i + 3], scale, inverse, largestCode);
                (target[i], target[i + 1], target[i + 2], target[i + 3]) = ((sbyte)a, (sbyte)b, (sbyte)c, (sbyte)d);
                lower += (a * a) + (b * b);
                upper += (c * c) + (d * d);
                left += (ra * ra) + (rb * rb) + ((rc * rc) + (rd * rd));
            }

            squares += lower + upper;
            largest = Math.Max(largest, Math.Max(lower, upper));
        }

        return (Math.Sqrt(left), Math.Sqrt(squares), Math.Sqrt(largest));
    }

    private static (int Code, double Left) Encode(float component, double scale, double inverse, int largestCode)
    {
        int code = Math.Clamp((int)Math.Round(component * inverse), -largestCode, largestCode);
        return (code, component - (scale * code));
    }
}
