using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PromoRec.Numerics;

/// <summary>Inner products of one-byte codes, compared in registers with what would make a row worth a closer look.</summary>
/// <remarks>
/// <para>
/// The sum of a row and a query is Σ (qᵢ - 128)·rᵢ with qᵢ from 0 to 255 and rᵢ from -64 to 64, taken as start + Σ qᵢ·rᵢ: the start is -128·Σ rᵢ. Sixty-four rows stand together
/// in a block, as four panels of sixteen. It is made of chunks of up to 64 columns: first the starts of all rows (two 16-bit halves each), then for every four columns the codes of
/// the first row, of the second, and so on, so that one query reads a block from start to end.
/// </para>
/// <para>Halves wrap around: whoever makes the codes sees to it that the final halves of each chunk fit into 16 bits, so nothing is lost on the way. Chunks are added up in 32 bits.</para>
/// </remarks>
internal static class CodeScores
{
    /// <summary>Added to the codes of queries, so that they are not negative.</summary>
    public const int Offset = 128;

    /// <summary>Largest code of a row in size: with codes of queries up to 255 the sum of two products has room in 16 bits.</summary>
    public const int LargestRowCode = 64;

    /// <summary>Rows of a panel.</summary>
    public const int PanelRows = 16;

    /// <summary>Panels of a block.</summary>
    public const int BlockPanels = 4;

    /// <summary>Rows of a block.</summary>
    public const int BlockRows = BlockPanels * PanelRows;

    /// <summary>Queries that share one reading of a block.</summary>
    public const int GroupQueries = 6;

    /// <summary>Columns whose products are added up in 16 bits.</summary>
    public const int ChunkColumns = 64;

    private static readonly int[] Zeros = new int[PanelRows];

    /// <summary>Bytes that a panel has together, of four columns or of starts.</summary>
    private const int PanelBytes = 4 * PanelRows;

    /// <summary>Bytes that a block has together.</summary>
    private const int StepBytes = BlockPanels * PanelBytes;

    /// <summary>Bytes of a block.</summary>
    /// <param name="stride">Codes of a row: a multiple of sixteen.</param>
    public static int BlockBytes(int stride) => BlockRows * ((sizeof(int) * ((stride + ChunkColumns - 1) / ChunkColumns)) + stride);

    /// <summary>Writes the codes of a row, and the starts that go with them, into a block.</summary>
    /// <param name="panels">The block.</param>
    /// <param name="row">Which row of it.</param>
    /// <param name="codes">The codes, from -64 to 64.</param>
    public static void SetRow(Span<byte> panels, int row, ReadOnlySpan<sbyte> codes)
    {
        int at = sizeof(int) * row;
        for (int chunk = 0; chunk < codes.Length; chunk += ChunkColumns)
        {
            ReadOnlySpan<sbyte> columns = codes.Slice(chunk, Math.Min(ChunkColumns, codes.Length - chunk));
            Span<short> starts = MemoryMarshal.Cast<byte, short>(panels.Slice(at, sizeof(int)));
            int lower = 0, upper = 0;
            for (int i = 0; i < columns.Length; i += 4)
            {
                at += StepBytes;
                ReadOnlySpan<sbyte> four = columns.Slice(i, 4);
                MemoryMarshal.AsBytes(four).CopyTo(panels[at..]);
                lower += four[0] + four[1];
                upper += four[2] + four[3];
            }

            at += StepBytes;
            starts[0] = (short)(-Offset * lower);
            starts[1] = (short)(-Offset * upper);
        }
    }

    /// <summary>Six queries with one block.</summary>
    /// <param name="codes">The codes of queries, stride bytes each.</param>
    /// <param name="stride">Codes of a query and of a row.</param>
    /// <param name="numbers">Which six queries of <paramref name="codes"/> are asked for.</param>
    /// <param name="panels">The block.</param>
    /// <param name="thresholds">For each of the six what a sum has to exceed.</param>
    /// <param name="sums">Takes panels × 6 × 16 sums.</param>
    /// <param name="above">Takes for each of the six a bit for every row whose sum is larger than the threshold.</param>
    /// <returns>Whether any is.</returns>
    public static bool SixWithBlock(ReadOnlySpan<byte> codes, int stride, ReadOnlySpan<int> numbers, ReadOnlySpan<byte> panels, ReadOnlySpan<int> thresholds, Span<int> sums, Span<ulong> above) =>
        Vector512.IsHardwareAccelerated ? SixWithBlock<CodeLanes512>(codes, stride, numbers, panels, thresholds, sums, above)
        : Vector256.IsHardwareAccelerated ? SixWithBlock<CodeLanes256>(codes, stride, numbers, panels, thresholds, sums, above)
        : SixWithBlock<CodeLanes128>(codes, stride, numbers, panels, thresholds, sums, above);

    /// <summary>One query with one block.</summary>
    /// <param name="query">The codes of the query.</param>
    /// <param name="panels">The block.</param>
    /// <param name="threshold">What a sum has to exceed.</param>
    /// <param name="sums">Takes 4 × 16 sums.</param>
    /// <returns>A bit for every row whose sum is larger than the threshold.</returns>
    public static ulong OneWithBlock(ReadOnlySpan<byte> query, ReadOnlySpan<byte> panels, int threshold, Span<int> sums) =>
        Vector512.IsHardwareAccelerated ? OneWithBlock<CodeLanes512>(query, panels, threshold, sums)
        : Vector256.IsHardwareAccelerated ? OneWithBlock<CodeLanes256>(query, panels, threshold, sums)
        : OneWithBlock<CodeLanes128>(query, panels, threshold, sums);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static bool SixWithBlock<TLanes>(ReadOnlySpan<byte> codes, int stride, ReadOnlySpan<int> numbers, ReadOnlySpan<byte> panels, ReadOnlySpan<int> thresholds, Span<int> sums, Span<ulong> above)
        where TLanes : struct, ICodeLanes<TLanes>
    {
        ref byte first = ref MemoryMarshal.GetReference(codes);
        ref byte block = ref MemoryMarshal.GetReference(panels);
        ref byte q0 = ref Unsafe.Add(ref first, numbers[0] * stride), q1 = ref Unsafe.Add(ref first, numbers[1] * stride), q2 = ref Unsafe.Add(ref first, numbers[2] * stride);
        ref byte q3 = ref Unsafe.Add(ref first, numbers[3] * stride), q4 = ref Unsafe.Add(ref first, numbers[4] * stride), q5 = ref Unsafe.Add(ref first, numbers[5] * stride);
        ref int least = ref MemoryMarshal.GetReference(thresholds);
        ref ulong bits = ref MemoryMarshal.GetReference(above);
        ref int target = ref MemoryMarshal.GetReference(sums);
        ulong all0 = 0, all1 = 0, all2 = 0, all3 = 0, all4 = 0, all5 = 0;
        for (int shift = 0; shift < BlockRows; shift += PanelRows)
        {
            ref byte rows = ref Unsafe.Add(ref block, 4 * shift);
            ref int before = ref MemoryMarshal.GetArrayDataReference(Zeros);
            nuint step = 0;
            nuint i = 0;
            uint above0, above1, above2, above3, above4, above5;
            do
            {
                var a = TLanes.Load(ref rows, 0);
                TLanes b = a, c = a, d = a, e = a, f = a;
                rows = ref Unsafe.Add(ref rows, StepBytes);

                // Twelve sums in 256-bit registers, two for four columns of the panel, and one for four codes of a query at a time.
                nuint end = Math.Min((nuint)stride, i + ChunkColumns);
                for (; i < end; i += 4)
                {
                    var r = TLanes.Load(ref rows, 0);
                    a = TLanes.MultiplyAdd(TLanes.Broadcast(ref q0, i), r, a);
                    b = TLanes.MultiplyAdd(TLanes.Broadcast(ref q1, i), r, b);
                    c = TLanes.MultiplyAdd(TLanes.Broadcast(ref q2, i), r, c);
                    d = TLanes.MultiplyAdd(TLanes.Broadcast(ref q3, i), r, d);
                    e = TLanes.MultiplyAdd(TLanes.Broadcast(ref q4, i), r, e);
                    f = TLanes.MultiplyAdd(TLanes.Broadcast(ref q5, i), r, f);
                    rows = ref Unsafe.Add(ref rows, StepBytes);
                }

                above0 = TLanes.StoreAndCompare(a, ref before, least, ref target);
                above1 = TLanes.StoreAndCompare(b, ref Unsafe.Add(ref before, step), Unsafe.Add(ref least, 1), ref Unsafe.Add(ref target, PanelRows));
                above2 = TLanes.StoreAndCompare(c, ref Unsafe.Add(ref before, 2 * step), Unsafe.Add(ref least, 2), ref Unsafe.Add(ref target, 2 * PanelRows));
                above3 = TLanes.StoreAndCompare(d, ref Unsafe.Add(ref before, 3 * step), Unsafe.Add(ref least, 3), ref Unsafe.Add(ref target, 3 * PanelRows));
                above4 = TLanes.StoreAndCompare(e, ref Unsafe.Add(ref before, 4 * step), Unsafe.Add(ref least, 4), ref Unsafe.Add(ref target, 4 * PanelRows));
                above5 = TLanes.StoreAndCompare(f, ref Unsafe.Add(ref before, 5 * step), Unsafe.Add(ref least, 5), ref Unsafe.Add(ref target, 5 * PanelRows));

                // The next chunk is added to this one.
                before = ref target;
                step = PanelRows;
            }
            while (i < (nuint)stride);

            all0 |= (ulong)above0 << shift;
            all1 |= (ulong)above1 << shift;
            all2 |= (ulong)above2 << shift;
            all3 |= (ulong)above3 << shift;
            all4 |= (ulong)above4 << shift;
            all5 |= (ulong)above5 << shift;
            target = ref Unsafe.Add(ref target, GroupQueries * PanelRows);
        }

        bits = all0;
        Unsafe.Add(ref bits, 1) = all1;
        Unsafe.Add(ref bits, 2) = all2;
        Unsafe.Add(ref bits, 3) = all3;
        Unsafe.Add(ref bits, 4) = all4;
        Unsafe.Add(ref bits, 5) = all5;
        return (all0 | all1 | all2 | all3 | all4 | all5) != 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static ulong OneWithBlock<TLanes>(ReadOnlySpan<byte> query, ReadOnlySpan<byte> panels, int threshold, Span<int> sums)
        where TLanes : struct, ICodeLanes<TLanes>
    {
        ref byte asked = ref MemoryMarshal.GetReference(query);
        ref byte rows = ref MemoryMarshal.GetReference(panels);
        ref int target = ref MemoryMarshal.GetReference(sums);
        ref int before = ref MemoryMarshal.GetArrayDataReference(Zeros);
        nuint step = 0;
        nuint i = 0;
        ulong above;
        do
        {
            TLanes a = TLanes.Load(ref rows, 0), b = TLanes.Load(ref rows, PanelBytes), c = TLanes.Load(ref rows, 2 * PanelBytes), d = TLanes.Load(ref rows, 3 * PanelBytes);
            rows = ref Unsafe.Add(ref rows, StepBytes);
            nuint end = Math.Min((nuint)query.Length, i + ChunkColumns);
            for (; i < end; i += 4)
            {
                var q = TLanes.Broadcast(ref asked, i);
                a = TLanes.MultiplyAdd(q, TLanes.Load(ref rows, 0), a);
                b = TLanes.MultiplyAdd(q, TLanes.Load(ref rows, PanelBytes), b);
                c = TLanes.MultiplyAdd(q, TLanes.Load(ref rows, 2 * PanelBytes), c);
                d = TLanes.MultiplyAdd(q, TLanes.Load(ref rows, 3 * PanelBytes), d);
                rows = ref Unsafe.Add(ref rows, StepBytes);
            }

            above = TLanes.StoreAndCompare(a, ref before, threshold, ref target);
            above |= (ulong)TLanes.StoreAndCompare(b, ref Unsafe.Add(ref before, step), threshold, ref Unsafe.Add(ref target, PanelRows)) << 16;
            above |= (ulong)TLanes.StoreAndCompare(c, ref Unsafe.Add(ref before, 2 * step), threshold, ref Unsafe.Add(ref target, 2 * PanelRows)) << 32;
            above |= (ulong)TLanes.StoreAndCompare(d, ref Unsafe.Add(ref before, 3 * step), threshold, ref Unsafe.Add(ref target, 3 * PanelRows)) << 48;
            before = ref target;
            step = PanelRows;
        }
        while (i < (nuint)query.Length);

        return above;
    }
}
