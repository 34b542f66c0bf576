using PromoRec.Numerics;

namespace PromoRec.Training.Knn;

/// <summary>Finds the nearest neighbours of every row of a sparse matrix.</summary>
internal static class NeighbourLists
{
    // Few enough that threads end together, many enough that handing them out costs nothing.
    private const int RowsAtOnce = 32;

    /// <param name="rows">Rows × columns: what is compared.</param>
    /// <param name="columns">The same matrix by columns.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told how many rows are done.</param>
    /// <param name="cancellationToken">Stops between two batches of rows.</param>
    /// <returns>Rows × rows: similarities of the neighbours of each row, all above zero.</returns>
    public static CsrMatrix Find(CsrMatrix rows, CsrMatrix columns, KnnOptions options, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        int most = Math.Min(options.Neighbours, rows.Rows);
        var lists = new ScoredRow[rows.Rows][];
        int batches = (rows.Rows + RowsAtOnce - 1) / RowsAtOnce;
        Workers.Run(
            batches,
            Threads.Resolve(options.Threads),
            () =>
            {
                ISimilarities similarities = SimilaritiesOf(rows, columns, options);
                var buffer = new ScoredRow[most];
                return batch =>
                {
                    for (int row = batch * RowsAtOnce; row < Math.Min(rows.Rows, (batch + 1) * RowsAtOnce); row++)
                    {
                        lists[row] = Best(similarities, row, options.IncludeSelf, buffer);
                    }
                };
            },
            cancellationToken);
        progress?.Report(new TrainingProgress(1, 1, TimeSpan.Zero, null));
        return ToCsr(lists, options.NormalizeWeights);
    }

    private static ISimilarities SimilaritiesOf(CsrMatrix rows, CsrMatrix columns, KnnOptions options) => options.Similarity switch
    {
        KnnSimilarity.Pearson or KnnSimilarity.AdjustedCosine => new CommonSimilarities(rows, columns, options),
        _ => new ProductSimilarities(rows, columns, options),
    };

    private static ScoredRow[] Best(ISimilarities similarities, int row, bool includeSelf, ScoredRow[] buffer)
    {
        var top = new TopK(buffer);
        foreach (int other in similarities.Compare(row))
        {
            float similarity = similarities.With(other);
            if (similarity > 0 && (includeSelf || other != row))
            {
                top.Add(other, similarity);
            }
        }

        ScoredRow[] best = buffer[..top.Finish()];
        Array.Sort(best, (left, right) => left.Row.CompareTo(right.Row));
        return best;
    }

    private static CsrMatrix ToCsr(ScoredRow[][] lists, bool normalize)
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
            double sum = normalize ? lists[row].Sum(neighbour => (double)neighbour.Score) : 1;
            for (int i = 0; i < lists[row].Length; i++)
            {
                columns[offsets[row] + i] = lists[row][i].Row;
                values[offsets[row] + i] = (float)(lists[row][i].Score / sum);
            }
        }

        return new CsrMatrix(lists.Length, offsets, columns, values);
    }
}
