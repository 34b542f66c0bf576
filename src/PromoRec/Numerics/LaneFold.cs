using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace PromoRec.Numerics;

/// <summary>The last half of the fold from sixteen lanes to one sum: four to two to one, the lower half plus the upper half.</summary>
internal static class LaneFold
{
    /// <summary>All lanes of one value to their sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float ToSum<TLanes>(TLanes value)
        where TLanes : struct, ILanes<TLanes>
    {
        Vector128<float> four = TLanes.FoldToFour(value);
        Vector128<float> two = four + Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1));
        return two.ToScalar() + two.GetElement(1);
    }

    /// <summary>Four values to their four sums, with the bits that <see cref="ToSum"/> gives each, for half the shuffles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> ToSums<TLanes>(TLanes a, TLanes b, TLanes c, TLanes d)
        where TLanes : struct, ILanes<TLanes>
    {
        Vector128<float> ab = FourToTwo(TLanes.FoldToFour(a), TLanes.FoldToFour(b));
        Vector128<float> cd = FourToTwo(TLanes.FoldToFour(c), TLanes.FoldToFour(d));
        if (Sse.IsSupported)
        {
            return Sse.Shuffle(ab, cd, 0b10_00_10_00) + Sse.Shuffle(ab, cd, 0b11_01_11_01);
        }

        if (AdvSimd.Arm64.IsSupported)
        {
            return AdvSimd.Arm64.UnzipEven(ab, cd) + AdvSimd.Arm64.UnzipOdd(ab, cd);
        }

        return Vector128.Create(ab[0] + ab[1], ab[2] + ab[3], cd[0] + cd[1], cd[2] + cd[3]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> FourToTwo(Vector128<float> a, Vector128<float> b) => LowHalves(a, b) + HighHalves(a, b);

    /// <summary>a₀ a₁ b₀ b₁.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LowHalves(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.MoveLowToHigh(a, b)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(a.AsDouble(), b.AsDouble()).AsSingle()
        : Vector128.Create(a[0], a[1], b[0], b[1]);

    /// <summary>a₂ a₃ b₂ b₃.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> HighHalves(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.MoveHighToLow(b, a)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(a.AsDouble(), b.AsDouble()).AsSingle()
        : Vector128.Create(a[2], a[3], b[2], b[3]);
}
