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

    /// <summary>Whether a similarity of products needs the number of common values.</summary>
    public bool CountsTerms => Similarity == KnnSimilarity.Jaccard || Shrinkage > 0 || MinOverlap > 1;

    /// <summary>How alike two rows are by the product of both, where the measure rests on that; 0 or less for rows that are not.</summary>
    /// <param name="sum">The product.</param>
    /// <param name="common">How many columns both have; looked at only where <see cref="CountsTerms"/>.</param>
    /// <param name="norm">The length of one, for the cosine.</param>
    /// <param name="otherNorm">The length of the other.</param>
    /// <param name="count">How many columns one has, for Jaccard.</param>
    /// <param name="otherCount">How many the other has.</param>
    public float OfProduct(float sum, int common, double norm, double otherNorm, int count, int otherCount)
    {
        if (CountsTerms && common < MinOverlap)
        {
            return 0;
        }

        double similarity = Similarity switch
        {
            KnnSimilarity.Cosine => norm > 0 && otherNorm > 0 ? sum / (norm * otherNorm) : 0,
            KnnSimilarity.Jaccard => common / (double)(count + otherCount - common),
            _ => sum,
        };
        return Shrink(similarity, common);
    }
}
