using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using CommunityToolkit.HighPerformance.Buffers;

namespace PromoRec.Numerics;

/// <summary>RᵀR = Σ r rᵀ over the rows of a factor matrix.</summary>
internal static class GramMatrix
{
    /// <summary>Floats of a chunk of rows that stays in the first-level cache while every tile of the result passes over it.</summary>
    private const int ChunkFloats = 4096;

    /// <summary>The full symmetric factors × factors matrix.</summary>
    /// <remarks>
    /// <para>
    /// The rows are cut into blocks by a rule that sees only the shape; each block is one chain of fused multiply-adds an element, and
    /// blocks are added in their order. The bits depend on neither the number of threads nor the vector width.
    /// </para>
    /// <para>Cost: rows · factors² / 2 fused multiply-adds. Scratch: one result a block, at most 32 MiB or four blocks.</para>
    /// </remarks>
    public static FactorMatrix Compute(FactorMatrix rows, int threads, CancellationToken cancellationToken) =>
        Vector512.IsHardwareAccelerated ? Compute<Lanes512>(rows, threads, cancellationToken) : Compute<EightFloats>(rows, threads, cancellationToken);

    internal static FactorMatrix Compute<TFloats>(FactorMatrix rows, int threads, CancellationToken cancellationToken)
        where TFloats : struct, IFloats<TFloats>
    {
        int workers = Threads.Resolve(threads);
        int factors = rows.Factors;
        int size = factors * rows.Stride;
        int blockRows = BlockRows(rows.Rows, size);
        int blocks = Math.Max(1, (rows.Rows + blockRows - 1) / blockRows);
        using var partials = MemoryOwner<float>.Allocate(blocks * size, AllocationMode.Clear);
        void AddBlock(int block)
        {
            int first = block * blockRows;
            int count = Math.Min(blockRows, rows.Rows - first);
            Add<TFloats>(partials.Span.Slice(block * size, size), factors, rows.Data.Slice(first * rows.Stride, count * rows.Stride), rows.Stride);
        }

        if (workers == 1 || blocks == 1)
        {
            for (int block = 0; block < blocks; block++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                AddBlock(block);
            }
        }
        else
        {
            Parallel.For(0, blocks, new ParallelOptions { MaxDegreeOfParallelism = workers, CancellationToken = cancellationToken }, AddBlock);
        }

        var result = FactorMatrix.Create(factors, factors);
        Span<float> sum = result.Data;
        for (int block = 0; block < blocks; block++)
        {
            TensorPrimitives.Add(sum, partials.Span.Slice(block * size, size), sum);
        }

        MirrorUpper(sum, factors, rows.Stride);
        return result;
    }

    /// <summary>At least a thousand rows a block, at most 64 blocks, and fewer where a partial result is large.</summary>
    private static int BlockRows(int rows, int size)
    {
        int mostBlocks = Math.Clamp((1 << 23) / size, 4, 64);
        return Math.Max(1024, (rows + mostBlocks - 1) / mostBlocks);
    }

    private static void Add<TFloats>(Span<float> sum, int factors, ReadOnlySpan<float> rows, int stride)
        where TFloats : struct, IFloats<TFloats>
    {
        int chunk = Math.Max(16, ChunkFloats / stride) * stride;
        for (; rows.Length > 0; rows = rows[Math.Min(chunk, rows.Length)..])
        {
            ref float first = ref MemoryMarshal.GetReference(rows);
            OuterProducts.AddToUpper<TFloats, Plus>(
                ref MemoryMarshal.GetReference(sum), stride, 0, factors, ref first, stride, TFloats.Count, Math.Min(chunk, rows.Length) / stride);
        }
    }

    private static void MirrorUpper(Span<float> matrix, int n, int stride)
    {
        for (int row = 1; row < n; row++)
        {
            for (int column = 0; column < row; column++)
            {
                matrix[(row * stride) + column] = matrix[(column * stride) + row];
            }
        }
    }
}
