namespace PromoRec.Numerics;

/// <summary>The product of two sparse matrices, a row at a time, with the number of terms of each sum. One thread at a time.</summary>
/// <remarks>
/// (L·R)ᵢⱼ = Σₖ Lᵢₖ Rₖⱼ: the rows of R that row i of L names are added up. The terms of a sum are
/// added by ascending k, so the same row has the same bits whoever computes it. Cost: one addition for each term. Source: Gustavson, ACM TOMS 4(3), 1978.
/// </remarks>
/// <param name="right">The right side, inner × columns.</param>
internal sealed class SparseProduct(CsrMatrix right)
{
    private readonly SparseAccumulator _row = new();

    /// <summary>The whole product, without the sums that are zero.</summary>
    public static CsrMatrix Multiply(CsrMatrix left, CsrMatrix right)
    {
        var product = new SparseProduct(right);
        var offsets = new long[left.Rows + 1];
        var columns = new List<int>();
        var values = new List<float>();
        for (int row = 0; row < left.Rows; row++)
        {
            int[] touched = product.Multiply(left.ColumnsOf(row), left.ValuesOf(row)).ToArray();
            Array.Sort(touched);
            foreach (int column in touched)
            {
                if (product.SumOf(column) != 0)
                {
                    columns.Add(column);
                    values.Add(product.SumOf(column));
                }
            }

            offsets[row + 1] = columns.Count;
        }

        return new CsrMatrix(right.Columns, offsets, columns.ToArray(), values.ToArray());
    }

    /// <summary>Computes the row of the product for a row of the left side.</summary>
    /// <param name="columns">Its columns, ascending.</param>
    /// <param name="values">Its values.</param>
    /// <returns>The columns with at least one term, in no particular order; valid until the next call.</returns>
    public ReadOnlySpan<int> Multiply(ReadOnlySpan<int> columns, ReadOnlySpan<float> values)
    {
        _row.Clear(right.Columns);
        for (int i = 0; i < columns.Length; i++)
        {
            _row.AddScaled(values[i], right.ColumnsOf(columns[i]), right.ValuesOf(columns[i]));
        }

        return _row.Touched;
    }

    /// <summary>The sum of one column of the row.</summary>
    public float SumOf(int column) => _row.SumOf(column);

    /// <summary>How many terms that sum has: the number of columns that the two rows have in common.</summary>
    public int TermsOf(int column) => _row.TermsOf(column);
}
