namespace PromoRec.Numerics;

/// <summary>How a minimisation ended.</summary>
/// <param name="Iterations">Steps tried.</param>
/// <param name="Value">The value reached.</param>
/// <param name="Optimality">What is left of the gradient, or of the shortest subgradient.</param>
/// <param name="Converged">Whether that is as little as was asked for, or as rounding allows.</param>
internal readonly record struct NewtonResult(int Iterations, double Value, double Optimality, bool Converged);
