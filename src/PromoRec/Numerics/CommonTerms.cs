namespace PromoRec.Numerics;

/// <summary>Products of sparse rows, whose terms are added in the order of their columns, one rounding each, so that a sum has the same bits alone and among others.</summary>
internal static class CommonTerms
{
    /// <summary>Σ over the common columns of x·y.</summary>
    /// <param name="xColumns">Columns of x, ascending.</param>
    /// <param name="x">Values of x.</param>
    /// <param name="yColumns">Columns of y, ascending.</param>
    /// <param name="y">Values of y.</param>
    public static float Sum(ReadOnlySpan<int> xColumns, ReadOnlySpan<float> x, ReadOnlySpan<int> yColumns, ReadOnlySpan<float> y)
    {
        float sum = 0;
        for (int i = 0, j = 0; i < xColumns.Length && j < yColumns.Length;)
        {
            if (xColumns[i] == yColumns[j])
            {
                sum = MathF.FusedMultiplyAdd(x[i++], y[j++], sum);
            }
            else if (xColumns[i] < yColumns[j])
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return sum;
    }

    /// <summary>sums[column] += factor · value for each value of a sparse row.</summary>
    public static void AddScaled(float factor, ReadOnlySpan<int> columns, ReadOnlySpan<float> values, Span<float> sums)
    {
        for (int i = 0; i < columns.Length; i++)
        {
            ref float sum = ref sums[columns[i]];
            sum = MathF.FusedMultiplyAdd(factor, values[i], sum);
        }
    }
}
