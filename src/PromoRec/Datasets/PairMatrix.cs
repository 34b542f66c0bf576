using PromoRec.Numerics;

namespace PromoRec.Datasets;

/// <summary>A sparse matrix in the making: customers by items or offers, over all ids that events name, used or not.</summary>
/// <param name="Offsets">rows + 1 offsets into the other two.</param>
/// <param name="Columns">Column of each value, ascending in each row.</param>
/// <param name="Values">The values; none where all are 1.</param>
internal sealed record PairMatrix(long[] Offsets, Memory<int> Columns, Memory<float> Values)
{
    public int Rows => Offsets.Length - 1;

    /// <summary>Marks the rows that have a value.</summary>
    public void MarkRows(bool[] used)
    {
        for (int row = 0; row < Rows; row++)
        {
            used[row] |= Offsets[row + 1] > Offsets[row];
        }
    }

    /// <summary>Marks the columns that have a value.</summary>
    public void MarkColumns(bool[] used)
    {
        foreach (int column in Columns.Span)
        {
            used[column] = true;
        }
    }

    /// <summary>The matrix over the used rows and columns only. Takes this one's memory.</summary>
    public CsrMatrix ToCsr(bool[] usedRows, bool[] usedColumns)
    {
        var newColumn = new int[usedColumns.Length];
        int columnCount = 0;
        for (int column = 0; column < usedColumns.Length; column++)
        {
            newColumn[column] = usedColumns[column] ? columnCount++ : -1;
        }

        if (columnCount < usedColumns.Length)
        {
            foreach (ref int column in Columns.Span)
            {
                column = newColumn[column];
            }
        }

        // A row that is not used is empty, so the offset behind it is the same.
        var offsets = new long[usedRows.Count(used => used) + 1];
        int newRow = 0;
        for (int row = 0; row < Rows; row++)
        {
            if (usedRows[row])
            {
                offsets[++newRow] = Offsets[row + 1];
            }
        }

        return new CsrMatrix(columnCount, offsets, Columns, Values);
    }
}
