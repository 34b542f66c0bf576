using Microsoft.Extensions.Logging;
using PromoRec.Diagnostics;
using PromoRec.Models;
using PromoRec.Models.Content;
using PromoRec.Models.Hybrid;

namespace PromoRec.Ranking;

/// <summary>Says which new items and offers a model in use cannot compare, though it was made to: they would rank last without a word.</summary>
internal static class ContentWarnings
{
    /// <summary>Of models that were loaded without the tokenizer of their training.</summary>
    public static void OfTokenizers(ILogger logger, RecommendationModel model)
    {
        foreach (ContentModel content in ContentModels(model).Where(content => !content.HasTokenizer))
        {
            Log.TokenizerMissing(logger, model.Manifest.Version, content.TokenizerName);
        }
    }

    /// <summary>Of items whose embedding has another length than those of the training.</summary>
    public static void OfEmbeddings(ILogger logger, RecommendationModel model, CatalogSnapshot catalog)
    {
        foreach (int length in ContentModels(model).Select(content => content.Rules.EmbeddingLength).Where(length => length > 0).Distinct())
        {
            int others = catalog.Items.Count(item => !item.Embedding.IsEmpty && item.Embedding.Length != length);
            if (others > 0)
            {
                Log.EmbeddingsPassedOver(logger, others, length, model.Manifest.Version);
            }
        }
    }

    private static IEnumerable<ContentModel> ContentModels(RecommendationModel model) =>
        (model is HybridModel hybrid ? hybrid.Members.Select(member => member.Model) : [model]).OfType<ContentModel>();
}
