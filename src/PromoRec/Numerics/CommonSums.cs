namespace PromoRec.Numerics;

/// <summary>Sums over the columns that two rows of a sparse matrix have in common, for one row and all rows at a time. One thread at a time.</summary>
/// <remarks>Added up in double, by ascending column, so that the same pair has the same bits whoever computes it. Cost: one addition for each common column.</remarks>
internal sealed class CommonSums
{
    private readonly CsrMatrix _columns;
    private readonly PairSums[] _sums;
    private readonly int[] _touched;
    private int _touchedCount;

    /// <param name="columns">Columns × rows: the matrix by its columns.</param>
    public CommonSums(CsrMatrix columns)
    {
        _columns = columns;
        _sums = new PairSums[columns.Columns];
        _touched = new int[columns.Columns];
    }

    /// <summary>Adds up what a row has in common with every row of the matrix.</summary>
    /// <param name="columns">The row's columns, ascending.</param>
    /// <param name="values">Its values.</param>
    /// <returns>The rows with at least one common column, in no particular order; valid until the next call.</returns>
    public ReadOnlySpan<int> Add(ReadOnlySpan<int> columns, ReadOnlySpan<float> values)
    {
        foreach (int other in _touched.AsSpan(0, _touchedCount))
        {
            _sums[other] = default;
        }

        _touchedCount = 0;
        for (int i = 0; i < columns.Length; i++)
        {
            AddColumn(values[i], _columns.ColumnsOf(columns[i]), _columns.ValuesOf(columns[i]));
        }

        return _touched.AsSpan(0, _touchedCount);
    }

    /// <summary>The sums of the row with another.</summary>
    public ref readonly PairSums With(int other) => ref _sums[other];

    private void AddColumn(double x, ReadOnlySpan<int> rows, ReadOnlySpan<float> values)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            ref PairSums sums = ref _sums[rows[i]];
            if (sums.Count == 0)
            {
                _touched[_touchedCount++] = rows[i];
            }

            double y = values[i];
            sums.Count++;
            sums.X += x;
            sums.Y += y;
            sums.XX += x * x;
            sums.YY += y * y;
            sums.XY += x * y;
        }
    }
}
