using System.Numerics.Tensors;

namespace PromoRec.Numerics;

/// <summary>Solves systems Aᵢ xᵢ = bᵢ of symmetric positive definite operators, approximately, by a few conjugate gradient steps each.</summary>
/// <remarks>
/// The systems go in step, so that what their operators have in common is applied to all at once; each has its own step lengths and its own
/// end, and the bits that it would have alone. Source: Hestenes and Stiefel, Journal of Research of the National Bureau of Standards 49(6), 1952.
/// </remarks>
internal static class ConjugateGradient
{
    /// <summary>Floats of scratch for so many systems of padded rows of this length.</summary>
    public static int ScratchLength(int stride, int systems) => 3 * stride * systems;

    /// <summary>Improves one x, from the start value that stands in it.</summary>
    /// <remarks>
    /// Ends early when the residual's norm is at most <paramref name="tolerance"/> times that of b, or when rounding leaves no direction
    /// that goes down. In exact arithmetic, as many steps as factors give the solution. Allocates nothing.
    /// </remarks>
    /// <param name="matrix">The operator A.</param>
    /// <param name="b">Right-hand side, a padded row.</param>
    /// <param name="x">Start value and result, a padded row.</param>
    /// <param name="steps">Most steps to do, 0 or more.</param>
    /// <param name="tolerance">Relative norm of the residual that is good enough; 0 for as many steps as asked.</param>
    /// <param name="scratch">At least <see cref="ScratchLength"/> floats.</param>
    /// <returns>Steps done.</returns>
    public static int Solve<TOperator>(scoped ref TOperator matrix, ReadOnlySpan<float> b, Span<float> x, int steps, float tolerance, Span<float> scratch)
        where TOperator : struct, ILinearOperator, allows ref struct
    {
        int stride = b.Length;
        Throw.IfTooShort(scratch.Length, ScratchLength(stride, 1), nameof(scratch));
        Span<float> residual = scratch[..stride];
        Span<float> image = scratch.Slice(stride, stride);
        matrix.ApplyCommon(x, image);
        matrix.ApplyOwn(0, x, image);
        b.CopyTo(residual);
        VectorMath.AddScaled(-1, image, residual);
        Span<ConjugateGradientState> state = [new(VectorMath.SquaredNorm(residual), tolerance * tolerance * VectorMath.SquaredNorm(b))];
        Improve(ref matrix, residual, x, steps, state, scratch[stride..]);
        return state[0].Steps;
    }

    /// <summary>Improves each x, whose residual the caller knows already.</summary>
    /// <param name="matrices">The operators Aᵢ, as many as states.</param>
    /// <param name="residuals">bᵢ - Aᵢ xᵢ, padded rows, one after the other; afterwards those before the last step.</param>
    /// <param name="x">Start values and results, padded rows.</param>
    /// <param name="steps">Most steps to do, 0 or more.</param>
    /// <param name="states">One for each system, with what the residual is; afterwards with the steps done.</param>
    /// <param name="scratch">At least two rows for each system.</param>
    public static void Improve<TOperator>(scoped ref TOperator matrices, Span<float> residuals, Span<float> x, int steps, scoped Span<ConjugateGradientState> states, Span<float> scratch)
        where TOperator : struct, ILinearOperator, allows ref struct
    {
        Throw.IfTooShort(x.Length, residuals.Length, nameof(x));
        Throw.IfTooShort(scratch.Length, 2L * residuals.Length, nameof(scratch));
        int stride = residuals.Length / states.Length;
        Span<float> directions = scratch[..residuals.Length];
        Span<float> images = scratch.Slice(residuals.Length, residuals.Length);
        residuals.CopyTo(directions);
        for (int step = 1; step <= steps; step++)
        {
            matrices.ApplyCommon(directions, images);
            for (int i = 0; i < states.Length; i++)
            {
                // Who has ended stays as it is until the others have.
                if (states[i].Steps == step - 1)
                {
                    Range row = (i * stride)..((i + 1) * stride);
                    Step(ref matrices, i, directions[row], images[row], residuals[row], x[row], step == steps, ref states[i]);
                }
            }
        }
    }

    private static void Step<TOperator>(scoped ref TOperator matrices, int system, Span<float> direction, Span<float> image, Span<float> residual, Span<float> x, bool isLast, ref ConjugateGradientState state)
        where TOperator : struct, ILinearOperator, allows ref struct
    {
        // Written so that a NaN ends it.
        if (!(state.Squared > state.Enough))
        {
            return;
        }

        // Nobody asks for the residual after the last step, so that its image is not needed either.
        if (!isLast)
        {
            matrices.ApplyOwn(system, direction, image);
        }

        float curvature = isLast ? matrices.Curvature(system, direction, image) : VectorMath.Dot(direction, image);
        if (!float.IsFinite(curvature))
        {
            state.Squared = float.NaN;
        }

        if (!(curvature > 0 && curvature < float.PositiveInfinity))
        {
            return;
        }

        float length = state.Squared / curvature;
        VectorMath.AddScaled(length, direction, x);
        state.Steps++;
        if (!isLast)
        {
            VectorMath.AddScaled(-length, image, residual);
            float next = VectorMath.SquaredNorm(residual);
            TensorPrimitives.FusedMultiplyAdd(direction, next / state.Squared, residual, direction);
            state.Squared = next;
        }
    }
}
