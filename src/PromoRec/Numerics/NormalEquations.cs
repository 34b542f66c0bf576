using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PromoRec.Numerics;

/// <summary>Builds the matrix of a weighted least-squares problem for <see cref="Cholesky"/>.</summary>
internal static class NormalEquations
{
    // A chunk of weighted rows stays in the first-level cache; a row longer than that is a chunk of its own, up to what the stack bears.
    private const int ChunkFloats = 2048;
    private const int MaxStride = 4096;

    /// <summary>A += Σⱼ wⱼ rⱼ rⱼᵀ, in the upper triangle; what stands below it is left unspecified.</summary>
    /// <remarks>Element (i, k ≥ i) is a chain of fused multiply-adds of (wⱼ·rⱼᵢ) and rⱼₖ in the order of j. Allocates nothing.</remarks>
    /// <param name="a">A, rows of <paramref name="stride"/> floats; there may be fewer rows than that.</param>
    /// <param name="stride">Floats of a padded row, at most 4,096.</param>
    /// <param name="rows">The rows rⱼ, padded, one after the other, as many as weights.</param>
    /// <param name="weights">The weights wⱼ.</param>
    public static void AddOuterProducts(Span<float> a, int stride, ReadOnlySpan<float> rows, ReadOnlySpan<float> weights)
    {
        Throw.IfNotStride(stride);
        Throw.IfTooShort(rows.Length, (long)weights.Length * stride, nameof(rows));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(stride, MaxStride);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(a.Length / stride, stride);
        if (Vector512.IsHardwareAccelerated)
        {
            AddOuterProducts<Lanes512>(a, stride, rows, weights);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            AddOuterProducts<Lanes256>(a, stride, rows, weights);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            AddOuterProducts<Lanes128>(a, stride, rows, weights);
        }
        else
        {
            AddOuterProducts<LanesScalar>(a, stride, rows, weights);
        }
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void AddOuterProducts<TLanes>(Span<float> a, int stride, ReadOnlySpan<float> rows, ReadOnlySpan<float> weights)
        where TLanes : struct, ILanes<TLanes>
    {
        // Weighted once a chunk, so that the tiles have only fused multiply-adds left to do.
        Span<float> weighted = stackalloc float[Math.Max(ChunkFloats, stride)];
        ref float scaled = ref MemoryMarshal.GetReference(weighted);
        int chunk = weighted.Length / stride;
        for (int first = 0; first < weights.Length; first += chunk)
        {
            int count = Math.Min(chunk, weights.Length - first);
            ref float row = ref MemoryMarshal.GetReference(rows.Slice(first * stride, count * stride));
            for (int j = 0; j < count; j++)
            {
                var weight = TLanes.Broadcast(weights[first + j]);
                nuint start = (nuint)(j * stride);
                for (nuint i = start; i < start + (nuint)stride; i += FactorMatrix.LaneCount)
                {
                    TLanes.Store(TLanes.Multiply(weight, TLanes.Load(ref row, i)), ref scaled, i);
                }
            }

            OuterProducts.AddToUpper<TLanes, Plus>(ref MemoryMarshal.GetReference(a), 0, a.Length / stride, ref scaled, ref row, stride, count);
        }
    }
}
