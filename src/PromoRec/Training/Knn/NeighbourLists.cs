using PromoRec.Datasets;
using PromoRec.Models.Knn;
using PromoRec.Numerics;

namespace PromoRec.Training.Knn;

/// <summary>Finds the nearest neighbours of every row, on several threads.</summary>
internal static class NeighbourLists
{
    // Few enough that threads end together, many enough that handing them out costs nothing.
    private const int RowsAtOnce = 16;

    /// <param name="dataset">The interactions.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="search">Finds the neighbours of one.</param>
    /// <param name="options">How.</param>
    /// <param name="timeProvider">Measures how long it takes.</param>
    /// <param name="progress">Told after every tenth of the rows.</param>
    /// <param name="cancellationToken">Stops between two batches of rows.</param>
    /// <returns>Rows × rows: similarities of the neighbours of each row, all above zero.</returns>
    /// <exception cref="TrainingException">The values are too large for single precision.</exception>
    public static CsrMatrix Find(
        InteractionDataset dataset, int rows, NeighbourSearch search, KnnOptions options, TimeProvider timeProvider, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        // Written so that a NaN fails it.
        if (!(search.LargestProduct <= float.MaxValue))
        {
            throw Overflow.Of("Products of what is compared", search.LargestProduct, dataset);
        }

        int threads = Threads.Resolve(options.Threads);
        ProductNeighbours? together = search.Together(options.IncludeSelf, threads);
        if (together is not null)
        {
            return Together(together, rows, threads, options, new StepProgress(BatchesOf(rows), timeProvider, progress), cancellationToken);
        }

        return RowLists.Build(
            rows,
            threads,
            () =>
            {
                ISimilarities similarities = search.CreateSimilarities();
                var buffer = new ScoredRow[search.Neighbours];
                return row => Weighted(buffer[..search.Find(row, options.IncludeSelf, similarities, buffer)], options);
            },
            timeProvider,
            progress,
            cancellationToken);
    }

    private static CsrMatrix Together(ProductNeighbours together, int rows, int threads, KnnOptions options, StepProgress told, CancellationToken cancellationToken)
    {
        int batches = BatchesOf(rows);
        Workers.Run(
            batches,
            threads,
            () =>
            {
                PairCandidates candidates = together.CreateCandidates();
                return batch =>
                {
                    // From the largest label on: those rows are like each other, so that later ones find lists into which little enters.
                    int end = rows - (batch * RowsAtOnce);
                    for (int label = end - 1; label >= Math.Max(0, end - RowsAtOnce); label--)
                    {
                        together.Compare(label, candidates);
                    }

                    told.Add(1);
                };
            },
            cancellationToken);
        var lists = new ScoredRow[rows][];
        Workers.Run(
            batches,
            threads,
            () => batch =>
            {
                for (int label = batch * RowsAtOnce; label < Math.Min(rows, (batch + 1) * RowsAtOnce); label++)
                {
                    ScoredRow[] neighbours = together.NeighboursOf(label, out int row);
                    lists[row] = Weighted(neighbours, options);
                }
            },
            cancellationToken);
        return RowLists.Join(lists);
    }

    private static int BatchesOf(int rows) => (rows + RowsAtOnce - 1) / RowsAtOnce;

    private static ScoredRow[] Weighted(ScoredRow[] neighbours, KnnOptions options)
    {
        if (!options.NormalizeWeights)
        {
            return neighbours;
        }

        double sum = neighbours.Sum(neighbour => (double)neighbour.Score);
        return Array.ConvertAll(neighbours, neighbour => neighbour with { Score = (float)(neighbour.Score / sum) });
    }
}
