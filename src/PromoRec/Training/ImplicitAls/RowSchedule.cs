using PromoRec.Numerics;

namespace PromoRec.Training.ImplicitAls;

/// <summary>The order in which workers take the rows of one side: long rows first and alone, short rows last and many at a time.</summary>
/// <remarks>It decides which worker solves a row and when, never what comes out.</remarks>
internal sealed class RowSchedule
{
    private const int BatchWork = 8192;

    // What a row costs besides its observations, counted in observations.
    private const int RowWork = 32;

    private readonly int[] _rows;
    private readonly List<int> _batchStarts = [];

    public RowSchedule(CsrMatrix interactions)
    {
        _rows = new int[interactions.Rows];
        var lengths = new int[interactions.Rows];
        for (int row = 0; row < _rows.Length; row++)
        {
            _rows[row] = row;
            lengths[row] = -interactions.RowLength(row);
        }

        Array.Sort(lengths, _rows);
        int work = BatchWork;
        for (int at = 0; at < _rows.Length; at++)
        {
            if (work >= BatchWork)
            {
                _batchStarts.Add(at);
                work = 0;
            }

            work += RowWork - lengths[at];
        }

        _batchStarts.Add(_rows.Length);
    }

    public int BatchCount => _batchStarts.Count - 1;

    /// <summary>The rows of one batch.</summary>
    public ReadOnlySpan<int> Batch(int batch) => _rows.AsSpan(_batchStarts[batch].._batchStarts[batch + 1]);
}
