using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PromoRec.Numerics;

/// <summary>Solves A x = b for a symmetric positive definite A = UᵀU in single precision.</summary>
/// <remarks>
/// It works on the upper triangle, because the rows of U are then contiguous in every step. Panels of sixteen rows are eliminated one
/// after the other; every element is one chain of fused multiply-adds in the order of the eliminated rows, so every vector width gives
/// the same bits. Allocates nothing.
/// </remarks>
internal static class Cholesky
{
    private const int Panel = FactorMatrix.LaneCount;

    /// <summary>
    /// Replaces the upper triangle of A by U, with the reciprocals of its diagonal; what stands below is neither read nor kept. False
    /// when A is not positive definite: a pivot is not above 0, or not finite. The matrix is then spoilt.
    /// </summary>
    /// <param name="a">A, n rows of <paramref name="stride"/> floats.</param>
    /// <param name="n">Order of A.</param>
    /// <param name="stride">Floats from row to row, a multiple of sixteen, at least n.</param>
    public static bool TryFactorize(Span<float> a, int n, int stride)
    {
        CheckShape(a.Length, n, stride);
        return Vector512.IsHardwareAccelerated ? TryFactorize<Lanes512>(a, n, stride)
            : Vector256.IsHardwareAccelerated ? TryFactorize<Lanes256>(a, n, stride)
            : Vector128.IsHardwareAccelerated ? TryFactorize<Lanes128>(a, n, stride)
            : TryFactorize<LanesScalar>(a, n, stride);
    }

    /// <summary>Replaces b by the solution of UᵀU x = b.</summary>
    /// <param name="u">What <see cref="TryFactorize(Span{float}, int, int)"/> has left.</param>
    /// <param name="n">Order of the matrix.</param>
    /// <param name="stride">Floats from row to row.</param>
    /// <param name="b">A padded row: at least <paramref name="stride"/> floats, zeros from n on.</param>
    public static void Solve(ReadOnlySpan<float> u, int n, int stride, Span<float> b)
    {
        CheckShape(u.Length, n, stride);
        Throw.IfTooShort(b.Length, stride, nameof(b));
        if (Vector512.IsHardwareAccelerated)
        {
            Solve<Lanes512>(u, n, stride, b);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Solve<Lanes256>(u, n, stride, b);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            Solve<Lanes128>(u, n, stride, b);
        }
        else
        {
            Solve<LanesScalar>(u, n, stride, b);
        }
    }

    internal static bool TryFactorize<TLanes>(Span<float> a, int n, int stride)
        where TLanes : struct, ILanes<TLanes>
    {
        for (int first = 0; first < n; first += Panel)
        {
            int rows = Math.Min(Panel, n - first);
            if (!TryEliminatePanel<TLanes>(a, first, rows, stride))
            {
                return false;
            }

            ref float panel = ref MemoryMarshal.GetReference(a[(first * stride)..]);
            OuterProducts.AddToUpper<TLanes, Minus>(ref MemoryMarshal.GetReference(a), first + rows, n, ref panel, ref panel, stride, rows);
        }

        return true;
    }

    internal static void Solve<TLanes>(ReadOnlySpan<float> u, int n, int stride, Span<float> b)
        where TLanes : struct, ILanes<TLanes>
    {
        SolveTransposed<TLanes>(u, n, stride, b);
        SolveUpper<TLanes>(u, n, stride, b);
    }

    /// <summary>Makes sixteen rows of A into rows of U, once all earlier rows have been eliminated from them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TryEliminatePanel<TLanes>(Span<float> a, int first, int rows, int stride)
        where TLanes : struct, ILanes<TLanes>
    {
        ref float panel = ref MemoryMarshal.GetReference(a[(first * stride)..]);
        for (int row = 0; row < rows; row++)
        {
            ref float current = ref Unsafe.Add(ref panel, row * stride);

            // Of the group on the diagonal, what is left of it is computed too and never read.
            for (int column = first; column < stride; column += FactorMatrix.LaneCount)
            {
                var sum = TLanes.Load(ref current, (nuint)column);
                for (int above = 0; above < row; above++)
                {
                    ref float eliminated = ref Unsafe.Add(ref panel, above * stride);
                    sum = TLanes.MultiplySubtract(TLanes.Broadcast(Unsafe.Add(ref eliminated, first + row)), TLanes.Load(ref eliminated, (nuint)column), sum);
                }

                TLanes.Store(sum, ref current, (nuint)column);
            }

            float pivot = Unsafe.Add(ref current, first + row);
            if (!(pivot > 0) || !float.IsFinite(pivot))
            {
                return false;
            }

            float reciprocal = 1 / MathF.Sqrt(pivot);
            var scale = TLanes.Broadcast(reciprocal);
            for (int column = first; column < stride; column += FactorMatrix.LaneCount)
            {
                TLanes.Store(TLanes.Multiply(scale, TLanes.Load(ref current, (nuint)column)), ref current, (nuint)column);
            }

            // Solving multiplies by it twice and never needs the element itself.
            Unsafe.Add(ref current, first + row) = reciprocal;
        }

        return true;
    }

    /// <summary>Uᵀ z = b, from the first row down.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SolveTransposed<TLanes>(ReadOnlySpan<float> u, int n, int stride, Span<float> b)
        where TLanes : struct, ILanes<TLanes>
    {
        ref float z = ref MemoryMarshal.GetReference(b);
        for (int first = 0; first < n; first += Panel)
        {
            int end = Math.Min(first + Panel, n);
            ref float panel = ref MemoryMarshal.GetReference(u[(first * stride)..]);
            for (int row = first; row < end; row++)
            {
                ref float current = ref Unsafe.Add(ref panel, (row - first) * stride);
                float value = Unsafe.Add(ref z, row) * Unsafe.Add(ref current, row);
                Unsafe.Add(ref z, row) = value;
                for (int column = row + 1; column < end; column++)
                {
                    Unsafe.Add(ref z, column) = MathF.FusedMultiplyAdd(-value, Unsafe.Add(ref current, column), Unsafe.Add(ref z, column));
                }
            }

            for (int column = first + Panel; column < stride; column += FactorMatrix.LaneCount)
            {
                var sum = TLanes.Load(ref z, (nuint)column);
                for (int row = first; row < end; row++)
                {
                    sum = TLanes.MultiplySubtract(
                        TLanes.Broadcast(Unsafe.Add(ref z, row)), TLanes.Load(ref Unsafe.Add(ref panel, (row - first) * stride), (nuint)column), sum);
                }

                TLanes.Store(sum, ref z, (nuint)column);
            }
        }
    }

    /// <summary>U x = z, from the last row up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SolveUpper<TLanes>(ReadOnlySpan<float> u, int n, int stride, Span<float> b)
        where TLanes : struct, ILanes<TLanes>
    {
        ref float x = ref MemoryMarshal.GetReference(b);
        for (int row = n - 1; row >= 0; row--)
        {
            ref float current = ref MemoryMarshal.GetReference(u[(row * stride)..]);

            TLanes sum = TLanes.Zero;
            int group = row & -Panel;
            for (int column = group + Panel; column < stride; column += FactorMatrix.LaneCount)
            {
                sum = TLanes.MultiplyAdd(TLanes.Load(ref current, (nuint)column), ref x, (nuint)column, sum);
            }

            // The component that was found last comes last, so that only one step waits for it.
            float value = Unsafe.Add(ref x, row) - LaneFold.ToSum(sum);
            for (int column = Math.Min(group + Panel, n) - 1; column > row; column--)
            {
                value = MathF.FusedMultiplyAdd(-Unsafe.Add(ref current, column), Unsafe.Add(ref x, column), value);
            }

            Unsafe.Add(ref x, row) = value * Unsafe.Add(ref current, row);
        }
    }

    private static void CheckShape(int length, int n, int stride)
    {
        Throw.IfNotStride(stride);
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(n, stride);
        Throw.IfTooShort(length, (long)n * stride, "a");
    }
}
