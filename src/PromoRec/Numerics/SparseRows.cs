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

    /// <summary>result[r] = Σ x[c] · m[r, c]² for the rows from first up to, not including, end.</summary>
    public static void MultiplySquares(CsrMatrix matrix, int first, int end, ReadOnlySpan<double> x, Span<double> result)
    {
        for (int row = first; row < end; row++)
        {
            ReadOnlySpan<int> columns = matrix.ColumnsOf(row);
            ReadOnlySpan<float> values = matrix.ValuesOf(row);
            double sum = 0;
            for (int i = 0; i < columns.Length; i++)
            {
                sum += x[columns[i]] * ((double)values[i] * values[i]);
            }

            result[row] = sum;
        }
    }

    /// <summary>result[r] = Σ x[c] · (m[r, c] - center[r])² over all columns, those that hold nothing too, for the rows from first up to, not including, end.</summary>
    /// <param name="matrix">The matrix.</param>
    /// <param name="first">First row.</param>
    /// <param name="end">The row after the last one.</param>
    /// <param name="x">What each column counts.</param>
    /// <param name="total">Σ x[c].</param>
    /// <param name="centers">What is taken from the values of each row.</param>
    /// <param name="result">The sums, one a row.</param>
    public static void MultiplyCenteredSquares(CsrMatrix matrix, int first, int end, ReadOnlySpan<double> x, double total, ReadOnlySpan<double> centers, Span<double> result)
    {
        for (int row = first; row < end; row++)
        {
            ReadOnlySpan<int> columns = matrix.ColumnsOf(row);
            ReadOnlySpan<float> values = matrix.ValuesOf(row);
            double center = centers[row];
            double sum = 0;
            double stored = 0;
            for (int i = 0; i < columns.Length; i++)
            {
                double distance = values[i] - center;
                sum += x[columns[i]] * (distance * distance);
                stored += x[columns[i]];
            }

            // A full row leaves nothing, of which rounding would make something large where the center is large.
            double rest = columns.Length == x.Length ? 0 : Math.Max(0, total - stored);
            result[row] = sum + (rest * (center * center));
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

    /// <summary>x += a · row for one sparse row.</summary>
    public static void AddScaled(double a, ReadOnlySpan<int> columns, ReadOnlySpan<float> values, Span<double> x)
    {
        values = values[..columns.Length];
        for (int i = 0; i < columns.Length; i++)
        {
            x[columns[i]] += a * values[i];
        }
    }
}
