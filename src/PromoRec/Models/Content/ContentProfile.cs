using System.Buffers;
using PromoRec.Numerics;

namespace PromoRec.Models.Content;

/// <summary>What a customer's items say together: Σ vⱼ xⱼ, made as long as 1.</summary>
/// <param name="Terms">The terms, ascending.</param>
/// <param name="Values">Their values.</param>
/// <param name="Length">How long the sum was; 0 where it says nothing.</param>
internal readonly record struct ContentProfile(int[] Terms, float[] Values, double Length)
{
    /// <param name="items">Items × terms.</param>
    /// <param name="rows">The customer's items, ascending.</param>
    /// <param name="values">Their values.</param>
    public static ContentProfile Of(CsrMatrix items, ReadOnlySpan<int> rows, ReadOnlySpan<float> values)
    {
        double[] sums = ArrayPool<double>.Shared.Rent(items.Columns);
        sums.AsSpan(0, items.Columns).Clear();
        int[] touched = ArrayPool<int>.Shared.Rent(Math.Max(1, items.Columns));
        var marks = new System.Collections.BitArray(items.Columns);
        int count = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            ReadOnlySpan<int> terms = items.ColumnsOf(rows[i]);
            ReadOnlySpan<float> weights = items.ValuesOf(rows[i]);
            for (int j = 0; j < terms.Length; j++)
            {
                if (!marks[terms[j]])
                {
                    marks[terms[j]] = true;
                    touched[count++] = terms[j];
                }

                sums[terms[j]] += (double)values[i] * weights[j];
            }
        }

        int[] found = touched.AsSpan(0, count).ToArray();
        ArrayPool<int>.Shared.Return(touched);
        Array.Sort(found);
        double squares = 0;
        foreach (int term in found)
        {
            squares += sums[term] * sums[term];
        }

        double length = Math.Sqrt(squares);
        float[] scaled = Array.ConvertAll(found, term => length > 0 ? (float)(sums[term] / length) : 0);
        ArrayPool<double>.Shared.Return(sums);
        return new ContentProfile(found, scaled, length);
    }
}
