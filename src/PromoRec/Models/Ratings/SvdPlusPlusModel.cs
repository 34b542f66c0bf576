using PromoRec.Datasets;
using PromoRec.Numerics;

namespace PromoRec.Models.Ratings;

/// <summary>Predicts a rating from biases, from factors, and from which items the customer rated at all. Immutable; any number of threads may use it.</summary>
/// <remarks>
/// r̂(u, i) = μ + bᵤ + bᵢ + qᵢ·(pᵤ + Σⱼ yⱼ / √n) over the n items j that u rated. An id that the model does not know adds neither bias nor factors.
/// Source: Koren, KDD 2008, equation 15.
/// </remarks>
public sealed class SvdPlusPlusModel : RatingModel
{
    private readonly CsrMatrix _ratings;

    /// <param name="users">Ids of the customers.</param>
    /// <param name="items">Ids of the items.</param>
    /// <param name="scale">What the ratings have between them.</param>
    /// <param name="factors">Biases and factors; those of a customer with what their items add: pᵤ + Σⱼ yⱼ / √n.</param>
    /// <param name="implicitFactors">yⱼ.</param>
    /// <param name="ratings">Customers × items.</param>
    /// <param name="manifest">Where the model comes from.</param>
    internal SvdPlusPlusModel(
        IdIndex users, IdIndex items, RatingScale scale, BiasedFactors factors, FactorMatrix implicitFactors, CsrMatrix ratings, ModelManifest manifest)
        : base(users, items, scale, manifest)
    {
        BiasedFactors = factors;
        ImplicitFactors = implicitFactors;
        _ratings = ratings;
    }

    /// <summary>Length of a customer's and an item's vector.</summary>
    public int Factors => BiasedFactors.Items.Factors;

    internal BiasedFactors BiasedFactors { get; }

    internal FactorMatrix ImplicitFactors { get; }

    /// <summary>Says how much it adds to the prediction for an item that the customer rated each of their items at all; null where the model does not know one of the two.</summary>
    public RatingExplanation? Explain(UserId user, ItemId item)
    {
        int userRow = UserRow(user), itemRow = ItemRow(item);
        if (userRow < 0 || itemRow < 0)
        {
            return null;
        }

        List<ScoreContribution> contributions = [];
        double estimate = Estimate(userRow, itemRow);
        double start = estimate;
        ReadOnlySpan<int> rated = _ratings.ColumnsOf(userRow);
        foreach (int row in rated)
        {
            double contribution = VectorMath.Dot(ImplicitFactors.Row(row), BiasedFactors.Items.Row(itemRow)) / Math.Sqrt(rated.Length);
            contributions.Add(new ScoreContribution(ItemAt(row), contribution));
            start -= contribution;
        }

        return Explanation(estimate, start, contributions);
    }

    internal override double Estimate(int userRow, int itemRow) => BiasedFactors.Of(userRow, itemRow);
}
