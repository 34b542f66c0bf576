using System.Runtime.CompilerServices;

namespace PromoRec.Numerics;

/// <summary>sum + x · y.</summary>
internal readonly struct Plus : ISign
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TFloats Step<TFloats>(TFloats x, TFloats y, TFloats sum)
        where TFloats : struct, IFloats<TFloats> => TFloats.MultiplyAdd(x, y, sum);
}
