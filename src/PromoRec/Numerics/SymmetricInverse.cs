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

    /// <summary>Rows and groups of sixteen columns whose sums stay in registers.</summary>
    private const int TileRows = 4;
    private const int TileGroups = 4;

    /// <summary>Rows that a thread takes at a time.</summary>
    private const int RowsAtOnce = 64;

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
        FactorMatrix rows = FactorMatrix.Create(Block, n);
        for (int first = 0; first < n; first += Block)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int size = Math.Min(Block, n - first);
            CopyColumns(a, first, size, columns);
            if (!DenseInverse.TryCompute(a, first, size, out double[] inverse))
            {
                return false;
            }

            MultiplyColumns(columns, inverse, size, rows);
            Parallel.For(
                0,
                (n + RowsAtOnce - 1) / RowsAtOnce,
                new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken },
                batch => Update<TLanes>(a, batch * RowsAtOnce, Math.Min(n, (batch + 1) * RowsAtOnce), columns, rows, size));
            WriteBlock(a, first, size, rows, inverse);
            progress?.Invoke(size);
        }

        Mirror(a, threads, cancellationToken);
        return true;
    }

    /// <summary>Copies the lower triangle above the diagonal, in squares of which both sides stay in the cache.</summary>
    private static void Mirror(FactorMatrix a, int threads, CancellationToken cancellationToken) => Parallel.For(
        0,
        (a.Rows + RowsAtOnce - 1) / RowsAtOnce,
        new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken },
        batch =>
        {
            int first = batch * RowsAtOnce;
            int end = Math.Min(a.Rows, first + RowsAtOnce);
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
        });

    /// <summary>The block's columns with the sign turned, n × size; above the block they stand in its rows.</summary>
    private static void CopyColumns(FactorMatrix a, int first, int size, float[] columns)
    {
        for (int row = 0; row < a.Rows; row++)
        {
            for (int p = 0; p < size; p++)
            {
                int other = first + p;
                columns[(row * Block) + p] = -(other <= row ? a.Row(row)[other] : a.Row(other)[row]);
            }
        }
    }

    /// <summary>D Cᵀ, size × n.</summary>
    private static void MultiplyColumns(float[] columns, double[] inverse, int size, FactorMatrix rows)
    {
        Parallel.For(0, rows.Factors, row =>
        {
            for (int p = 0; p < size; p++)
            {
                double sum = 0;
                for (int q = 0; q < size; q++)
                {
                    sum -= inverse[(p * size) + q] * columns[(row * Block) + q];
                }

                rows.Row(p)[row] = (float)sum;
            }
        });
    }

    private static void WriteBlock(FactorMatrix a, int first, int size, FactorMatrix rows, double[] inverse)
    {
        for (int p = 0; p < size; p++)
        {
            rows.Row(p)[..first].CopyTo(a.Row(first + p));
            for (int q = 0; q < size; q++)
            {
                a.Row(first + p)[first + q] = (float)-inverse[(p * size) + q];
            }
        }

        for (int row = first + size; row < a.Rows; row++)
        {
            for (int p = 0; p < size; p++)
            {
                a.Row(row)[first + p] = rows.Row(p)[row];
            }
        }
    }

    /// <summary>Adds −C · (D Cᵀ) to rows of A, up to the diagonal.</summary>
    private static void Update<TLanes>(FactorMatrix a, int firstRow, int endRow, float[] columns, FactorMatrix rows, int size)
        where TLanes : struct, ILanes<TLanes>
    {
        int groups = (endRow + Lanes - 1) / Lanes;
        for (int group = 0; group < groups; group += TileGroups)
        {
            for (int row = firstRow; row < endRow; row += TileRows)
            {
                if (row + TileRows <= endRow && group + TileGroups <= groups)
                {
                    Tile<TLanes>(a, row, group * Lanes, columns, rows, size);
                }
                else
                {
                    Edge<TLanes>(a, row, Math.Min(endRow, row + TileRows), group, Math.Min(groups, group + TileGroups), columns, rows, size);
                }
            }
        }
    }

    /// <summary>Four rows and four groups of columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile<TLanes>(FactorMatrix a, int row, int column, float[] columns, FactorMatrix rows, int size)
        where TLanes : struct, ILanes<TLanes>
    {
        nuint stride = (nuint)a.Stride;
        ref float target = ref a.Row(row)[column];
        ref float factor = ref columns[row * Block];
        ref float source = ref rows.Row(0)[column];
        TLanes a0 = TLanes.Load(ref target, 0), a1 = TLanes.Load(ref target, 16), a2 = TLanes.Load(ref target, 32), a3 = TLanes.Load(ref target, 48);
        TLanes b0 = TLanes.Load(ref target, stride), b1 = TLanes.Load(ref target, stride + 16), b2 = TLanes.Load(ref target, stride + 32), b3 = TLanes.Load(ref target, stride + 48);
        nuint third = 2 * stride, fourth = 3 * stride;
        TLanes c0 = TLanes.Load(ref target, third), c1 = TLanes.Load(ref target, third + 16), c2 = TLanes.Load(ref target, third + 32), c3 = TLanes.Load(ref target, third + 48);
        TLanes d0 = TLanes.Load(ref target, fourth), d1 = TLanes.Load(ref target, fourth + 16), d2 = TLanes.Load(ref target, fourth + 32), d3 = TLanes.Load(ref target, fourth + 48);
        for (int p = 0; p < size; p++)
        {
            TLanes x0 = TLanes.Load(ref source, 0), x1 = TLanes.Load(ref source, 16), x2 = TLanes.Load(ref source, 32), x3 = TLanes.Load(ref source, 48);
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
            source = ref Unsafe.Add(ref source, (nint)stride);
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

    /// <summary>What is left where no whole tile fits.</summary>
    private static void Edge<TLanes>(FactorMatrix a, int firstRow, int endRow, int firstGroup, int endGroup, float[] columns, FactorMatrix rows, int size)
        where TLanes : struct, ILanes<TLanes>
    {
        for (int row = firstRow; row < endRow; row++)
        {
            for (int group = firstGroup; group < endGroup; group++)
            {
                ref float target = ref MemoryMarshal.GetReference(a.Row(row)[(group * Lanes)..]);
                TLanes sum = TLanes.Load(ref target, 0);
                for (int p = 0; p < size; p++)
                {
                    sum = TLanes.MultiplyAdd(TLanes.Broadcast(columns[(row * Block) + p]), ref MemoryMarshal.GetReference(rows.Row(p)[(group * Lanes)..]), 0, sum);
                }

                TLanes.Store(sum, ref target, 0);
            }
        }
    }
}
