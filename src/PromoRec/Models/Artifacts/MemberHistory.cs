using PromoRec.Numerics;

namespace PromoRec.Models.Artifacts;

/// <summary>The history of a hybrid in the rows of a member that knows fewer items.</summary>
internal static class MemberHistory
{
    /// <param name="shared">What the hybrid's file holds.</param>
    /// <param name="own">What the member's part of the file holds: no history, but its own ids and popularity.</param>
    public static ModelParts Of(ModelParts shared, ModelParts own)
    {
        if (own.Items.HasSameIds(shared.Items))
        {
            return own with { Users = shared.Users, Items = shared.Items, History = shared.History with { ItemPopularity = own.History.ItemPopularity } };
        }

        var rowOf = new int[shared.Items.Count];
        for (int item = 0; item < rowOf.Length; item++)
        {
            rowOf[item] = own.Items.TryGetRow(shared.Items.IdAt(item), out int row) ? row : -1;
        }

        InteractionHistory history = shared.History with
        {
            ByUser = Narrow(shared.History.ByUser, rowOf, own.Items.Count),
            ConsumedItems = Narrow(shared.History.ConsumedItems, rowOf, own.Items.Count),
            ItemPopularity = own.History.ItemPopularity,
            LastDays = default,
        };
        return own with { Users = shared.Users, History = history };
    }

    /// <summary>Both orders are ordinal, so columns that ascend still do.</summary>
    private static CsrMatrix Narrow(CsrMatrix matrix, int[] columnOf, int columns)
    {
        var offsets = new long[matrix.Rows + 1];
        var kept = new List<int>(matrix.Count);
        var values = new List<float>(matrix.Count);
        for (int row = 0; row < matrix.Rows; row++)
        {
            ReadOnlySpan<int> wide = matrix.ColumnsOf(row);
            for (int i = 0; i < wide.Length; i++)
            {
                if (columnOf[wide[i]] >= 0)
                {
                    kept.Add(columnOf[wide[i]]);
                    if (!matrix.IsOnes)
                    {
                        values.Add(matrix.ValuesOf(row)[i]);
                    }
                }
            }

            offsets[row + 1] = kept.Count;
        }

        return new CsrMatrix(columns, offsets, kept.ToArray(), values.ToArray());
    }
}
