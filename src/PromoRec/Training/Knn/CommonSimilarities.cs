using PromoRec.Numerics;

namespace PromoRec.Training.Knn;

/// <summary>Similarities that rest on what both rows have: Pearson and, for values that are centred already, the adjusted cosine.</summary>
internal sealed class CommonSimilarities(CsrMatrix rows, CsrMatrix columns, KnnOptions options) : ISimilarities
{
    private readonly CommonSums _sums = new(rows, columns);

    public ReadOnlySpan<int> Compare(int row) => _sums.Add(row);

    public float With(int other)
    {
        ref readonly PairSums sums = ref _sums.With(other);
        if (sums.Count < options.MinOverlap)
        {
            return 0;
        }

        double similarity = options.Similarity == KnnSimilarity.Pearson ? sums.Correlation : sums.Cosine;
        return (float)(options.Shrinkage > 0 ? similarity * sums.Count / (sums.Count + options.Shrinkage) : similarity);
    }
}
