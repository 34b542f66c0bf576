using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PromoRec.Numerics;

/// <summary>Dot products of one row with chosen rows of a matrix, where they lie, each with the bits of <see cref="VectorMath.Dot(ReadOnlySpan{float}, ReadOnlySpan{float})"/>.</summary>
internal static class ChosenRowScores
{
    /// <summary><c>scores[i] = query · matrix[rows[i]]</c>.</summary>
    /// <param name="query">A padded row: as long as the stride of <paramref name="matrix"/>.</param>
    /// <param name="matrix">Where the rows lie.</param>
    /// <param name="rows">Their numbers.</param>
    /// <param name="scores">Takes as many scores as there are rows.</param>
    /// <exception cref="ArgumentException">The query has another length, or there are fewer scores than rows.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A row is not in the matrix.</exception>
    public static void Compute(ReadOnlySpan<float> query, FactorMatrix matrix, ReadOnlySpan<int> rows, Span<float> scores)
    {
        if (query.Length != matrix.Stride)
        {
            Throw.StridesDiffer(query.Length, matrix.Stride);
        }

        Throw.IfTooShort(scores.Length, rows.Length, nameof(scores));
        foreach (int row in rows)
        {
            Throw.IfNotRows(matrix, row, 1);
        }

        if (Vector512.IsHardwareAccelerated)
        {
            Compute<Lanes512>(query, matrix.Data, rows, scores);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Compute<Lanes256>(query, matrix.Data, rows, scores);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            Compute<Lanes128>(query, matrix.Data, rows, scores);
        }
        else
        {
            Compute<LanesScalar>(query, matrix.Data, rows, scores);
        }
    }

    // Four rows at a time: four sums that do not wait for each other, and one fold of their lanes for all four.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Compute<TLanes>(ReadOnlySpan<float> query, ReadOnlySpan<float> matrix, ReadOnlySpan<int> rows, Span<float> scores)
        where TLanes : struct, ILanes<TLanes>
    {
        nuint stride = (nuint)query.Length;
        ref float asked = ref MemoryMarshal.GetReference(query);
        ref float first = ref MemoryMarshal.GetReference(matrix);
        ref float target = ref MemoryMarshal.GetReference(scores);
        int at = 0;
        for (; at <= rows.Length - 4; at += 4)
        {
            ref float one = ref Unsafe.Add(ref first, (nuint)rows[at] * stride);
            ref float two = ref Unsafe.Add(ref first, (nuint)rows[at + 1] * stride);
            ref float three = ref Unsafe.Add(ref first, (nuint)rows[at + 2] * stride);
            ref float four = ref Unsafe.Add(ref first, (nuint)rows[at + 3] * stride);
            TLanes a = TLanes.Zero, b = TLanes.Zero, c = TLanes.Zero, d = TLanes.Zero;
            for (nuint i = 0; i < stride; i += FactorMatrix.LaneCount)
            {
                var x = TLanes.Load(ref asked, i);
                a = TLanes.MultiplyAdd(x, ref one, i, a);
                b = TLanes.MultiplyAdd(x, ref two, i, b);
                c = TLanes.MultiplyAdd(x, ref three, i, c);
                d = TLanes.MultiplyAdd(x, ref four, i, d);
            }

            LaneFold.ToSums(a, b, c, d).StoreUnsafe(ref target, (nuint)at);
        }

        for (; at < rows.Length; at++)
        {
            scores[at] = VectorMath.Dot<TLanes>(query, matrix.Slice(rows[at] * query.Length, query.Length));
        }
    }
}
