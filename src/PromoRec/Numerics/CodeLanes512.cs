using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace PromoRec.Numerics;

/// <summary>Sixty-four bytes in one 512-bit register.</summary>
internal readonly struct CodeLanes512(Vector512<byte> all) : ICodeLanes<CodeLanes512>
{
    private readonly Vector512<byte> _all = all;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static CodeLanes512 Load(ref byte source, nuint offset) => new(Vector512.LoadUnsafe(ref source, offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static CodeLanes512 Broadcast(ref byte source, nuint offset) => new(Vector512.Create(Unsafe.ReadUnaligned<int>(ref Unsafe.Add(ref source, offset))).AsByte());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static CodeLanes512 MultiplyAdd(CodeLanes512 query, CodeLanes512 rows, CodeLanes512 sums) =>
        Avx512BW.IsSupported
            ? new((Avx512BW.MultiplyAddAdjacent(query._all, rows._all.AsSByte()) + sums._all.AsInt16()).AsByte())
            : new(Vector512.Create(
                CodeLanes256.MultiplyAdd(query._all.GetLower(), rows._all.GetLower(), sums._all.GetLower()),
                CodeLanes256.MultiplyAdd(query._all.GetUpper(), rows._all.GetUpper(), sums._all.GetUpper())));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint StoreAndCompare(CodeLanes512 sums, ref int before, int threshold, ref int target)
    {
        Vector512<int> halves = sums._all.AsInt32();
        Vector512<int> whole = ((halves << 16) >> 16) + (halves >> 16) + Vector512.LoadUnsafe(ref before);
        whole.StoreUnsafe(ref target);
        return (uint)Vector512.GreaterThan(whole, Vector512.Create(threshold)).ExtractMostSignificantBits();
    }
}
