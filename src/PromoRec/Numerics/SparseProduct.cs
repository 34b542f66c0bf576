namespace PromoRec.Numerics;

/// <summary>The product of two sparse matrices, a row at a time, with the number of terms of each sum. One thread at a time.</summary>
/// <remarks>
/// (L·R)ᵢⱼ = Σₖ Lᵢₖ Rₖⱼ: the rows of R that row i of L names are added up in a dense row, of which only what was touched is cleared again. The terms of a sum are
/// added by ascending k, so the same row has the same bits whoever computes it. Cost: one addition for each term. Source: Gustavson, ACM TOMS 4(3), 1978.
/// </remarks>
internal sealed class SparseProduct
{
    private readonly CsrMatrix _right;
    private readonly Sum[] _sums;
    private readonly int[] _touched;
    private int _touchedCount;

    /// <param name="right">The right side, inner × columns.</param>
    public SparseProduct(CsrMatrix right)
    {
        _right = right;
        _sums = new Sum[right.Columns];
        _touched = new int[right.Columns];
    }

    /// <summary>Computes the row of the product for a row of the left side.</summary>
    /// <param name="columns">Its columns, ascending.</param>
    /// <param name="values">Its values.</param>
    /// <returns>The columns with at least one term, in no particular order; valid until the next call.</returns>
    public ReadOnlySpan<int> Multiply(ReadOnlySpan<int> columns, ReadOnlySpan<float> values)
    {
        foreach (int column in _touched.AsSpan(0, _touchedCount))
        {
            _sums[column] = default;
        }

        _touchedCount = 0;
        for (int i = 0; i < columns.Length; i++)
        {
            AddScaled(values[i], _right.ColumnsOf(columns[i]), _right.ValuesOf(columns[i]));
        }

        return _touched.AsSpan(0, _touchedCount);
    }

    /// <summary>The sum of one column of the row.</summary>
    public float SumOf(int column) => _sums[column].Value;

    /// <summary>How many terms that sum has: the number of columns that the two rows have in common.</summary>
    public int TermsOf(int column) => _sums[column].Terms;

    private void AddScaled(float factor, ReadOnlySpan<int> columns, ReadOnlySpan<float> values)
    {
        int touched = _touchedCount;
        for (int i = 0; i < columns.Length; i++)
        {
            ref Sum sum = ref _sums[columns[i]];
            if (sum.Terms++ == 0)
            {
                _touched[touched++] = columns[i];
            }

            sum.Value = MathF.FusedMultiplyAdd(factor, values[i], sum.Value);
        }

        _touchedCount = touched;
    }

    // Next to each other, because they are needed together.
    private struct Sum
    {
        public float Value;
        public int Terms;
    }
}
