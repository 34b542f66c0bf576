using PromoRec.Numerics;

namespace PromoRec.Training;

/// <summary>Makes a sparse square matrix of rows that are made each on its own, by several threads.</summary>
internal static class RowLists
{
    // Few enough that threads end together, many enough that handing them out costs nothing.
    private const int RowsAtOnce = 32;

    /// <param name="rows">Number of rows, and of columns.</param>
    /// <param name="threads">Most threads to use; the matrix does not depend on it.</param>
    /// <param name="createMaker">Makes one thread's maker, which takes a row and gives its columns, ascending, with their values.</param>
    /// <param name="timeProvider">Measures how long it takes.</param>
    /// <param name="progress">Told after every tenth of the rows.</param>
    /// <param name="cancellationToken">Stops between two batches of rows.</param>
    public static CsrMatrix Build(
        int rows, int threads, Func<Func<int, ScoredRow[]>> createMaker, TimeProvider timeProvider, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        var lists = new ScoredRow[rows][];
        int batches = (rows + RowsAtOnce - 1) / RowsAtOnce;
        StepProgress told = new(batches, timeProvider, progress);
        Workers.Run(
            batches,
            threads,
            () =>
            {
                Func<int, ScoredRow[]> maker = createMaker();
                return batch =>
                {
                    for (int row = batch * RowsAtOnce; row < Math.Min(rows, (batch + 1) * RowsAtOnce); row++)
                    {
                        lists[row] = maker(row);
                    }

                    told.Add(1);
                };
            },
            cancellationToken);
        return Join(lists);
    }

    /// <summary>The square matrix of these rows: for each its columns, ascending, and their values.</summary>
    public static CsrMatrix Join(ScoredRow[][] lists)
    {
        var offsets = new long[lists.Length + 1];
        for (int row = 0; row < lists.Length; row++)
        {
            offsets[row + 1] = offsets[row] + lists[row].Length;
        }

        var columns = new int[offsets[^1]];
        var values = new float[offsets[^1]];
        for (int row = 0; row < lists.Length; row++)
        {
            for (int i = 0; i < lists[row].Length; i++)
            {
                (columns[offsets[row] + i], values[offsets[row] + i]) = lists[row][i];
            }
        }

        return new CsrMatrix(lists.Length, offsets, columns, values);
    }
}
