using PromoRec.Numerics;

namespace PromoRec.Models.Knn;

/// <summary>A sparse matrix of lists.</summary>
internal static class NeighbourMatrix
{
    /// <param name="lists">For each row its columns, ascending, and their values.</param>
    public static CsrMatrix Of(ScoredRow[][] lists)
    {
        var offsets = new long[lists.Length + 1];
        for (int row = 0; row < lists.Length; row++)
        {
            offsets[row + 1] = offsets[row] + lists[row].Length;
        }

        var columns = new int[offsets[^1]];
        var values = new float[offsets[^1]];
        for (int row = 0; row < lists.Length; row++)
        {
            for (int i = 0; i < lists[row].Length; i++)
            {
                (columns[offsets[row] + i], values[offsets[row] + i]) = lists[row][i];
            }
        }

        return new CsrMatrix(lists.Length, offsets, columns, values);
    }
}
