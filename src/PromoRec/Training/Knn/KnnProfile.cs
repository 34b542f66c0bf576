using PromoRec.Datasets;
using PromoRec.Models.Knn;
using PromoRec.Numerics;

namespace PromoRec.Training.Knn;

/// <summary>What customers have, as it counts in a score.</summary>
internal static class KnnProfile
{
    public static CsrMatrix Of(InteractionDataset dataset, KnnOptions options) => options.BinaryProfile
        ? new KnnTransform(dataset.ByUser, options.ToRules() with { Similarity = KnnSimilarity.DotProduct, Weighting = KnnWeighting.Binary }).Of(dataset.ByUser)
        : dataset.ByUser;
}
