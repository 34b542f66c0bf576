namespace PromoRec.Numerics;

/// <summary>max(0, 1 - target · score)².</summary>
internal readonly struct SquaredHingeLoss : ILossFunction
{
    public static double Value(double score, double target)
    {
        double missing = Math.Max(0, 1 - (score * target));
        return missing * missing;
    }

    public static double Slope(double score, double target) => -2 * target * Math.Max(0, 1 - (score * target));

    public static double Curvature(double score, double target) => score * target < 1 ? 2 : 0;
}
