namespace PromoRec.Numerics;

/// <summary>max(0, 1 - target · score).</summary>
internal readonly struct HingeLoss : ILossFunction
{
    public static double Value(double score, double target) => Math.Max(0, 1 - (score * target));

    public static double Slope(double score, double target) => score * target < 1 ? -target : 0;

    public static double Curvature(double score, double target) => 0;
}
