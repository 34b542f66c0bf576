using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PromoRec.Numerics;

/// <summary>The product of Σⱼ wⱼ rⱼ rⱼᵀ with a vector, without building the matrix.</summary>
internal static class WeightedOperator
{
    private const int ChunkFloats = 2048;

    /// <summary>result += Σⱼ (lⱼ + wⱼ (rⱼ·p)) rⱼ.</summary>
    /// <remarks>
    /// Each product rⱼ·p has the bits of <see cref="VectorMath.Dot(ReadOnlySpan{float}, ReadOnlySpan{float})"/>; each component of the
    /// result is a chain of fused multiply-adds in the order of j. Every row is read from memory once. Allocates nothing.
    /// </remarks>
    /// <param name="rows">The rows rⱼ, padded to the length of <paramref name="p"/>, one after the other, as many as weights.</param>
    /// <param name="weights">The weights wⱼ.</param>
    /// <param name="linear">The numbers lⱼ, as many as weights; empty for zeros.</param>
    /// <param name="p">A padded row.</param>
    /// <param name="result">A padded row that does not overlap the others.</param>
    public static void Apply(ReadOnlySpan<float> rows, ReadOnlySpan<float> weights, ReadOnlySpan<float> linear, ReadOnlySpan<float> p, Span<float> result)
    {
        Throw.IfNotStride(p.Length);
        Throw.IfTooShort(rows.Length, (long)weights.Length * p.Length, nameof(rows));
        Throw.IfTooShort(result.Length, p.Length, nameof(result));
        if (!linear.IsEmpty)
        {
            Throw.IfTooShort(linear.Length, weights.Length, nameof(linear));
        }

        if (Vector512.IsHardwareAccelerated)
        {
            Apply<Lanes512>(rows, weights, linear, p, result);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Apply<Lanes256>(rows, weights, linear, p, result);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            Apply<Lanes128>(rows, weights, linear, p, result);
        }
        else
        {
            Apply<LanesScalar>(rows, weights, linear, p, result);
        }
    }

    [SkipLocalsInit]
    internal static void Apply<TLanes>(ReadOnlySpan<float> rows, ReadOnlySpan<float> weights, ReadOnlySpan<float> linear, ReadOnlySpan<float> p, Span<float> result)
        where TLanes : struct, ILanes<TLanes>
    {
        int stride = p.Length;
        ref float target = ref MemoryMarshal.GetReference(result);

        // Chunks of rows that are still in the first-level cache when they are added.
        Span<float> buffer = stackalloc float[ChunkFloats / FactorMatrix.LaneCount];
        int chunk = Math.Max(4, ChunkFloats / stride);
        for (int first = 0; first < weights.Length; first += chunk)
        {
            int count = Math.Min(chunk, weights.Length - first);
            Span<float> factors = buffer[..count];
            ReadOnlySpan<float> current = rows.Slice(first * stride, count * stride);
            BlockScores.OneToMany<TLanes>(p, current, factors);
            if (linear.IsEmpty)
            {
                TensorPrimitives.Multiply(weights.Slice(first, count), factors, factors);
            }
            else
            {
                TensorPrimitives.FusedMultiplyAdd(weights.Slice(first, count), factors, linear.Slice(first, count), factors);
            }

            RowCombination.Add<TLanes>(ref MemoryMarshal.GetReference(current), count, (nuint)stride, ref MemoryMarshal.GetReference(factors), ref target);
        }
    }
}
