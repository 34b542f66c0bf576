using PromoRec.Datasets;
using PromoRec.Models;
using PromoRec.Models.Knn;

namespace PromoRec.Training.Knn;

/// <summary>Writes down where a model of neighbours comes from.</summary>
internal static class KnnManifest
{
    public static ModelManifest Create(string algorithm, InteractionDataset dataset, KnnOptions options)
    {
        // Threads are left out: they change no neighbour.
        SortedDictionary<string, string> values = new(StringComparer.Ordinal)
        {
            ["neighbours"] = TrainedManifest.Text(options.Neighbours),
            ["similarity"] = KnnWords.Similarities.Of(options.Similarity),
            ["weighting"] = KnnWords.Weightings.Of(options.Weighting),
            ["shrinkage"] = TrainedManifest.Text(options.Shrinkage),
            ["min-overlap"] = TrainedManifest.Text(options.MinOverlap),
            ["include-self"] = TrainedManifest.Text(options.IncludeSelf),
            ["normalize-weights"] = TrainedManifest.Text(options.NormalizeWeights),
            ["binary-profile"] = TrainedManifest.Text(options.BinaryProfile),
        };
        if (options.Weighting == KnnWeighting.Bm25)
        {
            values["bm25-saturation"] = TrainedManifest.Text(options.Bm25Saturation);
            values["bm25-length-weight"] = TrainedManifest.Text(options.Bm25LengthWeight);
        }

        return TrainedManifest.Create(algorithm, dataset, values);
    }
}
