using PromoRec.Numerics;

namespace PromoRec.Training.Ratings;

/// <summary>How alike every row is to the others. One thread at a time.</summary>
/// <param name="byRow">Compared rows × the other side: what is compared.</param>
/// <param name="byColumn">The same by its columns.</param>
/// <param name="options">How.</param>
internal sealed class SimilarityLists(CsrMatrix byRow, CsrMatrix byColumn, RatingKnnOptions options)
{
    private readonly CommonSums _sums = new(byColumn);
    private readonly ScoredRow[] _buffer = new ScoredRow[Math.Min(options.SimilaritiesPerRow, byRow.Rows)];

    /// <summary>The rows that are like a row, by row, with how alike they are; without itself.</summary>
    public ScoredRow[] Of(int row)
    {
        var top = new TopK(_buffer);
        foreach (int other in _sums.Add(byRow.ColumnsOf(row), byRow.ValuesOf(row)))
        {
            ref readonly PairSums sums = ref _sums.With(other);
            float similarity = other != row && sums.Count >= options.MinSupport ? (float)Similarity(sums) : 0;
            if (similarity > 0)
            {
                top.Add(other, similarity);
            }
        }

        ScoredRow[] list = _buffer[..top.Finish()];
        Array.Sort(list, (left, right) => left.Row.CompareTo(right.Row));
        return list;
    }

    private double Similarity(in PairSums sums) => options.Similarity switch
    {
        // Rounding may leave less than nothing of the differences of large ratings.
        RatingSimilarity.MeanSquaredDifference => 1 / (1 + Math.Max(0, sums.MeanSquaredDifference)),
        RatingSimilarity.Cosine => sums.Cosine,
        RatingSimilarity.Pearson => sums.Correlation,
        _ => sums.Count > 1 ? sums.Cosine * (sums.Count - 1) / (sums.Count - 1 + options.Shrinkage) : 0,
    };
}
