using PromoRec.Datasets;
using PromoRec.Models.Knn;
using PromoRec.Numerics;

namespace PromoRec.Training.Knn;

/// <summary>Finds the nearest neighbours of every row, on several threads.</summary>
internal static class NeighbourLists
{
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

        return RowLists.Build(
            rows,
            Threads.Resolve(options.Threads),
            () =>
            {
                ISimilarities similarities = search.CreateSimilarities();
                var buffer = new ScoredRow[search.Neighbours];
                return row =>
                {
                    ScoredRow[] neighbours = buffer[..search.Find(row, options.IncludeSelf, similarities, buffer)];
                    if (options.NormalizeWeights)
                    {
                        double sum = neighbours.Sum(neighbour => (double)neighbour.Score);
                        neighbours = Array.ConvertAll(neighbours, neighbour => neighbour with { Score = (float)(neighbour.Score / sum) });
                    }

                    return neighbours;
                };
            },
            timeProvider,
            progress,
            cancellationToken);
    }
}
