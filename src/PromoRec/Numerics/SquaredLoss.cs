namespace PromoRec.Numerics;

/// <summary>½ (score - target)².</summary>
internal readonly struct SquaredLoss : ILossFunction
{
    public static double Value(double score, double target) => 0.5 * (score - target) * (score - target);

    public static double Slope(double score, double target) => score - target;

    public static double Curvature(double score, double target) => 1;
}
