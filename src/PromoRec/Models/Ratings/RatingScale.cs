using PromoRec.Numerics;

namespace PromoRec.Models.Ratings;

/// <summary>What all ratings have between them.</summary>
/// <param name="Lowest">The lowest.</param>
/// <param name="Highest">The highest.</param>
/// <param name="Mean">Their mean.</param>
internal readonly record struct RatingScale(double Lowest, double Highest, double Mean)
{
    /// <param name="ratings">At least one rating.</param>
    public static RatingScale Of(CsrMatrix ratings)
    {
        double lowest = double.PositiveInfinity, highest = double.NegativeInfinity, sum = 0;
        foreach (float rating in ratings.AllValues)
        {
            lowest = Math.Min(lowest, rating);
            highest = Math.Max(highest, rating);
            sum += rating;
        }

        // Rounding may not take the mean of equal ratings off them.
        return new RatingScale(lowest, highest, Math.Clamp(sum / ratings.Count, lowest, highest));
    }
}
