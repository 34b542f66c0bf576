using System.Numerics.Tensors;
using PromoRec.Models;
using PromoRec.Numerics;

namespace PromoRec.Training.ImplicitAls;

/// <summary>Improves one row of implicit ALS by a few conjugate gradient steps from where it stands. Not thread-safe: one for each worker.</summary>
/// <remarks>
/// The same system as <see cref="ExactRowSolver"/>, but its matrix A is never formed: A p = w₀YᵀY p + λᵣ p + Σ q (r·p) r. Each step lowers the
/// objective or leaves it. Cost: O(steps (n k + k²)). Source: Takács, Pilászy and Tikk, RecSys 2011.
/// </remarks>
internal sealed class ConjugateGradientRowSolver(FactorMatrix fixedSide, FactorMatrix scaledGram, ImplicitObjective objective, int steps)
{
    // Where the squared residual is float noise on what it was, no direction is left to follow.
    private const float Negligible = 1e-14f;

    private readonly float[] _residual = new float[fixedSide.Stride];
    private readonly float[] _negated = new float[fixedSide.Stride];
    private readonly float[] _scratch = new float[2 * fixedSide.Stride];
    private readonly ObservedRows _observed = new(fixedSide, objective, ObservedRows.ManyPassesBytes);

    /// <summary>Improves the row. False when the numbers leave single precision; the row is then of no use.</summary>
    public bool TrySolve(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, Span<float> row)
    {
        // Zero is the minimum, which a few steps only come near, and which without regularization they never start towards.
        if (columns.IsEmpty)
        {
            row.Clear();
            return true;
        }

        ObservedBlock only = columns.Length <= _observed.BlockRows ? _observed.Gather(columns, values, 0) : default;
        var matrix = new RowMatrix(scaledGram, _observed, columns, values, only, (float)objective.RowRegularization(columns.Length, fixedSide.Rows));

        // b - A x is b + A (-x): one pass over the observed rows gives both parts.
        TensorPrimitives.Negate(row, _negated);
        matrix.Apply(_negated, _residual, withLinear: true);
        ConjugateGradient.Improve(ref matrix, _residual, row, steps, Negligible * VectorMath.SquaredNorm(_residual), _scratch);
        return TensorPrimitives.IsFiniteAll<float>(_residual);
    }

    /// <summary>The matrix A of one row, known by what it does to a vector.</summary>
    private readonly ref struct RowMatrix(FactorMatrix scaledGram, ObservedRows observed, ReadOnlySpan<int> columns, ReadOnlySpan<float> values, ObservedBlock only, float regularization) : ILinearOperator
    {
        private readonly ReadOnlySpan<int> _columns = columns;
        private readonly ReadOnlySpan<float> _values = values;
        private readonly ObservedBlock _only = only;

        public void Apply(ReadOnlySpan<float> p, Span<float> result) => Apply(p, result, withLinear: false);

        /// <summary>A p, plus the right-hand side b = Σ l r where asked.</summary>
        public void Apply(ReadOnlySpan<float> p, Span<float> result, bool withLinear)
        {
            result.Clear();
            SymmetricProduct.Apply(scaledGram, p, result);
            VectorMath.AddScaled(regularization, p, result);
            if (_columns.Length <= observed.BlockRows)
            {
                AddObserved(_only, p, result, withLinear);
                return;
            }

            for (int start = 0; start < _columns.Length; start += observed.BlockRows)
            {
                AddObserved(observed.Gather(_columns, _values, start), p, result, withLinear);
            }
        }

        private static void AddObserved(ObservedBlock block, ReadOnlySpan<float> p, Span<float> result, bool withLinear) =>
            WeightedOperator.Apply(block.Rows, block.Quadratic, withLinear ? block.Linear : default, p, result);
    }
}
