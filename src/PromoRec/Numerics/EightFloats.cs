using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace PromoRec.Numerics;

/// <summary>Eight floats: one 256-bit register, or two of 128 bits.</summary>
internal readonly struct EightFloats(Vector256<float> all) : IFloats<EightFloats>
{
    private readonly Vector256<float> _all = all;

    public static int Count => 8;

    public static EightFloats Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector256<float>.Zero);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EightFloats Broadcast(float value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EightFloats Load(ref float source, nuint offset) => new(Vector256.LoadUnsafe(ref source, offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(EightFloats value, ref float target, nuint offset) => value._all.StoreUnsafe(ref target, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EightFloats Multiply(EightFloats x, EightFloats y) => new(x._all * y._all);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EightFloats MultiplyAdd(EightFloats x, EightFloats y, EightFloats sum) => new(Vector256.FusedMultiplyAdd(x._all, y._all, sum._all));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EightFloats MultiplySubtract(EightFloats x, EightFloats y, EightFloats sum) => new(Vector256.FusedMultiplyAdd(-x._all, y._all, sum._all));
}
