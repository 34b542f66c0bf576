using PromoRec.Numerics;

namespace PromoRec.Models;

/// <summary>Solves one row of implicit ALS exactly while the other side stays fixed. Not thread-safe: one for each worker.</summary>
/// <remarks>
/// The row x minimises the objective: (w₀YᵀY + Σ q r rᵀ + λᵣI) x = Σ l r, where r runs over the fixed rows that were observed and q and l
/// are their quadratic and linear weights. By Cholesky in single precision. Cost: O(n k² + k³) for n observed rows of k factors.
/// Source: Hu, Koren and Volinsky, ICDM 2008, equation 4.
/// </remarks>
internal sealed class ExactRowSolver(FactorMatrix fixedSide, FactorMatrix scaledGram, ImplicitObjective objective)
{
    private readonly float[] _system = new float[scaledGram.Data.Length];
    private readonly ObservedRows _observed = new(fixedSide, objective, ObservedRows.OnePassBytes);

    /// <summary>Solves the row's system. False when it is not positive definite; the row is then of no use.</summary>
    public bool TrySolve(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, Span<float> row)
    {
        row.Clear();

        // Zero is the minimum even where λᵣ is 0 because nothing was observed and w₀ is 0, which leaves no system to factorize.
        if (columns.IsEmpty)
        {
            return true;
        }

        if (!TryFactorize(columns, values, row))
        {
            return false;
        }

        SolveFactorized(row);
        return true;
    }

    /// <summary>Factorises the row's matrix, for <see cref="SolveFactorized"/>.</summary>
    /// <param name="columns">What the row observed.</param>
    /// <param name="values">The observed values.</param>
    /// <param name="rightHandSide">Gets Σ l r added, while the rows are at hand; empty where nobody needs it.</param>
    public bool TryFactorize(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, Span<float> rightHandSide = default)
    {
        Span<float> system = _system;
        scaledGram.Data.CopyTo(system);
        float regularization = (float)objective.RowRegularization(columns.Length, fixedSide.Rows);
        for (int factor = 0; factor < fixedSide.Factors; factor++)
        {
            system[(factor * fixedSide.Stride) + factor] += regularization;
        }

        for (int start = 0; start < columns.Length; start += _observed.BlockRows)
        {
            ObservedBlock block = _observed.Gather(columns, values, start);
            NormalEquations.AddOuterProducts(system, fixedSide.Stride, block.Rows, block.Quadratic);
            if (!rightHandSide.IsEmpty)
            {
                AddLinear(block, rightHandSide);
            }
        }

        return Cholesky.TryFactorize(system, fixedSide.Factors, fixedSide.Stride);
    }

    /// <summary>Replaces a right-hand side by the solution of the system that was factorised last.</summary>
    public void SolveFactorized(Span<float> rightHandSide) =>
        Cholesky.Solve(_system, fixedSide.Factors, fixedSide.Stride, rightHandSide);

    private static void AddLinear(ObservedBlock block, Span<float> rightHandSide)
    {
        for (int j = 0; j < block.Count; j++)
        {
            if (block.Linear[j] != 0)
            {
                VectorMath.AddScaled(block.Linear[j], block.Row(j), rightHandSide);
            }
        }
    }
}
