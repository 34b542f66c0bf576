using PromoRec.Numerics;

namespace PromoRec.Models;

/// <content>Scores: the inner product of a customer's and an item's vector. Items are as similar as the cosine of their vectors, from -1 to 1; with an item of length 0 it is 0.</content>
public sealed partial class FactorModel
{
    internal override RankTier Tier => RankTier.Als;

    internal override IReadOnlyList<FactorModel> FoldingModels => [this];

    internal override double LargestScore => Magnitude.LargestLength(UserFactors) * Magnitude.LargestLength(ItemFactors);

    internal override float ScoreOf(int userRow, int itemRow) => VectorMath.Dot(UserFactors.Row(userRow), ItemFactors.Row(itemRow));

    internal override void ScoreAll(int userRow, Span<float> scores) => BlockScores.OneToMany(UserFactors.Row(userRow), ItemFactors, 0, scores);

    internal override void FillSimilarities(int itemRow, Span<float> similarities)
    {
        for (int other = 0; other < similarities.Length; other++)
        {
            similarities[other] = VectorMath.Cosine(ItemFactors.Row(itemRow), ItemFactors.Row(other));
        }
    }
}
