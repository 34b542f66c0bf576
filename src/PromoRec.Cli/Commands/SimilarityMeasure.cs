using PromoRec.Models;
using PromoRec.Models.Hybrid;
using PromoRec.Models.Interest;
using PromoRec.Models.Knn;
using PromoRec.Models.Ratings;

namespace PromoRec.Cli.Commands;

/// <summary>Says by what a model compares items.</summary>
internal static class SimilarityMeasure
{
    /// <summary>The name of the measure, as the options of training call it where they have one.</summary>
    public static string Of(RecommendationModel model)
    {
        IReadOnlyDictionary<string, string> options = model.Manifest.Options;
        return model switch
        {
            HybridModel => "weighted sum",
            InterestModel => "group share",
            RatingKnnModel => options.GetValueOrDefault("similarity", "similarity"),

            // Neighbours and rules are kept as weights from item to item, and so is what was learnt.
            ItemItemModel when options.TryGetValue("measure", out string? measure) => measure,
            ItemItemModel when options.TryGetValue("similarity", out string? similarity) => options.GetValueOrDefault("normalize-weights") == "true" ? $"share of {similarity}" : similarity,
            ItemItemModel => "weight",
            _ => "cosine",
        };
    }
}
