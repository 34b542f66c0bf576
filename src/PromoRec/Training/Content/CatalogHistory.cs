using PromoRec.Datasets;
using PromoRec.Models;
using PromoRec.Numerics;

namespace PromoRec.Training.Content;

/// <summary>A dataset's history over more items than the dataset has.</summary>
internal static class CatalogHistory
{
    /// <summary>The items of a dataset and those of a catalog, in ordinal order.</summary>
    public static IdIndex Items(InteractionDataset dataset, IEnumerable<Item> catalog)
    {
        SortedSet<IdValue> ids = [.. catalog.Select(item => item.Id.Value)];
        for (int row = 0; row < dataset.ItemCount; row++)
        {
            ids.Add(dataset.Items.IdAt(row));
        }

        return IdIndex.FromSorted([.. ids]);
    }

    /// <param name="dataset">The dataset.</param>
    /// <param name="items">Its items and others, in ordinal order.</param>
    public static InteractionHistory Of(InteractionDataset dataset, IdIndex items)
    {
        InteractionHistory history = TrainingHistory.Of(dataset);
        var rowOf = new int[dataset.ItemCount];
        var popularity = new float[items.Count];
        for (int item = 0; item < rowOf.Length; item++)
        {
            items.TryGetRow(dataset.Items.IdAt(item), out rowOf[item]);
            popularity[rowOf[item]] = history.ItemPopularity.Span[item];
        }

        return history with { ByUser = Widened(history.ByUser, rowOf, items.Count), ConsumedItems = Widened(history.ConsumedItems, rowOf, items.Count), ItemPopularity = popularity };
    }

    /// <summary>Both orders are ordinal, so columns that ascend still do.</summary>
    private static CsrMatrix Widened(CsrMatrix matrix, int[] columnOf, int columns) =>
        new(columns, matrix.Offsets.ToArray(), Array.ConvertAll(matrix.AllColumns.ToArray(), column => columnOf[column]), matrix.AllValues.ToArray());
}
