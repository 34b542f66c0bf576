using PromoRec.Datasets;

namespace PromoRec.Models.Ratings;

/// <summary>Predicts a rating from how high the customer rates and how high the item is rated: μ + bᵤ + bᵢ. Immutable; any number of threads may use it.</summary>
/// <remarks>
/// <para>An id that the model does not know has bias 0. All customers get the items in the same order. A customer is folded in with the bias that minimises the objective while the items stay: bᵤ = Σ (r − μ − bᵢ) / (λᵤ + n).</para>
/// <para>Source: Koren, ACM TKDD 4(1), 2010, section 2.1.</para>
/// </remarks>
public sealed class BaselineModel : RatingModel
{
    internal BaselineModel(
        IdIndex users, IdIndex items, RatingScale scale, RatingBiases biases, double userRegularization, InteractionHistory history, ModelManifest manifest)
        : base(users, items, scale, history, manifest)
    {
        Biases = biases;
        UserRegularization = userRegularization;
    }

    internal RatingBiases Biases { get; }

    internal double UserRegularization { get; }

    internal override RankTier Tier => RankTier.Popularity;

    /// <summary>How much higher than the mean the customer rates, bᵤ; 0 for one whom the model does not know.</summary>
    public double BiasOf(UserId user) => Users.TryGetRow(user.Value, out int row) ? Biases.Users[row] : 0;

    /// <summary>How much higher than the mean the item is rated, bᵢ; 0 for one that the model does not know.</summary>
    public double BiasOf(ItemId item) => Items.TryGetRow(item.Value, out int row) ? Biases.Items[row] : 0;

    internal override double Estimate(int userRow, int itemRow) => Biases.Of(userRow, itemRow);

    private protected override Func<int, double> Learn(int[] itemRows, float[] ratings)
    {
        double bias = Biases.SolveUser(itemRows, ratings, UserRegularization);
        return itemRow => Biases.Of(bias, itemRow);
    }
}
