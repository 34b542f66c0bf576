using System.Numerics.Tensors;

namespace PromoRec.Numerics;

/// <summary>Solves A x = b for a symmetric positive definite operator, approximately, by a few conjugate gradient steps.</summary>
/// <remarks>Source: Hestenes and Stiefel, Journal of Research of the National Bureau of Standards 49(6), 1952.</remarks>
internal static class ConjugateGradient
{
    /// <summary>Floats of scratch for padded rows of this length.</summary>
    public static int ScratchLength(int stride) => 3 * stride;

    /// <summary>Improves x, from the start value that stands in it.</summary>
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
        Throw.IfTooShort(scratch.Length, ScratchLength(stride), nameof(scratch));
        Span<float> residual = scratch[..stride];
        Span<float> image = scratch.Slice(stride, stride);
        matrix.Apply(x, image);
        b.CopyTo(residual);
        VectorMath.AddScaled(-1, image, residual);
        return Improve(ref matrix, residual, x, steps, tolerance * tolerance * VectorMath.SquaredNorm(b), scratch[stride..]);
    }

    /// <summary>Improves x, whose residual the caller knows already.</summary>
    /// <param name="matrix">The operator A.</param>
    /// <param name="residual">b - A x, a padded row; afterwards that of the new x.</param>
    /// <param name="x">Start value and result, a padded row.</param>
    /// <param name="steps">Most steps to do, 0 or more.</param>
    /// <param name="enough">Squared norm of the residual that is good enough.</param>
    /// <param name="scratch">At least two rows.</param>
    /// <returns>Steps done.</returns>
    public static int Improve<TOperator>(scoped ref TOperator matrix, Span<float> residual, Span<float> x, int steps, float enough, Span<float> scratch)
        where TOperator : struct, ILinearOperator, allows ref struct
    {
        int stride = residual.Length;
        Throw.IfTooShort(scratch.Length, 2L * stride, nameof(scratch));
        Span<float> direction = scratch[..stride];
        Span<float> image = scratch.Slice(stride, stride);
        residual.CopyTo(direction);
        float squared = VectorMath.SquaredNorm(residual);
        int step = 0;

        // Written so that a NaN ends it.
        while (step < steps && squared > enough)
        {
            matrix.Apply(direction, image);
            float curvature = VectorMath.Dot(direction, image);
            if (!(curvature > 0))
            {
                break;
            }

            float length = squared / curvature;
            VectorMath.AddScaled(length, direction, x);
            VectorMath.AddScaled(-length, image, residual);
            float next = VectorMath.SquaredNorm(residual);
            float keep = next / squared;
            squared = next;
            step++;
            TensorPrimitives.FusedMultiplyAdd(direction, keep, residual, direction);
        }

        return step;
    }
}
