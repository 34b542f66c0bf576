namespace PromoRec.Numerics;

/// <summary>A sum for each of many columns, of which few are touched and only those are cleared again. One thread at a time; it grows to the largest number of columns asked for and stays.</summary>
/// <remarks>Terms are added in the order in which they come, one rounding each. Source: Gustavson, ACM TOMS 4(3), 1978.</remarks>
internal sealed class SparseAccumulator
{
    private Sum[] _sums = [];
    private int[] _touched = [];
    private int _touchedCount;

    /// <summary>The columns with at least one term, in the order in which they were first touched; valid until the next <see cref="Clear"/>.</summary>
    public ReadOnlySpan<int> Touched => _touched.AsSpan(0, _touchedCount);

    /// <summary>Forgets all terms and makes room for so many columns.</summary>
    public void Clear(int columns)
    {
        foreach (int column in Touched)
        {
            _sums[column] = default;
        }

        _touchedCount = 0;
        if (_sums.Length < columns)
        {
            _sums = new Sum[columns];
            _touched = new int[columns];
        }
    }

    /// <summary>Adds factor · value to the sum of each column of a sparse row.</summary>
    public void AddScaled(float factor, ReadOnlySpan<int> columns, ReadOnlySpan<float> values)
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

    /// <summary>The sum of one column.</summary>
    public float SumOf(int column) => _sums[column].Value;

    /// <summary>How many terms that sum has.</summary>
    public int TermsOf(int column) => _sums[column].Terms;

    // Next to each other, because they are needed together.
    private struct Sum
    {
        public float Value;
        public int Terms;
    }
}
