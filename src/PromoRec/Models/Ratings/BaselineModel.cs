using PromoRec.Datasets;

namespace PromoRec.Models.Ratings;

/// <summary>Predicts a rating from how high the customer rates and how high the item is rated: μ + bᵤ + bᵢ. Immutable; any number of threads may use it.</summary>
/// <remarks>An id that the model does not know has bias 0. Source: Koren, ACM TKDD 4(1), 2010, section 2.1.</remarks>
public sealed class BaselineModel : RatingModel
{
    private readonly RatingBiases _biases;

    internal BaselineModel(IdIndex users, IdIndex items, RatingScale scale, RatingBiases biases, ModelManifest manifest)
        : base(users, items, scale, manifest) => _biases = biases;

    /// <summary>How much higher than the mean the customer rates, bᵤ; 0 for one whom the model does not know.</summary>
    public double BiasOf(UserId user) => UserRow(user) is >= 0 and int row ? _biases.Users[row] : 0;

    /// <summary>How much higher than the mean the item is rated, bᵢ; 0 for one that the model does not know.</summary>
    public double BiasOf(ItemId item) => ItemRow(item) is >= 0 and int row ? _biases.Items[row] : 0;

    internal override double Estimate(int userRow, int itemRow) => _biases.Of(userRow, itemRow);
}
