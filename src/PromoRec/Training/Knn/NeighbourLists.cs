using PromoRec.Models.Knn;
using PromoRec.Numerics;

namespace PromoRec.Training.Knn;

/// <summary>Finds the nearest neighbours of every row, on several threads.</summary>
internal static class NeighbourLists
{
    // Few enough that threads end together, many enough that handing them out costs nothing.
    private const int RowsAtOnce = 32;

    /// <param name="rows">Number of rows.</param>
    /// <param name="search">Finds the neighbours of one.</param>
    /// <param name="options">How.</param>
    /// <param name="timeProvider">Measures how long it takes.</param>
    /// <param name="progress">Told after every tenth of the rows.</param>
    /// <param name="cancellationToken">Stops between two batches of rows.</param>
    /// <returns>Rows × rows: similarities of the neighbours of each row, all above zero.</returns>
    public static CsrMatrix Find(int rows, NeighbourSearch search, KnnOptions options, TimeProvider timeProvider, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        var lists = new ScoredRow[rows][];
        int batches = (rows + RowsAtOnce - 1) / RowsAtOnce;
        StepProgress told = new(batches, timeProvider, progress);
        Workers.Run(
            batches,
            Threads.Resolve(options.Threads),
            () =>
            {
                ISimilarities similarities = search.CreateSimilarities();
                var buffer = new ScoredRow[search.Neighbours];
                return batch =>
                {
                    for (int row = batch * RowsAtOnce; row < Math.Min(rows, (batch + 1) * RowsAtOnce); row++)
                    {
                        lists[row] = buffer[..search.Find(row, options.IncludeSelf, similarities, buffer)];
                    }

                    told.Add(1);
                };
            },
            cancellationToken);
        return NeighbourMatrix.Of(options.NormalizeWeights ? Array.ConvertAll(lists, Normalized) : lists);
    }

    private static ScoredRow[] Normalized(ScoredRow[] list)
    {
        double sum = list.Sum(neighbour => (double)neighbour.Score);
        return Array.ConvertAll(list, neighbour => neighbour with { Score = (float)(neighbour.Score / sum) });
    }
}
