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

    /// <summary>An estimate in single precision, never infinite.</summary>
    public static float ToSingle(double estimate) => (float)Math.Clamp(estimate, float.MinValue, float.MaxValue);

    /// <summary>An estimate, kept to the scale.</summary>
    public double Keep(double estimate) => Math.Clamp(estimate, Lowest, Highest);

    /// <summary>The mean of some ratings; that of all where there are none.</summary>
    public double MeanOf(ReadOnlySpan<float> ratings)
    {
        double sum = 0;
        foreach (float rating in ratings)
        {
            sum += rating;
        }

        return ratings.Length > 0 ? sum / ratings.Length : Mean;
    }

    /// <summary>The mean of every column's ratings; that of all where there are none.</summary>
    public double[] MeansOfColumns(CsrMatrix ratings)
    {
        var means = new double[ratings.Columns];
        var counts = new int[ratings.Columns];
        for (int i = 0; i < ratings.Count; i++)
        {
            means[ratings.AllColumns[i]] += ratings.AllValues[i];
            counts[ratings.AllColumns[i]]++;
        }

        for (int column = 0; column < means.Length; column++)
        {
            means[column] = counts[column] > 0 ? means[column] / counts[column] : Mean;
        }

        return means;
    }
}
