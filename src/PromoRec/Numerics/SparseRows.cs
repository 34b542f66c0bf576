namespace PromoRec.Numerics;

/// <summary>Products of sparse rows with a dense vector in double precision, for a range of rows.</summary>
/// <remarks>
/// Each row is summed in the order of its columns, so a result does not depend on how rows are shared among threads. The product with the
/// transpose is the same function over <see cref="CsrMatrix.Transpose"/>.
/// </remarks>
internal static class SparseRows
{
    /// <summary>result[r] = Σ x[c] · m[r, c] + shift for the rows from first up to, not including, end.</summary>
    public static void Multiply(CsrMatrix matrix, int first, int end, ReadOnlySpan<double> x, double shift, Span<double> result)
    {
        ReadOnlySpan<long> offsets = matrix.Offsets;
        ReadOnlySpan<int> columns = matrix.AllColumns;
        ReadOnlySpan<float> values = matrix.AllValues;
        for (int row = first; row < end; row++)
        {
            int start = (int)offsets[row];
            ReadOnlySpan<int> rowColumns = columns[start..(int)offsets[row + 1]];
            ReadOnlySpan<float> rowValues = values.Slice(start, rowColumns.Length);
            double sum = 0;
            for (int i = 0; i < rowColumns.Length; i++)
            {
                sum += x[rowColumns[i]] * rowValues[i];
            }

            result[row] = sum + shift;
        }
    }

    /// <summary>x · row for one sparse row.</summary>
    public static double Dot(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, ReadOnlySpan<double> x)
    {
        values = values[..columns.Length];
        double sum = 0;
        for (int i = 0; i < columns.Length; i++)
        {
            sum += x[columns[i]] * values[i];
        }

        return sum;
    }
}
