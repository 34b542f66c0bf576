using PromoRec.Datasets;
using PromoRec.Numerics;

namespace PromoRec.Models.Ratings;

/// <summary>Predicts a rating from biases, from factors, and from which items the customer rated at all. Immutable; any number of threads may use it.</summary>
/// <remarks>
/// <para>r̂(u, i) = μ + bᵤ + bᵢ + qᵢ·(pᵤ + Σⱼ yⱼ / √n) over the n items j that u rated. An id that the model does not know adds neither bias nor factors. A customer is folded in
/// by the steps of the training, as many and as large, from bᵤ = 0 and pᵤ = 0 while the items and their yⱼ stay.</para>
/// <para>Source: Koren, KDD 2008, equation 15.</para>
/// </remarks>
public sealed class SvdPlusPlusModel : RatingModel
{
    /// <param name="users">Ids of the customers.</param>
    /// <param name="items">Ids of the items.</param>
    /// <param name="scale">What the ratings have between them.</param>
    /// <param name="factors">Biases and factors; those of a customer with what their items add: pᵤ + Σⱼ yⱼ / √n.</param>
    /// <param name="implicitFactors">yⱼ.</param>
    /// <param name="steps">How customers are learnt.</param>
    /// <param name="history">The training data.</param>
    /// <param name="manifest">Where the model comes from.</param>
    internal SvdPlusPlusModel(
        IdIndex users, IdIndex items, RatingScale scale, BiasedFactors factors, FactorMatrix implicitFactors, GradientDescent steps, InteractionHistory history, ModelManifest manifest)
        : base(users, items, scale, history, manifest)
    {
        BiasedFactors = factors;
        ImplicitFactors = implicitFactors;
        Steps = steps;
    }

    /// <summary>Length of a customer's and an item's vector.</summary>
    public int Factors => BiasedFactors.Items.Factors;

    internal BiasedFactors BiasedFactors { get; }

    internal FactorMatrix ImplicitFactors { get; }

    internal GradientDescent Steps { get; }

    internal override RankTier Tier => RankTier.Als;

    /// <summary>w += Σⱼ yⱼ / √n.</summary>
    internal static void AddImplicit(ReadOnlySpan<int> itemRows, FactorMatrix implicitFactors, Span<float> w)
    {
        float weight = (float)(1 / Math.Sqrt(itemRows.Length));
        foreach (int item in itemRows)
        {
            VectorMath.AddScaled(weight, implicitFactors.Row(item), w);
        }
    }

    internal override double Estimate(int userRow, int itemRow) => BiasedFactors.Of(userRow, itemRow);

    /// <summary>What it adds to the prediction that the customer rated each of their items at all.</summary>
    private protected override IEnumerable<(int ItemRow, double Contribution)> Contributions(int userRow, int itemRow)
    {
        int[] rated = History.ByUser.ColumnsOf(userRow).ToArray();
        return rated.Select(row => (row, VectorMath.Dot(ImplicitFactors.Row(row), BiasedFactors.Items.Row(itemRow)) / Math.Sqrt(rated.Length)));
    }

    private protected override Func<int, double>? Learn(int[] itemRows, float[] ratings)
    {
        var fixedPart = new float[ImplicitFactors.Stride];
        AddImplicit(itemRows, ImplicitFactors, fixedPart);
        return BiasedFactors.Learn(Steps, itemRows, ratings, fixedPart);
    }

    internal override void FillSimilarities(int itemRow, Span<float> similarities) => BiasedFactors.FillSimilarities(itemRow, similarities);
}
