using PromoRec.Numerics;

namespace PromoRec.Models.Ratings;

/// <summary>How alike rows are to those of a matrix. One thread at a time.</summary>
/// <param name="byColumn">The other side × compared rows: what is compared.</param>
/// <param name="rules">How.</param>
internal sealed class SimilarityLists(CsrMatrix byColumn, RatingKnnRules rules)
{
    private readonly CommonSums _sums = new(byColumn);
    private readonly ScoredRow[] _buffer = new ScoredRow[Math.Min(rules.SimilaritiesPerRow, byColumn.Columns)];

    /// <summary>The rows that are like one, by row, with how alike they are.</summary>
    /// <param name="columns">The columns of the one, ascending.</param>
    /// <param name="values">Its values.</param>
    /// <param name="self">The row that it is itself, which is left out; -1 for a new one.</param>
    public ScoredRow[] Of(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, int self)
    {
        var top = new TopK(_buffer);
        foreach (int other in _sums.Add(columns, values))
        {
            ref readonly PairSums sums = ref _sums.With(other);
            float similarity = other != self && sums.Count >= rules.MinSupport ? (float)Similarity(sums) : 0;
            if (similarity > 0)
            {
                top.Add(other, similarity);
            }
        }

        ScoredRow[] list = _buffer[..top.Finish()];
        Array.Sort(list, (left, right) => left.Row.CompareTo(right.Row));
        return list;
    }

    private double Similarity(in PairSums sums) => rules.Similarity switch
    {
        // Rounding may leave less than nothing of the differences of large ratings.
        RatingSimilarity.MeanSquaredDifference => 1 / (1 + Math.Max(0, sums.MeanSquaredDifference)),
        RatingSimilarity.Cosine => sums.Cosine,
        RatingSimilarity.Pearson => sums.Correlation,
        _ => sums.Count > 1 ? sums.Cosine * (sums.Count - 1) / (sums.Count - 1 + rules.Shrinkage) : 0,
    };
}
