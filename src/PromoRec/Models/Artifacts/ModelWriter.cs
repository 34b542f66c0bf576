using PromoRec.Datasets;
using PromoRec.Models.Content;
using PromoRec.Models.Hybrid;
using PromoRec.Models.Interest;
using PromoRec.Models.Knn;
using PromoRec.Models.Popularity;
using PromoRec.Models.Ratings;
using PromoRec.Numerics;

namespace PromoRec.Models.Artifacts;

/// <summary>Lays a model out as tensors.</summary>
internal static class ModelWriter
{
    public static void Write(RecommendationModel model, Stream stream, ModelSaveOptions options, CancellationToken cancellationToken)
    {
        ModelFormat.ThrowIfBigEndian();
        TensorFileWriter.Write(stream, ModelMetadata.Of(model), TensorsOf(model, options.IncludeHistory), cancellationToken);

        // The tensors are spans over memory that the model keeps mapped.
        GC.KeepAlive(model);
    }

    /// <summary>Writes a member as a file of its own, to lie inside that of its hybrid, which holds the history once for all that share it.</summary>
    public static void WriteMember(RecommendationModel model, Stream stream, bool includeHistory, bool withHistory)
    {
        TensorFileWriter.Write(stream, ModelMetadata.Of(model), TensorsOf(model, withHistory ? model.History : Without(model.History), includeHistory), CancellationToken.None);
        GC.KeepAlive(model);
    }

    public static List<TensorData> TensorsOf(RecommendationModel model, bool includeHistory) =>
        TensorsOf(model, includeHistory ? model.History : Without(model.History), includeHistory);

    private static List<TensorData> TensorsOf(RecommendationModel model, InteractionHistory history, bool includeHistory)
    {
        var tensors = new List<TensorData>();
        AddFamily(tensors, model, includeHistory);
        AddIds(tensors, ModelFormat.Users, model.Users);
        AddIds(tensors, ModelFormat.Items, model.Items);
        AddIds(tensors, ModelFormat.Offers, history.Offers);
        AddMatrix(tensors, ModelFormat.History, history.ByUser, withValues: true);
        if (!history.LastDays.IsEmpty)
        {
            tensors.Add(TensorData.Of<int>(ModelFormat.LastDays, () => history.LastDays.Span, history.LastDays.Length));
        }

        AddMatrix(tensors, ModelFormat.ConsumedItems, history.ConsumedItems, withValues: false);
        AddMatrix(tensors, ModelFormat.ConsumedOffers, history.ConsumedOffers, withValues: false);
        tensors.Add(TensorData.Of<float>(ModelFormat.ItemPopularity, () => history.ItemPopularity.Span, history.ItemPopularity.Length));
        return tensors;
    }

    private static void AddFamily(List<TensorData> tensors, RecommendationModel model, bool includeHistory)
    {
        switch (model)
        {
            case FactorModel factors:
                AddFactors(tensors, ModelFormat.UserFactors, factors.UserFactors);
                AddFactors(tensors, ModelFormat.ItemFactors, factors.ItemFactors);
                break;
            case ItemItemModel items:
                AddMatrix(tensors, ModelFormat.Weights, items.Weights, withValues: true);
                break;
            case UserKnnModel users:
                AddMatrix(tensors, ModelFormat.Neighbours, users.Neighbours, withValues: true);
                break;
            case RatingModel ratings:
                RatingTensors.Add(tensors, ratings);
                break;
            case PopularityModel popularity:
                PopularityFile.AddTensors(tensors, popularity, includeHistory);
                break;
            case ContentModel content:
                ContentFile.AddTensors(tensors, content);
                break;
            case InterestModel interest:
                InterestFile.AddTensors(tensors, interest);
                break;
            case HybridModel hybrid:
                HybridFile.AddTensors(tensors, hybrid, includeHistory);
                break;
        }
    }

    /// <summary>A history that says nothing about any customer. Popularity stays: it counts customers and names none.</summary>
    private static InteractionHistory Without(InteractionHistory history) => new(
        Empty(history.ByUser.Rows, history.ByUser.Columns),
        Empty(history.ConsumedItems.Rows, history.ConsumedItems.Columns),
        IdIndex.Empty,
        Empty(history.ConsumedOffers.Rows, 0),
        history.ItemPopularity);

    public static CsrMatrix Empty(int rows, int columns) => new(columns, new long[rows + 1], default, default);

    public static void AddFactors(List<TensorData> tensors, string name, FactorMatrix factors) =>
        tensors.Add(TensorData.Of<float>(name, () => factors.Data, factors.Rows, factors.Stride));

    public static void AddIds(List<TensorData> tensors, string name, IdIndex ids)
    {
        tensors.Add(TensorData.Of<byte>(name + ModelFormat.IdText, () => ids.Text.Span, ids.Text.Length));
        tensors.Add(TensorData.Of<long>(name + ModelFormat.IdOffsets, () => ids.Offsets.Span, ids.Offsets.Length));
        tensors.Add(TensorData.Of<int>(name + ModelFormat.IdSlots, () => ids.Slots.Span, ids.Slots.Length));
    }

    /// <summary>Values that are all 1 are not written.</summary>
    public static void AddMatrix(List<TensorData> tensors, string name, CsrMatrix matrix, bool withValues)
    {
        tensors.Add(TensorData.Of<long>(name + ModelFormat.RowOffsets, () => matrix.Offsets, matrix.Offsets.Length));
        tensors.Add(TensorData.Of<int>(name + ModelFormat.Columns, () => matrix.AllColumns, matrix.AllColumns.Length));
        if (withValues)
        {
            tensors.Add(TensorData.Of<float>(name + ModelFormat.Values, () => matrix.AllValues, matrix.AllValues.Length));
        }
    }
}
