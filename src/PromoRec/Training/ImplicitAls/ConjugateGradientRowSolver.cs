using System.Numerics.Tensors;
using PromoRec.Models;
using PromoRec.Numerics;

namespace PromoRec.Training.ImplicitAls;

/// <summary>Improves rows of implicit ALS by a few conjugate gradient steps from where they stand. Not thread-safe: one for each worker.</summary>
/// <remarks>
/// The same systems as <see cref="ExactRowSolver"/>, but a row's matrix A is never formed: A p = w₀YᵀY p + λᵣ p + Σ q (r·p) r. Each step lowers
/// the objective or leaves it. Cost: O(steps (n k + k²)). Source: Takács, Pilászy and Tikk, RecSys 2011.
/// </remarks>
internal sealed class ConjugateGradientRowSolver(CsrMatrix interactions, FactorMatrix fixedSide, FactorMatrix scaledGram, FactorMatrix solvedSide, ImplicitObjective objective, int steps)
{
    /// <summary>Most rows that are solved together, so that w₀YᵀY is read once for all of them.</summary>
    private const int MostRows = 8;

    /// <summary>Most bytes of observed rows that are copied for rows solved together: a quarter of a second-level cache, where they stay from step to step.</summary>
    private const int TogetherBytes = 128 * 1024;

    /// <summary>Most bytes of observed rows that are copied for one row alone: even from memory, rows in a line are read several times as fast as rows here and there.</summary>
    private const int AloneBytes = 32 * 1024 * 1024;

    // Where the squared residual is float noise on what it was, no direction is left to follow.
    private const float Negligible = 1e-14f;

    private readonly int[] _rows = new int[MostRows];
    private readonly int[] _starts = new int[MostRows];
    private readonly float[] _regularization = new float[MostRows];
    private readonly float[] _x = new float[MostRows * fixedSide.Stride];
    private readonly float[] _residuals = new float[MostRows * fixedSide.Stride];
    private readonly float[] _scratch = new float[2 * MostRows * fixedSide.Stride];
    private FactorMatrix _copies = FactorMatrix.Create(TogetherBytes / sizeof(float) / fixedSide.Stride, fixedSide.Factors);
    private float[] _quadratic = [];
    private float[] _linear = [];

    private int MostCopies => AloneBytes / sizeof(float) / fixedSide.Stride;

    /// <summary>Improves these rows. False when the numbers leave single precision; the rows are then of no use.</summary>
    public bool TrySolve(ReadOnlySpan<int> rows)
    {
        while (!rows.IsEmpty)
        {
            int count = CountTogether(rows);
            if (count == 0)
            {
                // Nothing observed: zero is the minimum, which a few steps only come near, and which without regularization they never start towards.
                solvedSide.Row(rows[0]).Clear();
                rows = rows[1..];
                continue;
            }

            if (!TrySolveTogether(rows[..count]))
            {
                return false;
            }

            rows = rows[count..];
        }

        return true;
    }

    /// <summary>How many of the first rows to solve together; 0 where the first observed nothing.</summary>
    private int CountTogether(ReadOnlySpan<int> rows)
    {
        int count = 0;
        int left = TogetherBytes / sizeof(float) / fixedSide.Stride;
        for (; count < Math.Min(rows.Length, MostRows); count++)
        {
            int observed = interactions.RowLength(rows[count]);
            left -= observed;
            if (observed == 0 || (left < 0 && count > 0))
            {
                break;
            }
        }

        // The product with w₀YᵀY takes four vectors at a time.
        return count > 4 ? count & -4 : count;
    }

    private bool TrySolveTogether(ReadOnlySpan<int> rows)
    {
        int stride = fixedSide.Stride;
        Span<float> x = _x.AsSpan(0, rows.Length * stride);
        Span<float> residuals = _residuals.AsSpan(0, x.Length);
        Take(rows, x);

        // b - A x is b + A (-x): one pass over the observed rows gives both parts.
        Span<float> negated = _scratch.AsSpan(0, x.Length);
        TensorPrimitives.Negate(x, negated);
        ApplyCommon(negated, residuals);
        Span<ConjugateGradientState> states = stackalloc ConjugateGradientState[MostRows];
        states = states[..rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            Span<float> residual = residuals.Slice(i * stride, stride);
            Start(i, negated.Slice(i * stride, stride), residual);
            float squared = VectorMath.SquaredNorm(residual);
            states[i] = new ConjugateGradientState(squared, Negligible * squared);
        }

        var systems = new Systems(this);
        ConjugateGradient.Improve(ref systems, residuals, x, steps, states, _scratch);
        for (int i = 0; i < rows.Length; i++)
        {
            x.Slice(i * stride, stride).CopyTo(solvedSide.Row(rows[i]));
            if (float.IsNaN(states[i].Squared))
            {
                return false;
            }
        }

        return TensorPrimitives.IsFiniteAll<float>(residuals);
    }

    /// <summary>Takes up the rows: where they stand, how strongly they are held back, and what their observations weigh.</summary>
    private void Take(ReadOnlySpan<int> rows, Span<float> x)
    {
        int total = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            int row = rows[i];
            _rows[i] = row;
            _starts[i] = total;
            int observed = interactions.RowLength(row);
            total += observed;
            _regularization[i] = (float)objective.RowRegularization(observed, fixedSide.Rows);
            solvedSide.Row(row).CopyTo(x[(i * fixedSide.Stride)..]);
        }

        MakeRoom(total);
        for (int i = 0; i < rows.Length; i++)
        {
            objective.Weigh(interactions.ValuesOf(rows[i]), _quadratic.AsSpan(_starts[i]), _linear.AsSpan(_starts[i]));
        }
    }

    private void MakeRoom(int observed)
    {
        if (observed > _quadratic.Length)
        {
            int room = Math.Max(observed, 2 * _quadratic.Length);
            (_quadratic, _linear) = (new float[room], new float[room]);
        }

        if (observed > _copies.Rows && _copies.Rows < MostCopies)
        {
            _copies = FactorMatrix.Create(Math.Min(MostCopies, Math.Max(observed, 2 * _copies.Rows)), fixedSide.Factors);
        }
    }

    private void ApplyCommon(ReadOnlySpan<float> p, Span<float> images)
    {
        images.Clear();
        SymmetricProduct.Apply(scaledGram, p, images);
    }

    /// <summary>image += λᵣ p + Σ (l + q (r·p)) r, where the observed rows r are copied to stay at hand.</summary>
    private void Start(int system, ReadOnlySpan<float> p, Span<float> image)
    {
        VectorMath.AddScaled(_regularization[system], p, image);
        CopyAndApply(system, p, image, Of(_linear, system));
    }

    private void ApplyOwn(int system, ReadOnlySpan<float> p, Span<float> image)
    {
        VectorMath.AddScaled(_regularization[system], p, image);
        if (IsAtHand(system))
        {
            WeightedOperator.Apply(CopiesOf(system), Of(_quadratic, system), default, p, image);
        }
        else
        {
            CopyAndApply(system, p, image, default);
        }
    }

    private float Curvature(int system, ReadOnlySpan<float> p, Span<float> image)
    {
        VectorMath.AddScaled(_regularization[system], p, image);
        float sum = VectorMath.Dot(p, image);
        if (IsAtHand(system))
        {
            return sum + WeightedOperator.Curvature(CopiesOf(system), Of(_quadratic, system), p);
        }

        ReadOnlySpan<int> columns = interactions.ColumnsOf(_rows[system]);
        for (int start = 0; start < columns.Length; start += MostCopies)
        {
            ReadOnlySpan<int> block = columns.Slice(start, Math.Min(MostCopies, columns.Length - start));
            FactorRows.Gather(fixedSide, block, _copies.Data);
            sum += WeightedOperator.Curvature(_copies.Data, _quadratic.AsSpan(start, block.Length), p);
        }

        return sum;
    }

    /// <summary>Goes over the observed rows where they lie, as many at a time as there is room for copies.</summary>
    private void CopyAndApply(int system, ReadOnlySpan<float> p, Span<float> image, ReadOnlySpan<float> linear)
    {
        ReadOnlySpan<int> columns = interactions.ColumnsOf(_rows[system]);
        for (int start = 0; start < columns.Length; start += MostCopies)
        {
            int count = Math.Min(MostCopies, columns.Length - start);
            WeightedOperator.CopyAndApply(
                fixedSide, columns.Slice(start, count), CopiesOf(system), Of(_quadratic, system).Slice(start, count), linear.IsEmpty ? default : linear.Slice(start, count), p, image);
        }
    }

    /// <summary>Whether all that the row observed has been copied; if not, the row is solved alone and copies make way for others.</summary>
    private bool IsAtHand(int system) => interactions.RowLength(_rows[system]) <= MostCopies;

    private Span<float> CopiesOf(int system) => _copies.Data[(_starts[system] * fixedSide.Stride)..];

    private ReadOnlySpan<float> Of(float[] weights, int system) => weights.AsSpan(_starts[system], interactions.RowLength(_rows[system]));

    /// <summary>The matrices of the rows that are solved together, each known by what it does to a vector.</summary>
    private readonly struct Systems(ConjugateGradientRowSolver solver) : ILinearOperator
    {
        public void ApplyCommon(ReadOnlySpan<float> p, Span<float> images) => solver.ApplyCommon(p, images);

        public void ApplyOwn(int system, ReadOnlySpan<float> p, Span<float> image) => solver.ApplyOwn(system, p, image);

        public float Curvature(int system, ReadOnlySpan<float> p, Span<float> image) => solver.Curvature(system, p, image);
    }
}
