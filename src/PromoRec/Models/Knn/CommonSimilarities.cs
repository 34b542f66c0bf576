using PromoRec.Numerics;

namespace PromoRec.Models.Knn;

/// <summary>Similarities that rest on what both rows have: Pearson and, for values that are centred already, the adjusted cosine.</summary>
/// <param name="columns">Columns × rows: the matrix by its columns.</param>
/// <param name="rules">How.</param>
internal sealed class CommonSimilarities(CsrMatrix columns, KnnRules rules) : ISimilarities
{
    private readonly CommonSums _sums = new(columns);

    public ReadOnlySpan<int> Compare(ReadOnlySpan<int> columns, ReadOnlySpan<float> values) => _sums.Add(columns, values);

    public float With(int other)
    {
        ref readonly PairSums sums = ref _sums.With(other);
        if (sums.Count < rules.MinOverlap)
        {
            return 0;
        }

        double similarity = rules.Similarity == KnnSimilarity.Pearson ? sums.Correlation : sums.Cosine;
        return rules.Shrink(similarity, sums.Count);
    }
}
