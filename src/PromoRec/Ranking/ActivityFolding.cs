using PromoRec.Datasets;
using PromoRec.Models;
using PromoRec.Numerics;

namespace PromoRec.Ranking;

/// <summary>Puts what a model was trained on together with what a customer did since, and solves the customer's vectors for it where the model has factors.</summary>
/// <remarks>
/// Nothing tells which of the recent events a model has seen in training already, so an item's two values are not added: the one
/// of larger size counts. A model trained on all the events thus gives its own trained vector, and no event counts twice; what a
/// customer does again with an item they knew counts in full from the next training on.
/// </remarks>
internal static class ActivityFolding
{
    /// <summary>What is known of the customer, or null where the model's own data is as good.</summary>
    /// <param name="model">The model.</param>
    /// <param name="userId">The customer.</param>
    /// <param name="recent">The sum of their recent events with each item.</param>
    /// <param name="consumed">The items that they purchased or redeemed recently.</param>
    public static FoldedActivity? Fold(RecommendationModel model, UserId userId, IReadOnlyDictionary<ItemId, float> recent, ReadOnlySpan<ItemId> consumed)
    {
        int userRow = model.Users.TryGetRow(userId.Value, out int known) ? known : -1;
        SortedDictionary<int, float> values = Past(model.History.ByUser, userRow);
        bool changed = false;
        foreach ((ItemId item, float value) in recent)
        {
            if (model.Items.TryGetRow(item.Value, out int row) && Math.Abs(value) > Math.Abs(values.GetValueOrDefault(row)))
            {
                values[row] = value;
                changed = true;
            }
        }

        if (!changed)
        {
            return null;
        }

        try
        {
            ItemEvidence[] evidence = [.. values.Select(pair => new ItemEvidence(new ItemId(model.Items.IdAt(pair.Key)), pair.Value))];
            FoldedCustomer[] vectors = [.. model.FoldingModels.Select(factors => factors.FoldIn(evidence))];
            return new FoldedActivity(model, [.. values.Keys], [.. values.Values], Consumed(model, userRow, consumed), vectors);
        }
        catch (ArgumentException)
        {
            // Values beyond single precision: the event is kept, and the customer keeps what the model knows of them.
            return null;
        }
    }

    private static SortedDictionary<int, float> Past(CsrMatrix past, int userRow)
    {
        var values = new SortedDictionary<int, float>();
        if (userRow >= 0 && userRow < past.Rows)
        {
            ReadOnlySpan<int> items = past.ColumnsOf(userRow);
            for (int i = 0; i < items.Length; i++)
            {
                values.Add(items[i], past.ValuesOf(userRow)[i]);
            }
        }

        return values;
    }

    private static int[] Consumed(RecommendationModel model, int userRow, ReadOnlySpan<ItemId> recent)
    {
        CsrMatrix past = model.History.ConsumedItems;
        SortedSet<int> rows = userRow >= 0 && userRow < past.Rows ? [.. past.ColumnsOf(userRow)] : [];
        foreach (ItemId item in recent)
        {
            if (model.Items.TryGetRow(item.Value, out int row))
            {
                rows.Add(row);
            }
        }

        return [.. rows];
    }
}
