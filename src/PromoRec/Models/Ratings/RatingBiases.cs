namespace PromoRec.Models.Ratings;

/// <summary>An estimate of a rating from who rates and what is rated, each alone: b(u, i) = μ + bᵤ + bᵢ.</summary>
/// <param name="Mean">μ.</param>
/// <param name="Users">bᵤ of every customer.</param>
/// <param name="Items">bᵢ of every item.</param>
internal sealed record RatingBiases(double Mean, double[] Users, double[] Items)
{
    /// <summary>The estimate for two rows, either of which may be -1, which adds nothing.</summary>
    public double Of(int userRow, int itemRow) => Mean + (userRow < 0 ? 0 : Users[userRow]) + (itemRow < 0 ? 0 : Items[itemRow]);
}
