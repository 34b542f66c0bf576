using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PromoRec.Numerics;

/// <summary>The product of Σⱼ wⱼ rⱼ rⱼᵀ with a vector, without building the matrix.</summary>
internal static class WeightedOperator
{
    /// <summary>result += Σⱼ (lⱼ + wⱼ (rⱼ·p)) rⱼ.</summary>
    /// <remarks>
    /// Each product rⱼ·p has the bits of <see cref="VectorMath.Dot(ReadOnlySpan{float}, ReadOnlySpan{float})"/>; each component of the
    /// result is a chain of fused multiply-adds in the order of j. Every row is read once. Allocates nothing.
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Apply<TLanes>(ReadOnlySpan<float> rows, ReadOnlySpan<float> weights, ReadOnlySpan<float> linear, ReadOnlySpan<float> p, Span<float> result)
        where TLanes : struct, ILanes<TLanes>
    {
        nuint stride = (nuint)p.Length;
        ref float direction = ref MemoryMarshal.GetReference(p);
        ref float target = ref MemoryMarshal.GetReference(result);
        ref float row = ref MemoryMarshal.GetReference(rows);
        int at = 0;

        // Eight rows a pass where there are eight: their dot products overlap, and the result is loaded and stored half as often.
        for (; at <= weights.Length - 8; at += 8)
        {
            ref float next = ref Unsafe.Add(ref row, 4 * stride);
            Vector128<float> factors = FourFactors<TLanes>(ref row, weights.Slice(at, 4), linear, at, ref direction, stride);
            Vector128<float> others = FourFactors<TLanes>(ref next, weights.Slice(at + 4, 4), linear, at + 4, ref direction, stride);
            for (nuint i = 0; i < stride; i += FactorMatrix.LaneCount)
            {
                var sum = AddFour(TLanes.Load(ref target, i), factors, ref row, i, stride);
                TLanes.Store(AddFour(sum, others, ref next, i, stride), ref target, i);
            }

            row = ref Unsafe.Add(ref row, 8 * stride);
        }

        if (at <= weights.Length - 4)
        {
            Vector128<float> factors = FourFactors<TLanes>(ref row, weights.Slice(at, 4), linear, at, ref direction, stride);
            for (nuint i = 0; i < stride; i += FactorMatrix.LaneCount)
            {
                TLanes.Store(AddFour(TLanes.Load(ref target, i), factors, ref row, i, stride), ref target, i);
            }

            at += 4;
        }

        for (; at < weights.Length; at++)
        {
            ReadOnlySpan<float> last = rows.Slice(at * p.Length, p.Length);
            float dot = VectorMath.Dot<TLanes>(p, last);
            float factor = linear.IsEmpty ? weights[at] * dot : MathF.FusedMultiplyAdd(weights[at], dot, linear[at]);
            VectorMath.AddScaled<TLanes>(factor, last, result[..p.Length]);
        }
    }

    /// <summary>lⱼ + wⱼ (rⱼ·p) of four neighbouring rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> FourFactors<TLanes>(ref float rows, ReadOnlySpan<float> weights, ReadOnlySpan<float> linear, int at, ref float p, nuint stride)
        where TLanes : struct, ILanes<TLanes>
    {
        Vector128<float> dots = BlockScores.FourDots<TLanes>(ref p, ref rows, stride);
        return linear.IsEmpty ? Vector128.Create(weights) * dots : Vector128.FusedMultiplyAdd(Vector128.Create(weights), dots, Vector128.Create(linear.Slice(at, 4)));
    }

    /// <summary>sum + Σ fⱼ rⱼ over sixteen components of four neighbouring rows, in their order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes AddFour<TLanes>(TLanes sum, Vector128<float> factors, ref float rows, nuint i, nuint stride)
        where TLanes : struct, ILanes<TLanes>
    {
        sum = TLanes.MultiplyAdd(TLanes.Broadcast(factors.ToScalar()), ref rows, i, sum);
        sum = TLanes.MultiplyAdd(TLanes.Broadcast(factors.GetElement(1)), ref rows, i + stride, sum);
        sum = TLanes.MultiplyAdd(TLanes.Broadcast(factors.GetElement(2)), ref rows, i + (2 * stride), sum);
        return TLanes.MultiplyAdd(TLanes.Broadcast(factors.GetElement(3)), ref rows, i + (3 * stride), sum);
    }
}
