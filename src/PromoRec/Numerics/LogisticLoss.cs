namespace PromoRec.Numerics;

/// <summary>ln(1 + exp(-target · score)), without overflow for any finite score.</summary>
internal readonly struct LogisticLoss : ILossFunction
{
    public static double Value(double score, double target)
    {
        double margin = score * target;
        double tail = Math.Exp(-Math.Abs(margin));

        // ln(1 + tail), written so that a small tail keeps its digits (Kahan).
        double one = 1 + tail;
        double log = one == 1 ? tail : Math.Log(one) * (tail / (one - 1));
        return margin >= 0 ? log : log - margin;
    }

    public static double Slope(double score, double target) => -target * Sigmoid(-score * target);

    public static double Curvature(double score, double target)
    {
        double tail = Math.Exp(-Math.Abs(score));
        return tail / ((1 + tail) * (1 + tail));
    }

    /// <summary>1 / (1 + exp(-score)), from 0 to 1.</summary>
    public static double Sigmoid(double score)
    {
        double tail = Math.Exp(-Math.Abs(score));
        return (score >= 0 ? 1 : tail) / (1 + tail);
    }
}
