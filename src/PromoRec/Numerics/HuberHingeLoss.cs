namespace PromoRec.Numerics;

/// <summary>A hinge whose kink is a parabola of width 1: 0 beyond the target, half the squared distance just before it, and straight on from there.</summary>
/// <remarks>The target's sign is the class, and its size the score from which on nothing is lost. Source: Rosset and Zhu, Annals of Statistics 35(3), 2007.</remarks>
internal readonly struct HuberHingeLoss : ILossFunction
{
    public static double Value(double score, double target)
    {
        double missing = Missing(score, target);
        return missing <= 0 ? 0 : missing < 1 ? 0.5 * missing * missing : missing - 0.5;
    }

    public static double Slope(double score, double target) => -Math.Sign(target) * Math.Clamp(Missing(score, target), 0, 1);

    public static double Curvature(double score, double target) => Missing(score, target) is > 0 and < 1 ? 1 : 0;

    /// <summary>How far the score is from where nothing is lost.</summary>
    public static double Missing(double score, double target) => target > 0 ? target - score : score - target;
}
