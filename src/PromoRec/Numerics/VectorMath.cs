using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PromoRec.Numerics;

/// <summary>Products, norms and scaled sums of float32 vectors of any length.</summary>
/// <remarks>
/// A vector counts as padded with zeros to a multiple of sixteen; see <see cref="ILanes{TSelf}"/> for why every processor gives the
/// same bits. Relative to Σ|xᵢ·yᵢ|, the error of a dot product is at most (⌈n/16⌉ + 4) · 2⁻²⁴ to first order.
/// </remarks>
internal static class VectorMath
{
    /// <summary>Σ xᵢ·yᵢ; 0 for empty vectors.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static float Dot(ReadOnlySpan<float> x, ReadOnlySpan<float> y) =>
        Vector512.IsHardwareAccelerated ? Dot<Lanes512>(x, y)
        : Vector256.IsHardwareAccelerated ? Dot<Lanes256>(x, y)
        : Vector128.IsHardwareAccelerated ? Dot<Lanes128>(x, y)
        : Dot<LanesScalar>(x, y);

    /// <summary>yᵢ += a·xᵢ, each in one rounding.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void AddScaled(float a, ReadOnlySpan<float> x, Span<float> y)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            AddScaled<Lanes512>(a, x, y);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            AddScaled<Lanes256>(a, x, y);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            AddScaled<Lanes128>(a, x, y);
        }
        else
        {
            AddScaled<LanesScalar>(a, x, y);
        }
    }

    /// <summary>y of each column += a·x, each in one rounding.</summary>
    /// <param name="a">The factor.</param>
    /// <param name="columns">The columns of a sparse row, ascending and each once.</param>
    /// <param name="x">The value of each.</param>
    /// <param name="y">A sum for every column.</param>
    public static void AddScaled(float a, ReadOnlySpan<int> columns, ReadOnlySpan<float> x, Span<float> y)
    {
        if (columns.Length == y.Length)
        {
            // All columns, so that no look at them is needed.
            AddScaled(a, x, y);
            return;
        }

        for (int i = 0; i < columns.Length; i++)
        {
            ref float sum = ref y[columns[i]];
            sum = MathF.FusedMultiplyAdd(a, x[i], sum);
        }
    }

    /// <summary>Σ xᵢ².</summary>
    public static float SquaredNorm(ReadOnlySpan<float> x) => Dot(x, x);

    /// <summary>√Σ xᵢ².</summary>
    public static float Norm(ReadOnlySpan<float> x) => MathF.Sqrt(Dot(x, x));

    /// <summary>x·y / (|x|·|y|), from -1 to 1; 0 when either vector is zero, NaN when a component is not finite.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static float Cosine(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        float product = Dot(x, y);
        float xx = Dot(x, x);
        float yy = Dot(y, y);

        // Squares of very small or very large components leave the range of float32; there, and for zeros, double takes over.
        const float Safe = 1e-30f;
        return xx > Safe && yy > Safe && float.IsFinite(xx) && float.IsFinite(yy) && float.IsFinite(product)
            ? (float)Math.Clamp(product / Math.Sqrt((double)xx * yy), -1, 1)
            : CosineInDouble(x, y);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static float Dot<TLanes>(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
        where TLanes : struct, ILanes<TLanes>
    {
        if (x.Length != y.Length)
        {
            ThrowLengthsDiffer(x.Length, y.Length);
        }

        ref float xs = ref MemoryMarshal.GetReference(x);
        ref float ys = ref MemoryMarshal.GetReference(y);
        nuint whole = (nuint)(x.Length & -FactorMatrix.LaneCount);
        TLanes sum = TLanes.Zero;
        for (nuint i = 0; i < whole; i += FactorMatrix.LaneCount)
        {
            sum = TLanes.MultiplyAdd(TLanes.Load(ref xs, i), ref ys, i, sum);
        }

        return whole == (nuint)x.Length ? LaneFold.ToSum(sum) : AddTail(sum, x[(int)whole..], y[(int)whole..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void AddScaled<TLanes>(float a, ReadOnlySpan<float> x, Span<float> y)
        where TLanes : struct, ILanes<TLanes>
    {
        if (x.Length != y.Length)
        {
            ThrowLengthsDiffer(x.Length, y.Length);
        }

        ref float xs = ref MemoryMarshal.GetReference(x);
        ref float ys = ref MemoryMarshal.GetReference(y);
        var factor = TLanes.Broadcast(a);
        int whole = x.Length & -FactorMatrix.LaneCount;
        for (nuint i = 0; i < (nuint)whole; i += FactorMatrix.LaneCount)
        {
            TLanes.Store(TLanes.MultiplyAdd(factor, TLanes.Load(ref xs, i), TLanes.Load(ref ys, i)), ref ys, i);
        }

        for (int i = whole; i < x.Length; i++)
        {
            y[i] = MathF.FusedMultiplyAdd(a, x[i], y[i]);
        }
    }

    // Apart, so that the sums of the whole groups stay in registers.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static float AddTail<TLanes>(TLanes sum, ReadOnlySpan<float> x, ReadOnlySpan<float> y)
        where TLanes : struct, ILanes<TLanes> =>
        LaneFold.ToSum(TLanes.MultiplyAdd(LoadPadded<TLanes>(x), LoadPadded<TLanes>(y), sum));

    private static TLanes LoadPadded<TLanes>(ReadOnlySpan<float> tail)
        where TLanes : struct, ILanes<TLanes>
    {
        Span<float> padded = stackalloc float[FactorMatrix.LaneCount];
        padded.Clear();
        tail.CopyTo(padded);
        return TLanes.Load(ref MemoryMarshal.GetReference(padded), 0);
    }

    private static float CosineInDouble(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        double product = 0, xx = 0, yy = 0;
        for (int i = 0; i < x.Length; i++)
        {
            product += (double)x[i] * y[i];
            xx += (double)x[i] * x[i];
            yy += (double)y[i] * y[i];
        }

        if (xx == 0 || yy == 0)
        {
            return double.IsNaN(product) ? float.NaN : 0;
        }

        return (float)Math.Clamp(product / (Math.Sqrt(xx) * Math.Sqrt(yy)), -1, 1);
    }

    [DoesNotReturn]
    private static void ThrowLengthsDiffer(int x, int y) =>
        throw new ArgumentException($"The vectors have {x} and {y} components; they must have the same number.");
}
