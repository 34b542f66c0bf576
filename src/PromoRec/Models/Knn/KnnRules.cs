namespace PromoRec.Models.Knn;

/// <summary>How rows are compared.</summary>
/// <param name="Similarity">How alike two rows are.</param>
/// <param name="Weighting">What becomes of values before.</param>
/// <param name="Bm25Saturation">K₁ of BM25.</param>
/// <param name="Bm25LengthWeight">B of BM25.</param>
/// <param name="Shrinkage">Similarities of n common values are multiplied by n / (n + shrinkage).</param>
/// <param name="MinOverlap">Fewest common values.</param>
internal sealed record KnnRules(KnnSimilarity Similarity, KnnWeighting Weighting, double Bm25Saturation, double Bm25LengthWeight, double Shrinkage, int MinOverlap)
{
    /// <summary>What counts of a similarity that rests on some number of common values.</summary>
    public float Shrink(double similarity, int common) => (float)(Shrinkage > 0 ? similarity * common / (common + Shrinkage) : similarity);
}
