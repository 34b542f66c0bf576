using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PromoRec.Numerics;

/// <summary>Dot products of padded rows, many at a time, each with the bits of <see cref="VectorMath.Dot(ReadOnlySpan{float}, ReadOnlySpan{float})"/>.</summary>
internal static class BlockScores
{
    /// <summary>Floats of a block of rows that stays in the first-level cache while all queries pass over it.</summary>
    private const int BlockFloats = 4096;

    /// <summary><c>scores[i] = query · rows[firstRow + i]</c>, for as many rows as there are scores.</summary>
    /// <remarks>The query is a padded row: as long as the stride of <paramref name="rows"/>.</remarks>
    public static void OneToMany(ReadOnlySpan<float> query, FactorMatrix rows, int firstRow, Span<float> scores)
    {
        if (query.Length != rows.Stride)
        {
            Throw.StridesDiffer(query.Length, rows.Stride);
        }

        Throw.IfNotRows(rows, firstRow, scores.Length);
        ReadOnlySpan<float> block = rows.Data.Slice(firstRow * rows.Stride, scores.Length * rows.Stride);
        if (Vector512.IsHardwareAccelerated)
        {
            OneToMany<Lanes512>(query, block, scores);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            OneToMany<Lanes256>(query, block, scores);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            OneToMany<Lanes128>(query, block, scores);
        }
        else
        {
            OneToMany<LanesScalar>(query, block, scores);
        }
    }

    /// <summary><c>scores[q · rowCount + i] = queries[firstQuery + q] · rows[firstRow + i]</c>.</summary>
    public static void ManyToMany(
        FactorMatrix queries, int firstQuery, int queryCount, FactorMatrix rows, int firstRow, int rowCount, Span<float> scores)
    {
        if (queries.Stride != rows.Stride)
        {
            Throw.StridesDiffer(queries.Stride, rows.Stride);
        }

        Throw.IfNotRows(queries, firstQuery, queryCount);
        Throw.IfNotRows(rows, firstRow, rowCount);
        Throw.IfTooShort(scores.Length, (long)queryCount * rowCount, nameof(scores));
        int stride = rows.Stride;
        ReadOnlySpan<float> asked = queries.Data.Slice(firstQuery * stride, queryCount * stride);
        ReadOnlySpan<float> block = rows.Data.Slice(firstRow * stride, rowCount * stride);
        if (Vector512.IsHardwareAccelerated)
        {
            ManyToMany<Lanes512>(asked, block, stride, scores);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            ManyToMany<Lanes256>(asked, block, stride, scores);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            ManyToMany<Lanes128>(asked, block, stride, scores);
        }
        else
        {
            ManyToMany<LanesScalar>(asked, block, stride, scores);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void OneToMany<TLanes>(ReadOnlySpan<float> query, ReadOnlySpan<float> rows, Span<float> scores)
        where TLanes : struct, ILanes<TLanes>
    {
        int stride = query.Length;
        ref float asked = ref MemoryMarshal.GetReference(query);
        ref float row = ref MemoryMarshal.GetReference(rows);
        ref float target = ref MemoryMarshal.GetReference(scores);
        int at = 0;
        for (; at <= scores.Length - 4; at += 4)
        {
            FourDots<TLanes>(ref asked, ref row, (nuint)stride).StoreUnsafe(ref target, (nuint)at);
            row = ref Unsafe.Add(ref row, 4 * stride);
        }

        if (at < scores.Length && at > 0)
        {
            // The last four, of which some are scored a second time.
            at = scores.Length - 4;
            FourDots<TLanes>(ref asked, ref Unsafe.Add(ref MemoryMarshal.GetReference(rows), at * stride), (nuint)stride).StoreUnsafe(ref target, (nuint)at);
            return;
        }

        for (; at < scores.Length; at++)
        {
            scores[at] = VectorMath.Dot<TLanes>(query, rows.Slice(at * stride, stride));
        }
    }

    [SkipLocalsInit]
    internal static void ManyToMany<TLanes>(ReadOnlySpan<float> queries, ReadOnlySpan<float> rows, int stride, Span<float> scores)
        where TLanes : struct, ILanes<TLanes>
    {
        int queryCount = queries.Length / stride;
        int rowCount = rows.Length / stride;
        int blockRows = Math.Max(4, BlockFloats / stride) & -4;

        // Scores a multiple of 4 KiB apart would push one another out of the first-level cache: each block is collected here and copied.
        Span<float> first = stackalloc float[BlockFloats / FactorMatrix.LaneCount];
        Span<float> second = stackalloc float[BlockFloats / FactorMatrix.LaneCount];
        for (int block = 0; block < rowCount; block += blockRows)
        {
            int count = Math.Min(blockRows, rowCount - block);
            ReadOnlySpan<float> current = rows.Slice(block * stride, count * stride);
            int query = 0;
            for (; query < queryCount - 1; query += 2)
            {
                TwoToMany<TLanes>(queries.Slice(query * stride, 2 * stride), current, first[..count], second[..count]);
                first[..count].CopyTo(scores[((query * rowCount) + block)..]);
                second[..count].CopyTo(scores[(((query + 1) * rowCount) + block)..]);
            }

            if (query < queryCount)
            {
                OneToMany<TLanes>(queries.Slice(query * stride, stride), current, scores.Slice((query * rowCount) + block, count));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TwoToMany<TLanes>(ReadOnlySpan<float> queries, ReadOnlySpan<float> rows, Span<float> first, Span<float> second)
        where TLanes : struct, ILanes<TLanes>
    {
        int stride = queries.Length / 2;
        ref float asked = ref MemoryMarshal.GetReference(queries);
        ref float row = ref MemoryMarshal.GetReference(rows);
        ref float one = ref MemoryMarshal.GetReference(first);
        ref float two = ref MemoryMarshal.GetReference(second);
        nuint at = 0;
        for (; at + 4 <= (nuint)first.Length; at += 4)
        {
            Vector128<float> left = TwoByTwoDots<TLanes>(ref asked, ref row, (nuint)stride);
            Vector128<float> right = TwoByTwoDots<TLanes>(ref asked, ref Unsafe.Add(ref row, 2 * stride), (nuint)stride);
            LaneFold.LowHalves(left, right).StoreUnsafe(ref one, at);
            LaneFold.HighHalves(left, right).StoreUnsafe(ref two, at);
            row = ref Unsafe.Add(ref row, 4 * stride);
        }

        for (int last = (int)at; last < first.Length; last++)
        {
            first[last] = VectorMath.Dot<TLanes>(queries[..stride], rows.Slice(last * stride, stride));
            second[last] = VectorMath.Dot<TLanes>(queries[stride..], rows.Slice(last * stride, stride));
        }
    }

    /// <summary>Dot products of one row with four neighbouring rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<float> FourDots<TLanes>(ref float query, ref float rows, nuint stride)
        where TLanes : struct, ILanes<TLanes>
    {
        ref float second = ref Unsafe.Add(ref rows, stride);
        ref float third = ref Unsafe.Add(ref second, stride);
        ref float fourth = ref Unsafe.Add(ref third, stride);
        TLanes a = TLanes.Zero, b = TLanes.Zero, c = TLanes.Zero, d = TLanes.Zero;
        for (nuint i = 0; i < stride; i += FactorMatrix.LaneCount)
        {
            var x = TLanes.Load(ref query, i);
            a = TLanes.MultiplyAdd(x, ref rows, i, a);
            b = TLanes.MultiplyAdd(x, ref second, i, b);
            c = TLanes.MultiplyAdd(x, ref third, i, c);
            d = TLanes.MultiplyAdd(x, ref fourth, i, d);
        }

        return LaneFold.ToSums(a, b, c, d);
    }

    /// <summary>Dot products of two neighbouring queries with two neighbouring rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> TwoByTwoDots<TLanes>(ref float queries, ref float rows, nuint stride)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes a = TLanes.Zero, b = TLanes.Zero, c = TLanes.Zero, d = TLanes.Zero;
        for (nuint i = 0; i < stride; i += FactorMatrix.LaneCount)
        {
            var x0 = TLanes.Load(ref queries, i);
            var x1 = TLanes.Load(ref queries, i + stride);
            a = TLanes.MultiplyAdd(x0, ref rows, i, a);
            c = TLanes.MultiplyAdd(x1, ref rows, i, c);
            b = TLanes.MultiplyAdd(x0, ref rows, i + stride, b);
            d = TLanes.MultiplyAdd(x1, ref rows, i + stride, d);
        }

        return LaneFold.ToSums(a, b, c, d);
    }
}
