using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace PromoRec.Numerics;

/// <summary>Sixty-four bytes in two 256-bit registers.</summary>
internal readonly struct CodeLanes256(Vector256<byte> lower, Vector256<byte> upper) : ICodeLanes<CodeLanes256>
{
    private readonly Vector256<byte> _lower = lower;
    private readonly Vector256<byte> _upper = upper;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static CodeLanes256 Load(ref byte source, nuint offset) => new(Vector256.LoadUnsafe(ref source, offset), Vector256.LoadUnsafe(ref source, offset + 32));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static CodeLanes256 Broadcast(ref byte source, nuint offset)
    {
        Vector256<byte> four = Vector256.Create(Unsafe.ReadUnaligned<int>(ref Unsafe.Add(ref source, offset))).AsByte();
        return new(four, four);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static CodeLanes256 MultiplyAdd(CodeLanes256 query, CodeLanes256 rows, CodeLanes256 sums) =>
        new(MultiplyAdd(query._lower, rows._lower, sums._lower), MultiplyAdd(query._upper, rows._upper, sums._upper));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint StoreAndCompare(CodeLanes256 sums, ref int before, int threshold, ref int target)
    {
        Vector256<int> lower = ToSums(sums._lower) + Vector256.LoadUnsafe(ref before), upper = ToSums(sums._upper) + Vector256.LoadUnsafe(ref before, 8);
        lower.StoreUnsafe(ref target);
        upper.StoreUnsafe(ref target, 8);
        var least = Vector256.Create(threshold);
        return Vector256.GreaterThan(lower, least).ExtractMostSignificantBits() | (Vector256.GreaterThan(upper, least).ExtractMostSignificantBits() << 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<byte> MultiplyAdd(Vector256<byte> query, Vector256<byte> rows, Vector256<byte> sums) =>
        Avx2.IsSupported
            ? (Avx2.MultiplyAddAdjacent(query, rows.AsSByte()) + sums.AsInt16()).AsByte()
            : Vector256.Create(CodeLanes128.MultiplyAdd(query.GetLower(), rows.GetLower(), sums.GetLower()), CodeLanes128.MultiplyAdd(query.GetUpper(), rows.GetUpper(), sums.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> ToSums(Vector256<byte> halves) =>
        Avx2.IsSupported
            ? Avx2.MultiplyAddAdjacent(halves.AsInt16(), Vector256<short>.One)
            : Vector256.Create(CodeLanes128.ToSums(halves.GetLower()), CodeLanes128.ToSums(halves.GetUpper()));
}
