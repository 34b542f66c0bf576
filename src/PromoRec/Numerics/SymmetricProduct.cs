using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PromoRec.Numerics;

/// <summary>The product of a full symmetric matrix, a Gram matrix for instance, with one vector or several.</summary>
internal static class SymmetricProduct
{
    /// <summary>Floats of a block of rows of the matrix: half of a first-level cache.</summary>
    private const int BlockFloats = 4096;

    /// <summary>result += M p, each component a chain of fused multiply-adds of pₖ and row k of M in the order of k.</summary>
    /// <param name="matrix">A square matrix; both triangles are read.</param>
    /// <param name="p">One or more padded rows, one after the other.</param>
    /// <param name="result">As many padded rows, which do not overlap the others. The bits do not depend on how many there are.</param>
    public static void Apply(FactorMatrix matrix, ReadOnlySpan<float> p, Span<float> result)
    {
        Throw.IfTooShort(result.Length, p.Length, nameof(result));
        if (p.Length % matrix.Stride != 0)
        {
            Throw.StridesDiffer(p.Length, matrix.Stride);
        }

        ReadOnlySpan<float> data = matrix.Data;
        if (Vector512.IsHardwareAccelerated)
        {
            Apply<Lanes512>(data, matrix.Stride, p, result);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Apply<Lanes256>(data, matrix.Stride, p, result);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            Apply<Lanes128>(data, matrix.Stride, p, result);
        }
        else
        {
            Apply<LanesScalar>(data, matrix.Stride, p, result);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Apply<TLanes>(ReadOnlySpan<float> matrix, int stride, ReadOnlySpan<float> p, Span<float> result)
        where TLanes : struct, ILanes<TLanes>
    {
        int n = matrix.Length / stride;
        int count = p.Length / stride;
        ref float m = ref MemoryMarshal.GetReference(matrix);
        ref float x = ref MemoryMarshal.GetReference(p);
        ref float y = ref MemoryMarshal.GetReference(result);

        // Some rows of the matrix stay in the first-level cache while all vectors pass over them.
        int together = count & -4;
        int block = Math.Max(1, BlockFloats / stride);
        for (int first = 0; first < n && together > 0; first += block)
        {
            int rows = Math.Min(block, n - first);
            for (int vector = 0; vector < together; vector += 4)
            {
                ref float four = ref Unsafe.Add(ref x, (vector * stride) + first);
                for (int column = 0; column < stride; column += FactorMatrix.LaneCount)
                {
                    AddFourVectors<TLanes>(ref Unsafe.Add(ref m, (first * stride) + column), ref four, ref Unsafe.Add(ref y, (vector * stride) + column), (nuint)stride, rows);
                }
            }
        }

        for (int vector = together; vector < count; vector++)
        {
            RowCombination.Add<TLanes>(ref m, n, (nuint)stride, ref Unsafe.Add(ref x, vector * stride), ref Unsafe.Add(ref y, vector * stride));
        }
    }

    /// <summary>Sixteen components of four results.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddFourVectors<TLanes>(ref float m, ref float x, ref float y, nuint stride, int n)
        where TLanes : struct, ILanes<TLanes>
    {
        var y0 = TLanes.Load(ref y, 0);
        var y1 = TLanes.Load(ref y, stride);
        var y2 = TLanes.Load(ref y, 2 * stride);
        var y3 = TLanes.Load(ref y, 3 * stride);
        for (; n > 0; n--)
        {
            var row = TLanes.Load(ref m, 0);
            y0 = TLanes.MultiplyAdd(TLanes.Broadcast(x), row, y0);
            y1 = TLanes.MultiplyAdd(TLanes.Broadcast(Unsafe.Add(ref x, stride)), row, y1);
            y2 = TLanes.MultiplyAdd(TLanes.Broadcast(Unsafe.Add(ref x, 2 * stride)), row, y2);
            y3 = TLanes.MultiplyAdd(TLanes.Broadcast(Unsafe.Add(ref x, 3 * stride)), row, y3);
            x = ref Unsafe.Add(ref x, 1);
            m = ref Unsafe.Add(ref m, stride);
        }

        TLanes.Store(y0, ref y, 0);
        TLanes.Store(y1, ref y, stride);
        TLanes.Store(y2, ref y, 2 * stride);
        TLanes.Store(y3, ref y, 3 * stride);
    }
}
