namespace PromoRec.Numerics;

/// <summary>What FTRL-proximal remembers of one weight.</summary>
/// <param name="Pull">zᵢ, the sum of gradients less what the learning rates have already turned into weight.</param>
/// <param name="Squares">nᵢ, the sum of squared gradients.</param>
internal readonly record struct FtrlState(double Pull, double Squares)
{
    /// <summary>The weight, in closed form.</summary>
    public double Weight(double alpha, double beta, double l1, double l2)
    {
        double beyond = Math.Abs(Pull) - l1;

        // With β = 0, a weight that has seen nothing but zero gradients has no learning rate yet.
        double rate = ((beta + Math.Sqrt(Squares)) / alpha) + l2;
        return beyond <= 0 || rate <= 0 ? 0 : -Math.CopySign(beyond, Pull) / rate;
    }

    /// <summary>The state after one more gradient, taken at a weight.</summary>
    public FtrlState After(double gradient, double weight, double alpha)
    {
        double squares = Squares + (gradient * gradient);
        double shift = (Math.Sqrt(squares) - Math.Sqrt(Squares)) / alpha;
        return new FtrlState(Pull + gradient - (shift * weight), squares);
    }
}
