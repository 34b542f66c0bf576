using PromoRec.Datasets;
using PromoRec.Models;
using PromoRec.Numerics;

namespace PromoRec.Ranking;

/// <summary>Puts what a model was trained on together with what a customer did since, and solves the customer's vector for it.</summary>
/// <remarks>
/// Nothing tells which of the recent events a model has seen in training already, so an item's two values are not added: the one
/// of larger size counts. A model trained on all the events thus gives its own trained vector, and no event counts twice; what a
/// customer does again with an item they knew counts in full from the next training on.
/// </remarks>
internal static class ActivityFolding
{
    /// <summary>The customer's vector, or null where the model's own is as good.</summary>
    public static FoldedCustomer? Fold(FactorModel model, UserId userId, IReadOnlyDictionary<ItemId, float> recent)
    {
        Dictionary<int, float> values = Past(model, userId);
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
            return model.FoldIn([.. values.Select(pair => new ItemEvidence(new ItemId(model.Items.IdAt(pair.Key)), pair.Value))]);
        }
        catch (ArgumentException)
        {
            // Values beyond single precision: the event is kept, and the customer keeps the vector of the model.
            return null;
        }
    }

    private static Dictionary<int, float> Past(FactorModel model, UserId userId)
    {
        var values = new Dictionary<int, float>();
        CsrMatrix past = model.History.ByUser;
        if (model.Users.TryGetRow(userId.Value, out int userRow) && userRow < past.Rows)
        {
            ReadOnlySpan<int> items = past.ColumnsOf(userRow);
            for (int i = 0; i < items.Length; i++)
            {
                values.Add(items[i], past.ValuesOf(userRow)[i]);
            }
        }

        return values;
    }
}
