namespace PromoRec.Models.Knn;

/// <summary>What similarities and weightings are called in model files and manifests.</summary>
internal static class KnnWords
{
    public static Words<KnnSimilarity> Similarities { get; } = new(
        ("cosine", KnnSimilarity.Cosine), ("dot-product", KnnSimilarity.DotProduct), ("jaccard", KnnSimilarity.Jaccard), ("pearson", KnnSimilarity.Pearson), ("adjusted-cosine", KnnSimilarity.AdjustedCosine));

    public static Words<KnnWeighting> Weightings { get; } = new(
        ("none", KnnWeighting.None), ("binary", KnnWeighting.Binary), ("tf-idf", KnnWeighting.TfIdf), ("bm25", KnnWeighting.Bm25));
}
