using System.Runtime.CompilerServices;

namespace PromoRec.Numerics;

/// <summary>The kernel under products with a symmetric matrix: s += Σⱼ fⱼ rⱼ over padded rows.</summary>
internal static class RowCombination
{
    /// <summary>Adds the rows in their order, each component a chain of fused multiply-adds that stays in a register all the while.</summary>
    /// <param name="rows">The first of <paramref name="count"/> rows.</param>
    /// <param name="count">Rows and factors.</param>
    /// <param name="stride">Floats from row to row, and of the sum.</param>
    /// <param name="factors">The first of the factors fⱼ.</param>
    /// <param name="sum">The first component of s.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add<TLanes>(ref float rows, int count, nuint stride, ref float factors, ref float sum)
        where TLanes : struct, ILanes<TLanes>
    {
        nuint column = 0;
        for (; column + (4 * FactorMatrix.LaneCount) <= stride; column += 4 * FactorMatrix.LaneCount)
        {
            AddFourGroups<TLanes>(ref Unsafe.Add(ref rows, column), ref factors, ref Unsafe.Add(ref sum, column), stride, count);
        }

        for (; column < stride; column += FactorMatrix.LaneCount)
        {
            AddGroup<TLanes>(ref Unsafe.Add(ref rows, column), ref factors, ref Unsafe.Add(ref sum, column), stride, count);
        }
    }

    /// <summary>Sixty-four components of the sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddFourGroups<TLanes>(ref float rows, ref float factors, ref float sum, nuint stride, int count)
        where TLanes : struct, ILanes<TLanes>
    {
        var sum0 = TLanes.Load(ref sum, 0);
        var sum1 = TLanes.Load(ref sum, 16);
        var sum2 = TLanes.Load(ref sum, 32);
        var sum3 = TLanes.Load(ref sum, 48);
        ref float end = ref Unsafe.Add(ref factors, count);
        while (Unsafe.IsAddressLessThan(ref factors, ref end))
        {
            var factor = TLanes.Broadcast(factors);
            sum0 = TLanes.MultiplyAdd(factor, ref rows, 0, sum0);
            sum1 = TLanes.MultiplyAdd(factor, ref rows, 16, sum1);
            sum2 = TLanes.MultiplyAdd(factor, ref rows, 32, sum2);
            sum3 = TLanes.MultiplyAdd(factor, ref rows, 48, sum3);
            factors = ref Unsafe.Add(ref factors, 1);
            rows = ref Unsafe.Add(ref rows, stride);
        }

        TLanes.Store(sum0, ref sum, 0);
        TLanes.Store(sum1, ref sum, 16);
        TLanes.Store(sum2, ref sum, 32);
        TLanes.Store(sum3, ref sum, 48);
    }

    /// <summary>Sixteen components of the sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddGroup<TLanes>(ref float rows, ref float factors, ref float sum, nuint stride, int count)
        where TLanes : struct, ILanes<TLanes>
    {
        var sum0 = TLanes.Load(ref sum, 0);
        for (; count > 0; count--)
        {
            sum0 = TLanes.MultiplyAdd(TLanes.Broadcast(factors), ref rows, 0, sum0);
            factors = ref Unsafe.Add(ref factors, 1);
            rows = ref Unsafe.Add(ref rows, stride);
        }

        TLanes.Store(sum0, ref sum, 0);
    }
}
