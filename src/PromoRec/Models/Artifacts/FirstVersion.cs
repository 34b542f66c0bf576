using PromoRec.Numerics;

namespace PromoRec.Models.Artifacts;

/// <summary>What a file of format version 1 does not hold, derived from the interactions that it does hold.</summary>
internal static class FirstVersion
{
    /// <summary>Deriving walks rows and counts columns, so both must hold even where verifying was switched off.</summary>
    public static void Check(ArtifactBytes bytes, TensorFile file, CsrMatrix byUser)
    {
        TensorEntry offsets = file.Tensors.Find(tensor => tensor.Name == ModelFormat.History + ModelFormat.RowOffsets)!;
        TensorEntry columns = file.Tensors.Find(tensor => tensor.Name == ModelFormat.History + ModelFormat.Columns)!;
        ContentChecks.Ascending(bytes, offsets, byUser.Offsets);
        ContentChecks.Columns(bytes, columns, byUser.Offsets, byUser.AllColumns, byUser.Columns);
    }

    /// <summary>Version 1 took every positive value for a purchase.</summary>
    public static CsrMatrix ConsumedItems(CsrMatrix byUser)
    {
        int count = 0;
        foreach (float value in byUser.AllValues)
        {
            count += value > 0 ? 1 : 0;
        }

        var offsets = new long[byUser.Rows + 1];
        var columns = new int[count];
        int at = 0;
        for (int row = 0; row < byUser.Rows; row++)
        {
            ReadOnlySpan<int> rowColumns = byUser.ColumnsOf(row);
            ReadOnlySpan<float> rowValues = byUser.ValuesOf(row);
            for (int i = 0; i < rowColumns.Length; i++)
            {
                if (rowValues[i] > 0)
                {
                    columns[at++] = rowColumns[i];
                }
            }

            offsets[row + 1] = at;
        }

        return new CsrMatrix(byUser.Columns, offsets, columns, default);
    }
}
