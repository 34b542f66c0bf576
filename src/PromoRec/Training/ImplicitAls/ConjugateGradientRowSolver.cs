using System.Numerics.Tensors;
using PromoRec.Models;
using PromoRec.Numerics;

namespace PromoRec.Training.ImplicitAls;

/// <summary>Improves one row of implicit ALS by a few conjugate gradient steps from where it stands. Not thread-safe: one for each worker.</summary>
/// <remarks>
/// The same system as <see cref="ExactRowSolver"/>, but its matrix A is never formed: A p = w₀YᵀY p + Σ q (r·p) r + λᵣ p. Each step lowers the
/// objective or leaves it. Cost: O(steps (n k + k²)). Source: Takács, Pilászy and Tikk, RecSys 2011.
/// </remarks>
internal sealed class ConjugateGradientRowSolver(FactorMatrix fixedSide, FactorMatrix scaledGram, ImplicitObjective objective, int steps)
{
    // A squared residual that is smaller than float noise on the squared right-hand side has no direction left to follow.
    private const float Negligible = 1e-14f;

    private readonly float[] _residual = new float[fixedSide.Stride];
    private readonly float[] _direction = new float[fixedSide.Stride];
    private readonly float[] _product = new float[fixedSide.Stride];
    private readonly ObservedRows _observed = new(fixedSide, objective);

    /// <summary>Improves the row. False when the numbers leave single precision; the row is then of no use.</summary>
    public bool TrySolve(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, Span<float> row)
    {
        float regularization = (float)objective.RowRegularization(columns.Length, fixedSide.Rows);
        Span<float> residual = _residual;
        Span<float> direction = _direction;
        Span<float> product = _product;

        // r = b - A x, as the same sum over observations with -x for p and the linear weights added.
        TensorPrimitives.Negate(row, direction);
        bool fitsOneBlock = columns.Length <= _observed.BlockRows;
        ObservedBlock block = default;
        if (fitsOneBlock)
        {
            block = _observed.Gather(columns, values, 0);
        }

        Multiply(columns, values, block, regularization, withLinear: true, residual);
        residual.CopyTo(direction);
        float squaredResidual = VectorMath.SquaredNorm(residual);
        float negligible = squaredResidual * Negligible;

        for (int step = 0; step < steps && squaredResidual > negligible; step++)
        {
            Multiply(columns, values, block, regularization, withLinear: false, product);
            float length = squaredResidual / VectorMath.Dot(direction, product);
            VectorMath.AddScaled(length, direction, row);
            if (step + 1 == steps)
            {
                break;
            }

            VectorMath.AddScaled(-length, product, residual);
            float next = VectorMath.SquaredNorm(residual);
            TensorPrimitives.FusedMultiplyAdd(direction, next / squaredResidual, residual, direction);
            squaredResidual = next;
        }

        return float.IsFinite(squaredResidual);
    }

    /// <summary>A p for the current direction p, plus b where asked.</summary>
    private void Multiply(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, ObservedBlock onlyBlock, float regularization, bool withLinear, Span<float> result)
    {
        ReadOnlySpan<float> direction = _direction;
        result.Clear();
        SymmetricProduct.Apply(scaledGram, direction, result);
        VectorMath.AddScaled(regularization, direction, result);
        if (columns.Length <= _observed.BlockRows)
        {
            WeightedOperator.Apply(onlyBlock.Rows, onlyBlock.Quadratic, withLinear ? onlyBlock.Linear : default, direction, result);
            return;
        }

        for (int start = 0; start < columns.Length; start += _observed.BlockRows)
        {
            ObservedBlock block = _observed.Gather(columns, values, start);
            WeightedOperator.Apply(block.Rows, block.Quadratic, withLinear ? block.Linear : default, direction, result);
        }
    }
}
