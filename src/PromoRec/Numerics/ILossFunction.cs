namespace PromoRec.Numerics;

/// <summary>What a score costs, given the target: 1 or -1 for classification, any number for regression. Convex in the score.</summary>
internal interface ILossFunction
{
    static abstract double Value(double score, double target);

    /// <summary>The derivative by the score; at a kink the one of the side that costs nothing.</summary>
    static abstract double Slope(double score, double target);

    /// <summary>The second derivative by the score, generalised where there is none; 0 or above.</summary>
    static abstract double Curvature(double score, double target);
}
