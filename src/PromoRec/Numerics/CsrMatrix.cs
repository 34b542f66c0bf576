namespace PromoRec.Numerics;

/// <summary>A sparse matrix in compressed row form: 64-bit row offsets, 32-bit columns ascending in each row, float32 values.</summary>
/// <remarks>The memory may be an array or a mapped file. Whoever reads mapped memory through a span keeps the matrix reachable while doing so.</remarks>
internal sealed class CsrMatrix
{
    private readonly ReadOnlyMemory<long> _offsets;
    private readonly ReadOnlyMemory<int> _columns;
    private readonly ReadOnlyMemory<float> _values;

    /// <param name="columnCount">Number of columns.</param>
    /// <param name="offsets">rows + 1 offsets into the other two, ascending from 0.</param>
    /// <param name="columns">Column of each stored value, strictly ascending in each row.</param>
    /// <param name="values">The stored values; empty where all are 1.</param>
    public CsrMatrix(int columnCount, ReadOnlyMemory<long> offsets, ReadOnlyMemory<int> columns, ReadOnlyMemory<float> values)
    {
        if (offsets.Length == 0 || (columns.Length != values.Length && !values.IsEmpty) || offsets.Span[^1] != columns.Length)
        {
            throw new ArgumentException($"{offsets.Length} offsets, {columns.Length} columns and {values.Length} values do not make a sparse matrix.", nameof(offsets));
        }

        Rows = offsets.Length - 1;
        Columns = columnCount;
        _offsets = offsets;
        _columns = columns;
        _values = values;
    }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>Number of stored values.</summary>
    public int Count => _columns.Length;

    public ReadOnlySpan<long> Offsets => _offsets.Span;

    public ReadOnlySpan<int> AllColumns => _columns.Span;

    /// <summary>All values, row by row; empty for a matrix of ones.</summary>
    public ReadOnlySpan<float> AllValues => _values.Span;

    /// <summary>Whether the values are all 1 and not stored.</summary>
    public bool IsOnes => _values.IsEmpty;

    /// <summary>A matrix that has 1 where this one has a value. It shares its memory.</summary>
    public CsrMatrix ToOnes() => new(Columns, _offsets, _columns, default);

    /// <summary>The same matrix with its ones stored, for who multiplies with them.</summary>
    public CsrMatrix WithValues()
    {
        if (!_values.IsEmpty)
        {
            return this;
        }

        float[] ones = GC.AllocateUninitializedArray<float>(Count);
        ones.AsSpan().Fill(1);
        return new CsrMatrix(Columns, _offsets, _columns, ones);
    }

    public int RowLength(int row)
    {
        ReadOnlySpan<long> offsets = _offsets.Span;
        return (int)(offsets[row + 1] - offsets[row]);
    }

    /// <summary>The columns of one row, ascending.</summary>
    public ReadOnlySpan<int> ColumnsOf(int row)
    {
        ReadOnlySpan<long> offsets = _offsets.Span;
        return _columns.Span[(int)offsets[row]..(int)offsets[row + 1]];
    }

    /// <summary>The values of one row, in the order of <see cref="ColumnsOf"/>; none of a matrix of ones.</summary>
    public ReadOnlySpan<float> ValuesOf(int row)
    {
        if (_values.IsEmpty)
        {
            return default;
        }

        ReadOnlySpan<long> offsets = _offsets.Span;
        return _values.Span[(int)offsets[row]..(int)offsets[row + 1]];
    }

    /// <summary>The same matrix by columns: row r of the result is column r of this one. The values have to be stored. O(rows + columns + count).</summary>
    public CsrMatrix Transpose()
    {
        var offsets = new long[Columns + 1];
        ReadOnlySpan<int> columns = _columns.Span;
        ReadOnlySpan<float> values = _values.Span;
        foreach (int column in columns)
        {
            offsets[column + 1]++;
        }

        for (int column = 0; column < Columns; column++)
        {
            offsets[column + 1] += offsets[column];
        }

        var next = new long[Columns];
        Array.Copy(offsets, next, Columns);
        var transposedColumns = new int[columns.Length];
        var transposedValues = new float[columns.Length];
        ReadOnlySpan<long> rows = _offsets.Span;
        for (int row = 0; row < Rows; row++)
        {
            for (int at = (int)rows[row]; at < (int)rows[row + 1]; at++)
            {
                int target = (int)next[columns[at]]++;
                transposedColumns[target] = row;
                transposedValues[target] = values[at];
            }
        }

        return new CsrMatrix(Rows, offsets, transposedColumns, transposedValues);
    }
}
