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
    private readonly FactorMatrix _system = FactorMatrix.Create(fixedSide.Factors, fixedSide.Factors);
    private readonly NormalEquations _equations = new(fixedSide);
    private readonly float[] _quadratic = new float[NormalEquations.MostRows];
    private readonly float[] _linear = new float[NormalEquations.MostRows];

    /// <summary>Solves the row's system. False when it is not positive definite; the row is then of no use.</summary>
    /// <param name="columns">What the row observed.</param>
    /// <param name="values">The observed values.</param>
    /// <param name="row">Takes the solution.</param>
    /// <param name="next">What the row that is solved next observed; a hint that changes nothing.</param>
    public bool TrySolve(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, Span<float> row, ReadOnlySpan<int> next = default)
    {
        // Zero is the minimum even where λᵣ is 0 because nothing was observed and w₀ is 0, which leaves no system to factorize.
        if (columns.IsEmpty)
        {
            row.Clear();
            return true;
        }

        if (!TryFactorize(columns, values, row, next))
        {
            return false;
        }

        SolveFactorized(row);
        return true;
    }

    /// <summary>Factorises the row's matrix, for <see cref="SolveFactorized"/>.</summary>
    /// <param name="columns">What the row observed.</param>
    /// <param name="values">The observed values.</param>
    /// <param name="rightHandSide">A padded row that gets Σ l r.</param>
    /// <param name="next">What the row that comes next observed.</param>
    public bool TryFactorize(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, Span<float> rightHandSide, ReadOnlySpan<int> next = default)
    {
        Span<float> system = _system.Data;
        scaledGram.Data.CopyTo(system);
        float regularization = (float)objective.RowRegularization(columns.Length, fixedSide.Rows);
        for (int factor = 0; factor < fixedSide.Factors; factor++)
        {
            system[(factor * fixedSide.Stride) + factor] += regularization;
        }

        rightHandSide.Clear();
        for (int start = 0; start < columns.Length; start += NormalEquations.MostRows)
        {
            int end = Math.Min(start + NormalEquations.MostRows, columns.Length);
            ReadOnlySpan<int> upcoming = end < columns.Length ? columns[end..] : next;
            objective.Weigh(values[start..end], _quadratic, _linear);
            _equations.Add(columns[start..end], _quadratic, _linear, system, rightHandSide, upcoming[..Math.Min(upcoming.Length, NormalEquations.MostRows)]);
        }

        return Cholesky.TryFactorize(system, fixedSide.Factors, fixedSide.Stride);
    }

    /// <summary>Replaces a right-hand side by the solution of the system that was factorised last.</summary>
    public void SolveFactorized(Span<float> rightHandSide) =>
        Cholesky.Solve(_system.Data, fixedSide.Factors, fixedSide.Stride, rightHandSide);
}
