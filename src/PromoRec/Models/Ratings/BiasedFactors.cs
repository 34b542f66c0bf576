using PromoRec.Numerics;

namespace PromoRec.Models.Ratings;

/// <summary>An estimate of a rating from biases and factors: μ + bᵤ + bᵢ + pᵤ·qᵢ.</summary>
/// <param name="Biases">μ, bᵤ and bᵢ.</param>
/// <param name="Users">pᵤ.</param>
/// <param name="Items">qᵢ.</param>
internal sealed record BiasedFactors(RatingBiases Biases, FactorMatrix Users, FactorMatrix Items)
{
    /// <summary>The estimate for two rows, either of which may be -1, which leaves out whatever needs it.</summary>
    public double Of(int userRow, int itemRow) =>
        Biases.Of(userRow, itemRow) + (userRow >= 0 && itemRow >= 0 ? VectorMath.Dot(Users.Row(userRow), Items.Row(itemRow)) : 0);
}
