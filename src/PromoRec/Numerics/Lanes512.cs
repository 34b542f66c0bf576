using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace PromoRec.Numerics;

/// <summary>Sixteen lanes in one 512-bit register.</summary>
internal readonly struct Lanes512(Vector512<float> all) : ILanes<Lanes512>
{
    private readonly Vector512<float> _all = all;

    public static int Count => FactorMatrix.LaneCount;

    public static Lanes512 Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector512<float>.Zero);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Broadcast(float value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Load(ref float source, nuint offset) => new(Vector512.LoadUnsafe(ref source, offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes512 value, ref float target, nuint offset) => value._all.StoreUnsafe(ref target, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Multiply(Lanes512 x, Lanes512 y) => new(x._all * y._all);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 MultiplyAdd(Lanes512 x, Lanes512 y, Lanes512 sum) => new(Vector512.FusedMultiplyAdd(x._all, y._all, sum._all));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 MultiplyAdd(Lanes512 x, ref float y, nuint offset, Lanes512 sum) =>
        new(Vector512.FusedMultiplyAdd(x._all, Vector512.LoadUnsafe(ref y, offset), sum._all));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 MultiplySubtract(Lanes512 x, Lanes512 y, Lanes512 sum) => new(Vector512.FusedMultiplyAdd(-x._all, y._all, sum._all));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> FoldToFour(Lanes512 value)
    {
        Vector256<float> eight = value._all.GetLower() + value._all.GetUpper();
        return eight.GetLower() + eight.GetUpper();
    }
}
