namespace PromoRec.Models.Knn;

/// <summary>What similarities and weightings are called in model files and manifests.</summary>
internal static class KnnWords
{
    private static readonly (string Word, KnnSimilarity Value)[] Similarities =
    [
        ("cosine", KnnSimilarity.Cosine), ("dot-product", KnnSimilarity.DotProduct), ("jaccard", KnnSimilarity.Jaccard), ("pearson", KnnSimilarity.Pearson), ("adjusted-cosine", KnnSimilarity.AdjustedCosine),
    ];

    private static readonly (string Word, KnnWeighting Value)[] Weightings =
    [
        ("none", KnnWeighting.None), ("binary", KnnWeighting.Binary), ("tf-idf", KnnWeighting.TfIdf), ("bm25", KnnWeighting.Bm25),
    ];

    public static string Of(KnnSimilarity similarity) => Similarities.Single(each => each.Value == similarity).Word;

    public static string Of(KnnWeighting weighting) => Weightings.Single(each => each.Value == weighting).Word;

    public static bool TrySimilarity(string word, out KnnSimilarity similarity) => TryFind(Similarities, word, out similarity);

    public static bool TryWeighting(string word, out KnnWeighting weighting) => TryFind(Weightings, word, out weighting);

    private static bool TryFind<T>((string Word, T Value)[] words, string word, out T value)
    {
        int index = Array.FindIndex(words, each => each.Word == word);
        value = index < 0 ? default! : words[index].Value;
        return index >= 0;
    }
}
