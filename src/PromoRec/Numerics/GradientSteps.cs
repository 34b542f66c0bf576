using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PromoRec.Numerics;

/// <summary>Steps of stochastic gradient descent on padded factor rows.</summary>
/// <remarks>Each component is one product and one fused multiply-add, so every vector width gives the same bits.</remarks>
internal static class GradientSteps
{
    /// <summary>yᵢ ← keep·yᵢ + step·xᵢ.</summary>
    /// <param name="keep">What stays of y.</param>
    /// <param name="step">What of x is added.</param>
    /// <param name="x">A padded row.</param>
    /// <param name="y">Another of the same length.</param>
    public static void Move(float keep, float step, ReadOnlySpan<float> x, Span<float> y)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Move<Lanes512>(keep, step, x, y);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Move<Lanes256>(keep, step, x, y);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            Move<Lanes128>(keep, step, x, y);
        }
        else
        {
            Move<LanesScalar>(keep, step, x, y);
        }
    }

    /// <summary>xᵢ ← keep·xᵢ + xStep·yᵢ and yᵢ ← keep·yᵢ + yStep·xᵢ, both from the values before.</summary>
    /// <param name="keep">What stays of both.</param>
    /// <param name="xStep">What of y is added to x.</param>
    /// <param name="yStep">What of x is added to y.</param>
    /// <param name="x">A padded row.</param>
    /// <param name="y">Another of the same length.</param>
    public static void MovePair(float keep, float xStep, float yStep, Span<float> x, Span<float> y)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            MovePair<Lanes512>(keep, xStep, yStep, x, y);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            MovePair<Lanes256>(keep, xStep, yStep, x, y);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            MovePair<Lanes128>(keep, xStep, yStep, x, y);
        }
        else
        {
            MovePair<LanesScalar>(keep, xStep, yStep, x, y);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Move<TLanes>(float keep, float step, ReadOnlySpan<float> x, Span<float> y)
        where TLanes : struct, ILanes<TLanes>
    {
        CheckShape(x.Length, y.Length);
        ref float xs = ref MemoryMarshal.GetReference(x);
        ref float ys = ref MemoryMarshal.GetReference(y);
        var kept = TLanes.Broadcast(keep);
        var factor = TLanes.Broadcast(step);
        for (nuint i = 0; i < (nuint)y.Length; i += FactorMatrix.LaneCount)
        {
            TLanes.Store(TLanes.MultiplyAdd(factor, ref xs, i, TLanes.Multiply(kept, TLanes.Load(ref ys, i))), ref ys, i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void MovePair<TLanes>(float keep, float xStep, float yStep, Span<float> x, Span<float> y)
        where TLanes : struct, ILanes<TLanes>
    {
        CheckShape(x.Length, y.Length);
        ref float xs = ref MemoryMarshal.GetReference(x);
        ref float ys = ref MemoryMarshal.GetReference(y);
        var kept = TLanes.Broadcast(keep);
        var xFactor = TLanes.Broadcast(xStep);
        var yFactor = TLanes.Broadcast(yStep);
        for (nuint i = 0; i < (nuint)y.Length; i += FactorMatrix.LaneCount)
        {
            var oldX = TLanes.Load(ref xs, i);
            var oldY = TLanes.Load(ref ys, i);
            TLanes.Store(TLanes.MultiplyAdd(xFactor, oldY, TLanes.Multiply(kept, oldX)), ref xs, i);
            TLanes.Store(TLanes.MultiplyAdd(yFactor, oldX, TLanes.Multiply(kept, oldY)), ref ys, i);
        }
    }

    private static void CheckShape(int x, int y)
    {
        Throw.IfNotStride(y);
        if (x != y)
        {
            Throw.StridesDiffer(x, y);
        }
    }
}
