using System.Runtime.CompilerServices;

namespace PromoRec.Numerics;

/// <summary>The kernel under the Gram matrix, the normal equations and Cholesky: A ± Σₚ lₚ rₚᵀ over pairs of padded rows.</summary>
/// <remarks>
/// Every element is one chain of fused multiply-adds in the order of the pairs, so neither the vector width nor the tiling below
/// changes a bit.
/// </remarks>
internal static class OuterProducts
{
    /// <summary>
    /// Adds to rows <paramref name="firstRow"/> up to <paramref name="endRow"/> of A, in each from the group of sixteen columns that
    /// holds the diagonal to the last: the upper triangle, and what the groups on the diagonal have below it.
    /// </summary>
    /// <param name="a">A, <paramref name="stride"/> floats from row to row.</param>
    /// <param name="firstRow">A multiple of four.</param>
    /// <param name="endRow">Rows of A.</param>
    /// <param name="left">The first of <paramref name="count"/> padded rows, whose components choose the row of A.</param>
    /// <param name="right">The first of <paramref name="count"/> padded rows, whose components choose the column of A.</param>
    /// <param name="stride">Floats from row to row, of all three.</param>
    /// <param name="count">Pairs of rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddToUpper<TLanes, TSign>(ref float a, int firstRow, int endRow, ref float left, ref float right, int stride, int count)
        where TLanes : struct, ILanes<TLanes>
        where TSign : struct, ISign
    {
        nuint step = (nuint)stride;
        int row = firstRow;
        for (; row <= endRow - 4; row += 4)
        {
            ref float target = ref Unsafe.Add(ref a, row * stride);
            ref float x = ref Unsafe.Add(ref left, row);
            for (int column = row & -FactorMatrix.LaneCount; column < stride; column += FactorMatrix.LaneCount)
            {
                AddTile<TLanes, TSign>(ref Unsafe.Add(ref target, column), ref x, ref Unsafe.Add(ref right, column), step, count);
            }
        }

        for (; row < endRow; row++)
        {
            ref float target = ref Unsafe.Add(ref a, row * stride);
            ref float x = ref Unsafe.Add(ref left, row);
            for (int column = row & -FactorMatrix.LaneCount; column < stride; column += FactorMatrix.LaneCount)
            {
                AddTileRow<TLanes, TSign>(ref Unsafe.Add(ref target, column), ref x, ref Unsafe.Add(ref right, column), step, count);
            }
        }
    }

    /// <summary>Four rows by sixteen columns of A, which stay in registers while all pairs pass.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTile<TLanes, TSign>(ref float a, ref float left, ref float right, nuint stride, int count)
        where TLanes : struct, ILanes<TLanes>
        where TSign : struct, ISign
    {
        var a0 = TLanes.Load(ref a, 0);
        var a1 = TLanes.Load(ref a, stride);
        var a2 = TLanes.Load(ref a, 2 * stride);
        var a3 = TLanes.Load(ref a, 3 * stride);
        for (; count > 0; count--)
        {
            var y = TLanes.Load(ref right, 0);
            a0 = TSign.Step(TLanes.Broadcast(left), y, a0);
            a1 = TSign.Step(TLanes.Broadcast(Unsafe.Add(ref left, 1)), y, a1);
            a2 = TSign.Step(TLanes.Broadcast(Unsafe.Add(ref left, 2)), y, a2);
            a3 = TSign.Step(TLanes.Broadcast(Unsafe.Add(ref left, 3)), y, a3);
            left = ref Unsafe.Add(ref left, stride);
            right = ref Unsafe.Add(ref right, stride);
        }

        TLanes.Store(a0, ref a, 0);
        TLanes.Store(a1, ref a, stride);
        TLanes.Store(a2, ref a, 2 * stride);
        TLanes.Store(a3, ref a, 3 * stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTileRow<TLanes, TSign>(ref float a, ref float left, ref float right, nuint stride, int count)
        where TLanes : struct, ILanes<TLanes>
        where TSign : struct, ISign
    {
        var sum = TLanes.Load(ref a, 0);
        for (; count > 0; count--)
        {
            sum = TSign.Step(TLanes.Broadcast(left), TLanes.Load(ref right, 0), sum);
            left = ref Unsafe.Add(ref left, stride);
            right = ref Unsafe.Add(ref right, stride);
        }

        TLanes.Store(sum, ref a, 0);
    }
}
