using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PromoRec.Numerics;

/// <summary>Inverts a large symmetric positive definite matrix in its own memory.</summary>
/// <remarks>
/// <para>
/// The sweep operator, a block of rows at a time: with D = A⁻¹ of the block's diagonal and C the block's columns, Aᵢⱼ −= Cᵢ D Cⱼᵀ everywhere else, the block's columns become C D and its diagonal −D. When every
/// block was swept the matrix is −A⁻¹. Only the lower triangle is kept up, which halves the work to n³ multiplications and additions.
/// </para>
/// <para>
/// Every element is one chain of fused multiply-adds in the order of the rows, so every number of threads and every vector width gives the same bits. Source: Goodnight, "A tutorial on the SWEEP
/// operator", The American Statistician 33(3), 1979.
/// </para>
/// </remarks>
internal static class SymmetricInverse
{
    private const int Lanes = FactorMatrix.LaneCount;

    /// <summary>Rows of a block: the part of them that a tile needs stays in the first-level cache.</summary>
    private const int Block = 128;

    /// <summary>Floats of a block in one group of sixteen columns.</summary>
    private const int Panel = Block * Lanes;

    /// <summary>Rows and groups of sixteen columns whose sums stay in registers: sixteen registers of 512 bits, or twelve of 256.</summary>
    private const int WideRows = 4;
    private const int WideGroups = 4;
    private const int NarrowRows = 6;

    /// <summary>Rows that a thread takes at a time, whole tiles of either kind.</summary>
    private const int RowsAtOnce = 96;

    /// <summary>Groups of columns that a thread takes at a time: the block's part of them stays in the second-level cache.</summary>
    private const int GroupsAtOnce = 16;

    /// <summary>Replaces A by −A⁻¹. Of A only the lower triangle is read.</summary>
    /// <param name="a">A, n × n.</param>
    /// <param name="threads">Threads to use.</param>
    /// <param name="progress">Told after each block how many rows it had.</param>
    /// <param name="cancellationToken">Stops between two blocks.</param>
    /// <returns>False when A is not positive definite in single precision. The matrix is then spoilt.</returns>
    public static bool TryInvert(FactorMatrix a, int threads, Action<int>? progress, CancellationToken cancellationToken)
    {
        if (a.Rows != a.Factors)
        {
            throw new ArgumentException($"A matrix of {a.Rows} rows and {a.Factors} columns has no inverse.", nameof(a));
        }

        return Vector512.IsHardwareAccelerated ? TryInvert<Lanes512>(a, threads, progress, cancellationToken)
            : Vector256.IsHardwareAccelerated ? TryInvert<Lanes256>(a, threads, progress, cancellationToken)
            : Vector128.IsHardwareAccelerated ? TryInvert<Lanes128>(a, threads, progress, cancellationToken)
            : TryInvert<LanesScalar>(a, threads, progress, cancellationToken);
    }

    internal static bool TryInvert<TLanes>(FactorMatrix a, int threads, Action<int>? progress, CancellationToken cancellationToken)
        where TLanes : struct, ILanes<TLanes>
    {
        int n = a.Rows;
        var columns = new float[n * Block];

        // Group after group of sixteen columns, so that a tile reads what it needs from one place.
        FactorMatrix panels = FactorMatrix.Create((n + Lanes - 1) / Lanes * Block, Lanes);
        for (int first = 0; first < n; first += Block)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int size = Math.Min(Block, n - first);
            if (!DenseInverse.TryCompute(a, first, size, out double[] inverse))
            {
                return false;
            }

            double[] padded = Padded(inverse, size);
            ByRows(
                n,
                threads,
                (firstRow, endRow) =>
                {
                    CopyColumns(a, first, size, columns, firstRow, endRow);
                    MultiplyColumns(columns, padded, panels, firstRow, endRow);
                },
                cancellationToken);
            ByRows(n, threads, (firstRow, endRow) => Update<TLanes>(a, firstRow, endRow, columns, panels, size), cancellationToken);
            WriteBlock(a, first, size, panels, inverse);
            progress?.Invoke(size);
        }

        Mirror(a, threads, cancellationToken);
        return true;
    }

    private static void ByRows(int n, int threads, Action<int, int> part, CancellationToken cancellationToken) => Parallel.For(
        0,
        (n + RowsAtOnce - 1) / RowsAtOnce,
        new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken },
        batch => part(batch * RowsAtOnce, Math.Min(n, (batch + 1) * RowsAtOnce)));

    /// <summary>Copies the lower triangle above the diagonal, in squares of which both sides stay in the cache.</summary>
    private static void Mirror(FactorMatrix a, int threads, CancellationToken cancellationToken) => ByRows(
        a.Rows,
        threads,
        (first, end) =>
        {
            for (int square = 0; square < end; square += RowsAtOnce)
            {
                for (int row = first; row < end; row++)
                {
                    for (int column = square; column < Math.Min(row, square + RowsAtOnce); column++)
                    {
                        a.Row(column)[row] = a.Row(row)[column];
                    }
                }
            }
        },
        cancellationToken);

    /// <summary>The block's columns with the sign turned, n × size; above the block they stand in its rows.</summary>
    private static void CopyColumns(FactorMatrix a, int first, int size, float[] columns, int firstRow, int endRow)
    {
        for (int row = firstRow; row < endRow; row++)
        {
            for (int p = 0; p < size; p++)
            {
                int other = first + p;
                columns[(row * Block) + p] = -(other <= row ? a.Row(row)[other] : a.Row(other)[row]);
            }
        }
    }

    /// <summary>The inverse of a block with zeros up to the size of a whole one.</summary>
    private static double[] Padded(double[] inverse, int size)
    {
        var padded = new double[Block * Block];
        for (int row = 0; row < size; row++)
        {
            inverse.AsSpan(row * size, size).CopyTo(padded.AsSpan(row * Block));
        }

        return padded;
    }

    /// <summary>D Cᵀ, thirty-two of its rows at a time: eight chains of doubles in registers of four.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyColumns(float[] columns, double[] inverse, FactorMatrix panels, int firstRow, int endRow)
    {
        Span<double> sums = stackalloc double[32];
        ref double sum = ref MemoryMarshal.GetReference(sums);
        for (int part = 0; part < Block; part += sums.Length)
        {
            for (int row = firstRow; row < endRow; row++)
            {
                ref double source = ref inverse[part];
                Vector256<double> s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default, s6 = default, s7 = default;
                foreach (float value in columns.AsSpan(row * Block, Block))
                {
                    var factor = Vector256.Create((double)value);
                    s0 -= factor * Vector256.LoadUnsafe(ref source);
                    s1 -= factor * Vector256.LoadUnsafe(ref source, 4);
                    s2 -= factor * Vector256.LoadUnsafe(ref source, 8);
                    s3 -= factor * Vector256.LoadUnsafe(ref source, 12);
                    s4 -= factor * Vector256.LoadUnsafe(ref source, 16);
                    s5 -= factor * Vector256.LoadUnsafe(ref source, 20);
                    s6 -= factor * Vector256.LoadUnsafe(ref source, 24);
                    s7 -= factor * Vector256.LoadUnsafe(ref source, 28);
                    source = ref Unsafe.Add(ref source, Block);
                }

                s0.StoreUnsafe(ref sum);
                s1.StoreUnsafe(ref sum, 4);
                s2.StoreUnsafe(ref sum, 8);
                s3.StoreUnsafe(ref sum, 12);
                s4.StoreUnsafe(ref sum, 16);
                s5.StoreUnsafe(ref sum, 20);
                s6.StoreUnsafe(ref sum, 24);
                s7.StoreUnsafe(ref sum, 28);
                int panel = (row / Lanes * Block) + part;
                for (int p = 0; p < sums.Length; p++)
                {
                    panels.Row(panel + p)[row % Lanes] = (float)sums[p];
                }
            }
        }
    }

    private static void WriteBlock(FactorMatrix a, int first, int size, FactorMatrix panels, double[] inverse)
    {
        for (int p = 0; p < size; p++)
        {
            for (int column = 0; column < first; column += Lanes)
            {
                panels.Row((column / Lanes * Block) + p).CopyTo(a.Row(first + p)[column..]);
            }

            for (int q = 0; q < size; q++)
            {
                a.Row(first + p)[first + q] = (float)-inverse[(p * size) + q];
            }
        }

        for (int row = first + size; row < a.Rows; row++)
        {
            for (int p = 0; p < size; p++)
            {
                a.Row(row)[first + p] = panels.Row((row / Lanes * Block) + p)[row % Lanes];
            }
        }
    }

    /// <summary>Adds −C · (D Cᵀ) to rows of A, up to the diagonal.</summary>
    private static void Update<TLanes>(FactorMatrix a, int firstRow, int endRow, float[] columns, FactorMatrix panels, int size)
        where TLanes : struct, ILanes<TLanes>
    {
        bool isWide = typeof(TLanes) == typeof(Lanes512);
        int groups = (endRow + Lanes - 1) / Lanes;
        for (int first = 0; first < groups; first += GroupsAtOnce)
        {
            int end = Math.Min(groups, first + GroupsAtOnce);
            int row = firstRow;
            for (int step = isWide ? WideRows : NarrowRows; row + step <= endRow; row += step)
            {
                int group = first;
                for (; isWide && group + WideGroups <= end; group += WideGroups)
                {
                    Wide<TLanes>(ref a.Row(row)[group * Lanes], (nuint)a.Stride, ref columns[row * Block], ref panels.Row(group * Block)[0], size);
                }

                for (; !isWide && group < end; group++)
                {
                    Narrow<TLanes>(ref a.Row(row)[group * Lanes], (nuint)a.Stride, ref columns[row * Block], ref panels.Row(group * Block)[0], size);
                }

                for (; group < end; group++)
                {
                    for (int one = row; one < row + step; one++)
                    {
                        Single<TLanes>(ref a.Row(one)[group * Lanes], ref columns[one * Block], ref panels.Row(group * Block)[0], size);
                    }
                }
            }

            for (; row < endRow; row++)
            {
                for (int group = first; group < end; group++)
                {
                    Single<TLanes>(ref a.Row(row)[group * Lanes], ref columns[row * Block], ref panels.Row(group * Block)[0], size);
                }
            }
        }
    }

    /// <summary>Six rows and one group of columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Narrow<TLanes>(ref float target, nuint stride, ref float factor, ref float source, int size)
        where TLanes : struct, ILanes<TLanes>
    {
        nuint third = 2 * stride, fourth = 3 * stride, fifth = 4 * stride, sixth = 5 * stride;
        TLanes a = TLanes.Load(ref target, 0), b = TLanes.Load(ref target, stride), c = TLanes.Load(ref target, third);
        TLanes d = TLanes.Load(ref target, fourth), e = TLanes.Load(ref target, fifth), f = TLanes.Load(ref target, sixth);
        for (int p = 0; p < size; p++)
        {
            TLanes x = TLanes.Load(ref source, 0);
            a = TLanes.MultiplyAdd(TLanes.Broadcast(factor), x, a);
            b = TLanes.MultiplyAdd(TLanes.Broadcast(Unsafe.Add(ref factor, Block)), x, b);
            c = TLanes.MultiplyAdd(TLanes.Broadcast(Unsafe.Add(ref factor, 2 * Block)), x, c);
            d = TLanes.MultiplyAdd(TLanes.Broadcast(Unsafe.Add(ref factor, 3 * Block)), x, d);
            e = TLanes.MultiplyAdd(TLanes.Broadcast(Unsafe.Add(ref factor, 4 * Block)), x, e);
            f = TLanes.MultiplyAdd(TLanes.Broadcast(Unsafe.Add(ref factor, 5 * Block)), x, f);
            factor = ref Unsafe.Add(ref factor, 1);
            source = ref Unsafe.Add(ref source, Lanes);
        }

        TLanes.Store(a, ref target, 0);
        TLanes.Store(b, ref target, stride);
        TLanes.Store(c, ref target, third);
        TLanes.Store(d, ref target, fourth);
        TLanes.Store(e, ref target, fifth);
        TLanes.Store(f, ref target, sixth);
    }

    /// <summary>One row and one group of columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Single<TLanes>(ref float target, ref float factor, ref float source, int size)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes sum = TLanes.Load(ref target, 0);
        for (int p = 0; p < size; p++)
        {
            sum = TLanes.MultiplyAdd(TLanes.Broadcast(factor), ref source, 0, sum);
            factor = ref Unsafe.Add(ref factor, 1);
            source = ref Unsafe.Add(ref source, Lanes);
        }

        TLanes.Store(sum, ref target, 0);
    }

    /// <summary>Four rows and four groups of columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Wide<TLanes>(ref float target, nuint stride, ref float factor, ref float source, int size)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes a0 = TLanes.Load(ref target, 0), a1 = TLanes.Load(ref target, 16), a2 = TLanes.Load(ref target, 32), a3 = TLanes.Load(ref target, 48);
        TLanes b0 = TLanes.Load(ref target, stride), b1 = TLanes.Load(ref target, stride + 16), b2 = TLanes.Load(ref target, stride + 32), b3 = TLanes.Load(ref target, stride + 48);
        nuint third = 2 * stride, fourth = 3 * stride;
        TLanes c0 = TLanes.Load(ref target, third), c1 = TLanes.Load(ref target, third + 16), c2 = TLanes.Load(ref target, third + 32), c3 = TLanes.Load(ref target, third + 48);
        TLanes d0 = TLanes.Load(ref target, fourth), d1 = TLanes.Load(ref target, fourth + 16), d2 = TLanes.Load(ref target, fourth + 32), d3 = TLanes.Load(ref target, fourth + 48);
        for (int p = 0; p < size; p++)
        {
            TLanes x0 = TLanes.Load(ref source, 0), x1 = TLanes.Load(ref source, Panel), x2 = TLanes.Load(ref source, 2 * Panel), x3 = TLanes.Load(ref source, 3 * Panel);
            var f = TLanes.Broadcast(factor);
            a0 = TLanes.MultiplyAdd(f, x0, a0);
            a1 = TLanes.MultiplyAdd(f, x1, a1);
            a2 = TLanes.MultiplyAdd(f, x2, a2);
            a3 = TLanes.MultiplyAdd(f, x3, a3);
            f = TLanes.Broadcast(Unsafe.Add(ref factor, Block));
            b0 = TLanes.MultiplyAdd(f, x0, b0);
            b1 = TLanes.MultiplyAdd(f, x1, b1);
            b2 = TLanes.MultiplyAdd(f, x2, b2);
            b3 = TLanes.MultiplyAdd(f, x3, b3);
            f = TLanes.Broadcast(Unsafe.Add(ref factor, 2 * Block));
            c0 = TLanes.MultiplyAdd(f, x0, c0);
            c1 = TLanes.MultiplyAdd(f, x1, c1);
            c2 = TLanes.MultiplyAdd(f, x2, c2);
            c3 = TLanes.MultiplyAdd(f, x3, c3);
            f = TLanes.Broadcast(Unsafe.Add(ref factor, 3 * Block));
            d0 = TLanes.MultiplyAdd(f, x0, d0);
            d1 = TLanes.MultiplyAdd(f, x1, d1);
            d2 = TLanes.MultiplyAdd(f, x2, d2);
            d3 = TLanes.MultiplyAdd(f, x3, d3);
            factor = ref Unsafe.Add(ref factor, 1);
            source = ref Unsafe.Add(ref source, Lanes);
        }

        Store(ref target, 0, a0, a1, a2, a3);
        Store(ref target, stride, b0, b1, b2, b3);
        Store(ref target, third, c0, c1, c2, c3);
        Store(ref target, fourth, d0, d1, d2, d3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TLanes>(ref float target, nuint offset, TLanes first, TLanes second, TLanes third, TLanes fourth)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes.Store(first, ref target, offset);
        TLanes.Store(second, ref target, offset + 16);
        TLanes.Store(third, ref target, offset + 32);
        TLanes.Store(fourth, ref target, offset + 48);
    }
}
