using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace PromoRec.Numerics;

/// <summary>Sixteen lanes in two 256-bit registers.</summary>
internal readonly struct Lanes256(Vector256<float> lower, Vector256<float> upper) : ILanes<Lanes256>
{
    private readonly Vector256<float> _lower = lower;
    private readonly Vector256<float> _upper = upper;

    public static int Count => FactorMatrix.LaneCount;

    public static Lanes256 Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector256<float>.Zero, Vector256<float>.Zero);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Broadcast(float value)
    {
        Vector256<float> half = Vector256.Create(value);
        return new(half, half);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Load(ref float source, nuint offset) =>
        new(Vector256.LoadUnsafe(ref source, offset), Vector256.LoadUnsafe(ref source, offset + 8));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes256 value, ref float target, nuint offset)
    {
        value._lower.StoreUnsafe(ref target, offset);
        value._upper.StoreUnsafe(ref target, offset + 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Multiply(Lanes256 x, Lanes256 y) => new(x._lower * y._lower, x._upper * y._upper);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 MultiplyAdd(Lanes256 x, Lanes256 y, Lanes256 sum) =>
        new(Vector256.FusedMultiplyAdd(x._lower, y._lower, sum._lower), Vector256.FusedMultiplyAdd(x._upper, y._upper, sum._upper));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 MultiplyAdd(Lanes256 x, ref float y, nuint offset, Lanes256 sum) => new(
        Vector256.FusedMultiplyAdd(x._lower, Vector256.LoadUnsafe(ref y, offset), sum._lower),
        Vector256.FusedMultiplyAdd(x._upper, Vector256.LoadUnsafe(ref y, offset + 8), sum._upper));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 MultiplySubtract(Lanes256 x, Lanes256 y, Lanes256 sum) =>
        new(Vector256.FusedMultiplyAdd(-x._lower, y._lower, sum._lower), Vector256.FusedMultiplyAdd(-x._upper, y._upper, sum._upper));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> FoldToFour(Lanes256 value)
    {
        Vector256<float> eight = value._lower + value._upper;
        return eight.GetLower() + eight.GetUpper();
    }
}
