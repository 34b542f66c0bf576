using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace PromoRec.Numerics;

/// <summary>Sixty-four bytes in four 128-bit registers.</summary>
internal readonly struct CodeLanes128(Vector128<byte> q0, Vector128<byte> q1, Vector128<byte> q2, Vector128<byte> q3) : ICodeLanes<CodeLanes128>
{
    private readonly Vector128<byte> _q0 = q0;
    private readonly Vector128<byte> _q1 = q1;
    private readonly Vector128<byte> _q2 = q2;
    private readonly Vector128<byte> _q3 = q3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static CodeLanes128 Load(ref byte source, nuint offset) => new(
        Vector128.LoadUnsafe(ref source, offset), Vector128.LoadUnsafe(ref source, offset + 16), Vector128.LoadUnsafe(ref source, offset + 32), Vector128.LoadUnsafe(ref source, offset + 48));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static CodeLanes128 Broadcast(ref byte source, nuint offset)
    {
        Vector128<byte> four = Vector128.Create(Unsafe.ReadUnaligned<int>(ref Unsafe.Add(ref source, offset))).AsByte();
        return new(four, four, four, four);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static CodeLanes128 MultiplyAdd(CodeLanes128 query, CodeLanes128 rows, CodeLanes128 sums) => new(
        MultiplyAdd(query._q0, rows._q0, sums._q0), MultiplyAdd(query._q1, rows._q1, sums._q1), MultiplyAdd(query._q2, rows._q2, sums._q2), MultiplyAdd(query._q3, rows._q3, sums._q3));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint StoreAndCompare(CodeLanes128 sums, ref int before, int threshold, ref int target) =>
        StoreAndCompare(sums._q0, ref before, threshold, ref target, 0)
        | (StoreAndCompare(sums._q1, ref before, threshold, ref target, 4) << 4)
        | (StoreAndCompare(sums._q2, ref before, threshold, ref target, 8) << 8)
        | (StoreAndCompare(sums._q3, ref before, threshold, ref target, 12) << 12);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<byte> MultiplyAdd(Vector128<byte> query, Vector128<byte> rows, Vector128<byte> sums)
    {
        if (Ssse3.IsSupported)
        {
            return (Ssse3.MultiplyAddAdjacent(query, rows.AsSByte()) + sums.AsInt16()).AsByte();
        }

        // No product leaves 16 bits, and neither does the sum of two.
        Vector128<int> lower = ToSums((Vector128.WidenLower(query).AsInt16() * Vector128.WidenLower(rows.AsSByte())).AsByte());
        Vector128<int> upper = ToSums((Vector128.WidenUpper(query).AsInt16() * Vector128.WidenUpper(rows.AsSByte())).AsByte());
        return (Vector128.Narrow(lower, upper) + sums.AsInt16()).AsByte();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<int> ToSums(Vector128<byte> halves) => ((halves.AsInt32() << 16) >> 16) + (halves.AsInt32() >> 16);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint StoreAndCompare(Vector128<byte> halves, ref int before, int threshold, ref int target, nuint offset)
    {
        Vector128<int> sums = ToSums(halves) + Vector128.LoadUnsafe(ref before, offset);
        sums.StoreUnsafe(ref target, offset);
        return Vector128.GreaterThan(sums, Vector128.Create(threshold)).ExtractMostSignificantBits();
    }
}
