using PromoRec.Numerics;

namespace PromoRec.Models;

/// <summary>In how many hands every item is: what ranks items for customers whom nobody knows.</summary>
internal static class ItemPopularity
{
    /// <summary>For every item the number of customers with a positive value.</summary>
    /// <param name="byUser">Customers × items, columns in range.</param>
    public static float[] Of(CsrMatrix byUser)
    {
        // A float32 that is counted up one by one stops at 2²⁴.
        var customers = new int[byUser.Columns];
        ReadOnlySpan<int> columns = byUser.AllColumns;
        ReadOnlySpan<float> values = byUser.AllValues;
        for (int i = 0; i < columns.Length; i++)
        {
            customers[columns[i]] += values[i] > 0 ? 1 : 0;
        }

        return Array.ConvertAll(customers, count => (float)count);
    }
}
