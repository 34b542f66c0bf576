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
        ref float weight = ref MemoryMarshal.GetReference(weights);
        ref float offset = ref MemoryMarshal.GetReference(linear);
        int at = 0;
        for (; at <= weights.Length - 4; at += 4)
        {
            Vector128<float> dots = BlockScores.FourDots<TLanes>(ref direction, ref row, stride);
            Vector128<float> weightsOfFour = Vector128.LoadUnsafe(ref weight, (nuint)at);
            Vector128<float> factors = linear.IsEmpty ? weightsOfFour * dots : Vector128.FusedMultiplyAdd(weightsOfFour, dots, Vector128.LoadUnsafe(ref offset, (nuint)at));
            var f0 = TLanes.Broadcast(factors.ToScalar());
            var f1 = TLanes.Broadcast(factors.GetElement(1));
            var f2 = TLanes.Broadcast(factors.GetElement(2));
            var f3 = TLanes.Broadcast(factors.GetElement(3));
            for (nuint i = 0; i < stride; i += FactorMatrix.LaneCount)
            {
                var sum = TLanes.Load(ref target, i);
                sum = TLanes.MultiplyAdd(f0, TLanes.Load(ref row, i), sum);
                sum = TLanes.MultiplyAdd(f1, TLanes.Load(ref row, i + stride), sum);
                sum = TLanes.MultiplyAdd(f2, TLanes.Load(ref row, i + (2 * stride)), sum);
                sum = TLanes.MultiplyAdd(f3, TLanes.Load(ref row, i + (3 * stride)), sum);
                TLanes.Store(sum, ref target, i);
            }

            row = ref Unsafe.Add(ref row, 4 * stride);
        }

        for (; at < weights.Length; at++)
        {
            ReadOnlySpan<float> last = rows.Slice(at * p.Length, p.Length);
            float dot = VectorMath.Dot<TLanes>(p, last);
            float factor = linear.IsEmpty ? weights[at] * dot : MathF.FusedMultiplyAdd(weights[at], dot, linear[at]);
            VectorMath.AddScaled<TLanes>(factor, last, result[..p.Length]);
        }
    }
}
