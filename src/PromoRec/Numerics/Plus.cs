using System.Runtime.CompilerServices;

namespace PromoRec.Numerics;

/// <summary>sum + x · y.</summary>
internal readonly struct Plus : ISign
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Step<TLanes>(TLanes x, TLanes y, TLanes sum)
        where TLanes : struct, ILanes<TLanes> => TLanes.MultiplyAdd(x, y, sum);
}
