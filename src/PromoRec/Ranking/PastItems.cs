using PromoRec.Models;
using PromoRec.Numerics;

namespace PromoRec.Ranking;

/// <summary>The past items that may explain a customer's scores: the strongest, by evidence, with their weights cᵢ.</summary>
/// <param name="rows">Rows of the model's items.</param>
/// <param name="weights">The weight of each in the customer's vector, above 0.</param>
internal readonly ref struct PastItems(ReadOnlySpan<int> rows, ReadOnlySpan<float> weights)
{
    /// <summary>Most items that are considered, so that a customer with a long past costs no more than this.</summary>
    public const int Capacity = 256;

    public ReadOnlySpan<int> Rows { get; } = rows;

    public ReadOnlySpan<float> Weights { get; } = weights;

    /// <summary>Chooses from a customer's values. Equally strong items are taken in the order of their ids.</summary>
    public static PastItems Strongest(ImplicitObjective objective, ReadOnlySpan<int> items, ReadOnlySpan<float> values, RankScratch scratch)
    {
        var strongest = new TopK(scratch.StrongestPast);
        for (int i = 0; i < items.Length; i++)
        {
            float weight = objective.LinearWeight(values[i]);
            if (weight > 0)
            {
                strongest.Add(items[i], weight);
            }
        }

        int count = strongest.Finish();
        for (int i = 0; i < count; i++)
        {
            scratch.PastRows[i] = scratch.StrongestPast[i].Row;
            scratch.PastWeights[i] = scratch.StrongestPast[i].Score;
        }

        return new PastItems(scratch.PastRows.AsSpan(0, count), scratch.PastWeights.AsSpan(0, count));
    }
}
