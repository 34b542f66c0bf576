using PromoRec.Models.Knn;
using PromoRec.Numerics;

namespace PromoRec.Training;

/// <summary>Makes a sparse square matrix, each row on its own, on several threads.</summary>
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
        return NeighbourMatrix.Of(lists);
    }
}
