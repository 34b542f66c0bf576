namespace PromoRec.Numerics;

/// <summary>Sums over the pairs (x, y) of values that two rows have in the same columns.</summary>
internal struct PairSums
{
    /// <summary>Number of pairs.</summary>
    public int Count;

    /// <summary>Σ x.</summary>
    public double X;

    /// <summary>Σ y.</summary>
    public double Y;

    /// <summary>Σ x².</summary>
    public double XX;

    /// <summary>Σ y².</summary>
    public double YY;

    /// <summary>Σ x·y.</summary>
    public double XY;

    /// <summary>Σ x·y / √(Σ x² Σ y²): the cosine of what both have; 0 where one of them is all zero.</summary>
    public readonly double Cosine => XX > 0 && YY > 0 ? Math.Clamp(XY / Math.Sqrt(XX * YY), -1, 1) : 0;

    /// <summary>Pearson's correlation of what both have; 0 where one of them does not vary.</summary>
    public readonly double Correlation
    {
        get
        {
            double xx = (Count * XX) - (X * X);
            double yy = (Count * YY) - (Y * Y);

            // Equal values leave nothing but rounding.
            const double Rounding = 1e-12;
            return xx > Rounding * Count * XX && yy > Rounding * Count * YY ? Math.Clamp(((Count * XY) - (X * Y)) / Math.Sqrt(xx * yy), -1, 1) : 0;
        }
    }

    /// <summary>The mean of (x − y)²; NaN without pairs.</summary>
    public readonly double MeanSquaredDifference => (XX - (2 * XY) + YY) / Count;
}
