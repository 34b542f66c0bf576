using System.Numerics.Tensors;
using PromoRec.Numerics;

namespace PromoRec.Models.Hybrid;

/// <summary>What one model adds to the score of what it ranks.</summary>
internal static class FusionTerms
{
    /// <summary>The constant of reciprocal rank fusion: the larger, the less the first places stand out.</summary>
    public const int RankConstant = 60;

    /// <summary>By what scores are divided: their largest, so that the best has 1; 0 where none is above zero, and the model then says nothing.</summary>
    public static float Scale(float largest) => largest > 0 && float.IsFinite(largest) ? largest : 0;

    /// <summary>
    /// What is weighted of a score, where it is not its rank that counts: the normalised score or, for all but <see cref="HybridFusion.Weighted"/>, its root, with its sign; from -1 to 1. The root keeps a model from
    /// speaking only of the one thing that a customer does most.
    /// </summary>
    public static float Normalised(HybridFusion fusion, float score, float scale)
    {
        float normalised = scale > 0 ? Math.Clamp(score / scale, -1, 1) : 0;
        return fusion == HybridFusion.Weighted ? normalised : Root(normalised);
    }

    /// <summary>The root where the scale is that of all customers: not cut, since one customer may have many times what others have.</summary>
    public static float StackedBySize(float score, float scale) => scale > 0 ? Root(score / scale) : 0;

    private static float Root(float normalised) => MathF.CopySign(MathF.Sqrt(MathF.Abs(normalised)), normalised);

    /// <summary>What a place adds.</summary>
    /// <param name="weight">The weight of the model.</param>
    /// <param name="place">The place, from 0.</param>
    public static float ReciprocalRank(float weight, int place) => weight / (RankConstant + place + 1);

    /// <summary>Adds what a model says about every item to the fused scores.</summary>
    /// <param name="fusion">How.</param>
    /// <param name="weight">The weight of the model.</param>
    /// <param name="scores">Its scores.</param>
    /// <param name="have">Rows of the items that the customer has, ascending: they do not decide about the scale, because they are seldom what is asked for.</param>
    /// <param name="fused">Takes the terms.</param>
    public static void Add(HybridFusion fusion, float weight, ReadOnlySpan<float> scores, ReadOnlySpan<int> have, Span<float> fused)
    {
        if (fusion != HybridFusion.ReciprocalRank)
        {
            float scale = ScaleOf(scores, have);
            for (int item = 0; item < scores.Length; item++)
            {
                fused[item] += weight * Normalised(fusion, scores[item], scale);
            }

            return;
        }

        var order = new ScoredRow[scores.Length];
        var top = new TopK(order);
        top.AddRange(0, scores);
        int count = top.Finish();
        for (int place = 0; place < count && order[place].Score > 0; place++)
        {
            fused[order[place].Row] += ReciprocalRank(weight, place);
        }
    }

    /// <summary>The scale of a model's scores for a customer.</summary>
    public static float ScaleOf(ReadOnlySpan<float> scores, ReadOnlySpan<int> have)
    {
        float largest = 0;
        int next = 0;
        for (int item = 0; item < scores.Length; item++)
        {
            if (next < have.Length && have[next] == item)
            {
                next++;
            }
            else
            {
                largest = Math.Max(largest, scores[item]);
            }
        }

        return Scale(largest > 0 ? largest : scores.IsEmpty ? 0 : TensorPrimitives.Max(scores));
    }
}
