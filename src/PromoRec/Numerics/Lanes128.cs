using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace PromoRec.Numerics;

/// <summary>Sixteen lanes in four 128-bit registers.</summary>
internal readonly struct Lanes128(Vector128<float> q0, Vector128<float> q1, Vector128<float> q2, Vector128<float> q3) : ILanes<Lanes128>
{
    private readonly Vector128<float> _q0 = q0;
    private readonly Vector128<float> _q1 = q1;
    private readonly Vector128<float> _q2 = q2;
    private readonly Vector128<float> _q3 = q3;

    public static int Count => FactorMatrix.LaneCount;

    public static Lanes128 Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Broadcast(0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Broadcast(float value)
    {
        Vector128<float> quarter = Vector128.Create(value);
        return new(quarter, quarter, quarter, quarter);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Load(ref float source, nuint offset) => new(
        Vector128.LoadUnsafe(ref source, offset),
        Vector128.LoadUnsafe(ref source, offset + 4),
        Vector128.LoadUnsafe(ref source, offset + 8),
        Vector128.LoadUnsafe(ref source, offset + 12));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes128 value, ref float target, nuint offset)
    {
        value._q0.StoreUnsafe(ref target, offset);
        value._q1.StoreUnsafe(ref target, offset + 4);
        value._q2.StoreUnsafe(ref target, offset + 8);
        value._q3.StoreUnsafe(ref target, offset + 12);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Multiply(Lanes128 x, Lanes128 y) => new(x._q0 * y._q0, x._q1 * y._q1, x._q2 * y._q2, x._q3 * y._q3);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 MultiplyAdd(Lanes128 x, Lanes128 y, Lanes128 sum) => new(
        Vector128.FusedMultiplyAdd(x._q0, y._q0, sum._q0),
        Vector128.FusedMultiplyAdd(x._q1, y._q1, sum._q1),
        Vector128.FusedMultiplyAdd(x._q2, y._q2, sum._q2),
        Vector128.FusedMultiplyAdd(x._q3, y._q3, sum._q3));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 MultiplyAdd(Lanes128 x, ref float y, nuint offset, Lanes128 sum) => new(
        Vector128.FusedMultiplyAdd(x._q0, Vector128.LoadUnsafe(ref y, offset), sum._q0),
        Vector128.FusedMultiplyAdd(x._q1, Vector128.LoadUnsafe(ref y, offset + 4), sum._q1),
        Vector128.FusedMultiplyAdd(x._q2, Vector128.LoadUnsafe(ref y, offset + 8), sum._q2),
        Vector128.FusedMultiplyAdd(x._q3, Vector128.LoadUnsafe(ref y, offset + 12), sum._q3));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 MultiplySubtract(Lanes128 x, Lanes128 y, Lanes128 sum) => new(
        Vector128.FusedMultiplyAdd(-x._q0, y._q0, sum._q0),
        Vector128.FusedMultiplyAdd(-x._q1, y._q1, sum._q1),
        Vector128.FusedMultiplyAdd(-x._q2, y._q2, sum._q2),
        Vector128.FusedMultiplyAdd(-x._q3, y._q3, sum._q3));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> FoldToFour(Lanes128 value) => (value._q0 + value._q2) + (value._q1 + value._q3);
}
