using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PromoRec.Numerics;

/// <summary>Solves A x = b for a symmetric positive definite A = UᵀU in single precision.</summary>
/// <remarks>
/// It works on the upper triangle, because the rows of U are then contiguous in every step. Panel after panel of eight rows takes off
/// all rows above it at once, so that each tile is read and written once. Every element is one chain of fused multiply-adds in the order
/// of the eliminated rows, so every vector width gives the same bits. Allocates nothing.
/// </remarks>
internal static class Cholesky
{
    private const int Panel = 8;
    private const int Group = FactorMatrix.LaneCount;

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
        return Vector512.IsHardwareAccelerated ? TryFactorize<Lanes512>(a, n, stride) : TryFactorize<EightFloats>(a, n, stride);
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

    internal static bool TryFactorize<TFloats>(Span<float> a, int n, int stride)
        where TFloats : struct, IFloats<TFloats>
    {
        ref float first = ref MemoryMarshal.GetReference(a);
        Span<float> triangle = stackalloc float[Panel * Panel];
        for (int row = 0; row < n; row += Panel)
        {
            int rows = Math.Min(Panel, n - row);
            OuterProducts.AddToUpper<TFloats, Minus>(ref first, stride, row, row + rows, ref first, stride, TFloats.Count, row);
            ref float panel = ref Unsafe.Add(ref first, row * stride);
            ref float corner = ref MemoryMarshal.GetReference(triangle);
            if (!TryFactorizeCorner(ref Unsafe.Add(ref panel, row), rows, stride, ref corner))
            {
                return false;
            }

            EliminatePanel<TFloats>(ref panel, row & -TFloats.Count, rows, stride, ref corner);
            for (int i = 0; i < rows; i++)
            {
                // Solving multiplies by it twice and never needs the element itself.
                Unsafe.Add(ref panel, (i * stride) + row + i) = triangle[(i * Panel) + i];
            }
        }

        return true;
    }

    internal static void Solve<TLanes>(ReadOnlySpan<float> u, int n, int stride, Span<float> b)
        where TLanes : struct, ILanes<TLanes>
    {
        SolveTransposed<TLanes>(u, n, stride, b);
        SolveUpper<TLanes>(u, n, stride, b);
    }

    /// <summary>The upper triangle of U on the diagonal of a panel, with the reciprocals of its diagonal, into <paramref name="triangle"/>.</summary>
    /// <remarks>
    /// Pivots wait for each other, so this is all latency, and that of a root and a division is the longest. Hence rows are eliminated as
    /// L D Lᵀ, which divides only: t = aᵢⱼ / aᵢᵢ, aⱼₖ -= t aᵢₖ. Roots are taken at the end, all at once: uᵢⱼ = aᵢⱼ / √aᵢᵢ.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TryFactorizeCorner(ref float corner, int rows, int stride, ref float triangle)
    {
        for (int row = 0; row < Panel; row++)
        {
            ref float target = ref Unsafe.Add(ref triangle, row * Panel);
            if (rows == Panel)
            {
                EightFloats.Store(EightFloats.Load(ref corner, (nuint)(row * stride)), ref target, 0);
                continue;
            }

            // Rows that are missing count as rows of the unit matrix, whose elimination changes nothing.
            for (int column = row; column < Panel; column++)
            {
                Unsafe.Add(ref target, column) = column < rows ? Unsafe.Add(ref corner, (row * stride) + column) : row == column ? 1 : 0;
            }
        }

        for (int row = 0; row < Panel; row++)
        {
            ref float u = ref Unsafe.Add(ref triangle, row * Panel);
            float pivot = Unsafe.Add(ref u, row);
            if (!(pivot > 0) || !float.IsFinite(pivot))
            {
                return false;
            }

            float reciprocal = -1 / pivot;
            var pivotRow = EightFloats.Load(ref u, 0);
            for (int other = row + 1; other < Panel; other++)
            {
                // Whole rows: what comes out left of the diagonal is never read.
                ref float otherRow = ref Unsafe.Add(ref triangle, other * Panel);
                EightFloats.Store(EightFloats.MultiplyAdd(EightFloats.Broadcast(reciprocal * Unsafe.Add(ref u, other)), pivotRow, EightFloats.Load(ref otherRow, 0)), ref otherRow, 0);
            }
        }

        for (int row = 0; row < Panel; row++)
        {
            ref float u = ref Unsafe.Add(ref triangle, row * Panel);
            float reciprocal = 1 / MathF.Sqrt(Unsafe.Add(ref u, row));
            EightFloats.Store(EightFloats.Multiply(EightFloats.Broadcast(reciprocal), EightFloats.Load(ref u, 0)), ref u, 0);
            Unsafe.Add(ref u, row) = reciprocal;
        }

        return true;
    }

    /// <summary>Makes the rows of a panel into rows of U, once all earlier rows have been eliminated from them.</summary>
    /// <remarks>In the vector on the diagonal it finds again what the triangle holds, and something that is never read below it.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void EliminatePanel<TFloats>(ref float panel, int column, int rows, int stride, ref float triangle)
        where TFloats : struct, IFloats<TFloats>
    {
        for (; column < stride; column += TFloats.Count)
        {
            ref float top = ref Unsafe.Add(ref panel, column);
            if (rows == Panel)
            {
                EliminateEight<TFloats>(ref top, (nuint)stride, ref triangle);
                continue;
            }

            for (int row = 0; row < rows; row++)
            {
                ref float current = ref Unsafe.Add(ref top, row * stride);
                var sum = TFloats.Load(ref current, 0);
                for (int above = 0; above < row; above++)
                {
                    sum = TFloats.MultiplySubtract(TFloats.Broadcast(Unsafe.Add(ref triangle, (above * Panel) + row)), TFloats.Load(ref Unsafe.Add(ref top, above * stride), 0), sum);
                }

                TFloats.Store(TFloats.Multiply(TFloats.Broadcast(Unsafe.Add(ref triangle, (row * Panel) + row)), sum), ref current, 0);
            }
        }
    }

    /// <summary>The same for one vector of columns of a whole panel, all in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void EliminateEight<TFloats>(ref float top, nuint stride, ref float u)
        where TFloats : struct, IFloats<TFloats>
    {
        ref float half = ref Unsafe.Add(ref top, 4 * stride);
        nuint second = 2 * stride, third = 3 * stride;
        var x0 = Scaled(ref u, 0, TFloats.Load(ref top, 0));
        TFloats.Store(x0, ref top, 0);
        var x1 = Scaled(ref u, 9, Less(ref u, 1, x0, TFloats.Load(ref top, stride)));
        TFloats.Store(x1, ref top, stride);
        var x2 = Scaled(ref u, 18, Less(ref u, 10, x1, Less(ref u, 2, x0, TFloats.Load(ref top, second))));
        TFloats.Store(x2, ref top, second);
        var x3 = Scaled(ref u, 27, Less(ref u, 19, x2, Less(ref u, 11, x1, Less(ref u, 3, x0, TFloats.Load(ref top, third)))));
        TFloats.Store(x3, ref top, third);
        var x4 = Scaled(ref u, 36, Less(ref u, 28, x3, Less(ref u, 20, x2, Less(ref u, 12, x1, Less(ref u, 4, x0, TFloats.Load(ref half, 0))))));
        TFloats.Store(x4, ref half, 0);
        var x5 = Scaled(ref u, 45, Less(ref u, 37, x4, Less(ref u, 29, x3, Less(ref u, 21, x2, Less(ref u, 13, x1, Less(ref u, 5, x0, TFloats.Load(ref half, stride)))))));
        TFloats.Store(x5, ref half, stride);
        var x6 = Less(ref u, 30, x3, Less(ref u, 22, x2, Less(ref u, 14, x1, Less(ref u, 6, x0, TFloats.Load(ref half, second)))));
        x6 = Scaled(ref u, 54, Less(ref u, 46, x5, Less(ref u, 38, x4, x6)));
        TFloats.Store(x6, ref half, second);
        var x7 = Less(ref u, 31, x3, Less(ref u, 23, x2, Less(ref u, 15, x1, Less(ref u, 7, x0, TFloats.Load(ref half, third)))));
        x7 = Scaled(ref u, 63, Less(ref u, 55, x6, Less(ref u, 47, x5, Less(ref u, 39, x4, x7))));
        TFloats.Store(x7, ref half, third);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TFloats Less<TFloats>(ref float u, nuint element, TFloats eliminated, TFloats row)
        where TFloats : struct, IFloats<TFloats> => TFloats.MultiplySubtract(TFloats.Broadcast(Unsafe.Add(ref u, element)), eliminated, row);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TFloats Scaled<TFloats>(ref float u, nuint element, TFloats row)
        where TFloats : struct, IFloats<TFloats> => TFloats.Multiply(TFloats.Broadcast(Unsafe.Add(ref u, element)), row);

    /// <summary>Uᵀ z = b, from the first row down.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SolveTransposed<TLanes>(ReadOnlySpan<float> u, int n, int stride, Span<float> b)
        where TLanes : struct, ILanes<TLanes>
    {
        ref float z = ref MemoryMarshal.GetReference(b);
        for (int first = 0; first < n; first += Group)
        {
            int end = Math.Min(first + Group, n);
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

            for (int column = first + Group; column < stride; column += FactorMatrix.LaneCount)
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
            int group = row & -Group;
            for (int column = group + Group; column < stride; column += FactorMatrix.LaneCount)
            {
                sum = TLanes.MultiplyAdd(TLanes.Load(ref current, (nuint)column), ref x, (nuint)column, sum);
            }

            // The component that was found last comes last, so that only one step waits for it.
            float value = Unsafe.Add(ref x, row) - LaneFold.ToSum(sum);
            for (int column = Math.Min(group + Group, n) - 1; column > row; column--)
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
