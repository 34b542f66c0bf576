using PromoRec.Datasets;

namespace PromoRec.Models.Ratings;

/// <summary>Predicts a rating from biases and from the factors of customer and item: μ + bᵤ + bᵢ + pᵤ·qᵢ. Immutable; any number of threads may use it.</summary>
/// <remarks>An id that the model does not know adds neither bias nor factors. Source: Koren, Bell and Volinsky, IEEE Computer 42(8), 2009, equation 4.</remarks>
public sealed class SvdModel : RatingModel
{
    internal SvdModel(IdIndex users, IdIndex items, RatingScale scale, BiasedFactors factors, ModelManifest manifest)
        : base(users, items, scale, manifest) => BiasedFactors = factors;

    /// <summary>Length of a customer's and an item's vector.</summary>
    public int Factors => BiasedFactors.Items.Factors;

    internal BiasedFactors BiasedFactors { get; }

    internal override double Estimate(int userRow, int itemRow) => BiasedFactors.Of(userRow, itemRow);
}
