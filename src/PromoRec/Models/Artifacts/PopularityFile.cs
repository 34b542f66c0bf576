using PromoRec.Datasets;
using PromoRec.Models.Popularity;
using PromoRec.Numerics;

namespace PromoRec.Models.Artifacts;

/// <summary>What a file of a model of popularity holds beside what every model has.</summary>
internal static class PopularityFile
{
    private const string Segments = "segments";
    private const string UserSegments = "users.segments";
    private const string Categories = "categories";
    private const string ItemCategories = "items.categories";
    private const string Scores = "scores";

    public static void AddTensors(List<TensorData> tensors, PopularityModel model, bool includeHistory)
    {
        PopularityTables tables = model.Tables;
        ModelWriter.AddIds(tensors, Segments, tables.Segments);

        // Which segments a customer is in says something about them, as what they did does.
        CsrMatrix userSegments = includeHistory ? tables.UserSegments : ModelWriter.Empty(model.UserCount, tables.Segments.Count);
        ModelWriter.AddMatrix(tensors, UserSegments, userSegments, withValues: false);
        ModelWriter.AddIds(tensors, Categories, tables.Categories);
        ModelWriter.AddMatrix(tensors, ItemCategories, tables.ItemCategories, withValues: false);
        tensors.Add(TensorData.Of<float>(Scores, () => tables.Scores.Span, 1 + tables.Segments.Count, model.ItemCount));
    }

    public static Func<TensorSource, ModelParts, RecommendationModel> Read(bool verify) => (tensors, parts) =>
    {
        IdIndex segments = ModelReader.ReadIds(tensors, Segments, verify);
        CsrMatrix userSegments = ModelReader.ReadMatrix(tensors, UserSegments, parts.Users.Count, segments.Count, withValues: false, verify).WithValues();
        IdIndex categories = ModelReader.ReadIds(tensors, Categories, verify);
        CsrMatrix itemCategories = ModelReader.ReadMatrix(tensors, ItemCategories, parts.Items.Count, categories.Count, withValues: false, verify).WithValues();
        Memory<float> scores = tensors.Matrix<float>(Scores, 1L + segments.Count, parts.Items.Count, out TensorEntry entry);
        if (verify)
        {
            ContentChecks.Finite(tensors.Bytes, entry, scores.Span);
            ContentChecks.NotNegative(tensors.Bytes, entry, scores.Span);
        }

        return new PopularityModel(parts.Users, parts.Items, new PopularityTables(segments, userSegments, categories, itemCategories, scores), parts.History, parts.Manifest);
    };
}
