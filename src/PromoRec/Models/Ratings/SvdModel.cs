using PromoRec.Datasets;

namespace PromoRec.Models.Ratings;

/// <summary>Predicts a rating from biases and from the factors of customer and item: μ + bᵤ + bᵢ + pᵤ·qᵢ. Immutable; any number of threads may use it.</summary>
/// <remarks>
/// <para>An id that the model does not know adds neither bias nor factors. A customer is folded in by the steps of the training, as many and as large, from a bias and factors of 0 while
/// the items stay. The exact minimum of the objective would fit single ratings closer than training ever did, and predicts worse.</para>
/// <para>Source: Koren, Bell and Volinsky, IEEE Computer 42(8), 2009, equation 4.</para>
/// </remarks>
public sealed class SvdModel : RatingModel
{
    internal SvdModel(IdIndex users, IdIndex items, RatingScale scale, BiasedFactors factors, GradientDescent steps, InteractionHistory history, ModelManifest manifest)
        : base(users, items, scale, history, manifest)
    {
        BiasedFactors = factors;
        Steps = steps;
    }

    /// <summary>Length of a customer's and an item's vector.</summary>
    public int Factors => BiasedFactors.Items.Factors;

    internal BiasedFactors BiasedFactors { get; }

    internal GradientDescent Steps { get; }

    internal override RankTier Tier => RankTier.Als;

    internal override double Estimate(int userRow, int itemRow) => BiasedFactors.Of(userRow, itemRow);

    private protected override Func<int, double>? Learn(int[] itemRows, float[] ratings) => BiasedFactors.Learn(Steps, itemRows, ratings, fixedPart: new float[BiasedFactors.Items.Stride]);

    internal override void FillSimilarities(int itemRow, Span<float> similarities) => BiasedFactors.FillSimilarities(itemRow, similarities);
}
