using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PromoRec.Numerics;

/// <summary>A dense matrix of float32 factors, one row per customer or item.</summary>
/// <remarks>
/// Rows are padded with zeros to a multiple of sixteen floats, and every row starts at a multiple of 64 bytes, so that kernels need
/// no tail. The memory is a pinned array or a mapped file; whoever reads mapped memory through a span keeps the matrix reachable.
/// </remarks>
internal sealed class FactorMatrix
{
    /// <summary>Floats in a lane group: rows are padded to a multiple of it.</summary>
    public const int LaneCount = 16;

    /// <summary>Bytes to which every row is aligned.</summary>
    public const int Alignment = 64;

    private readonly Memory<float> _data;

    private FactorMatrix(Memory<float> data, int rows, int factors)
    {
        _data = data;
        Rows = rows;
        Factors = factors;
        Stride = StrideFor(factors);
    }

    public int Rows { get; }

    /// <summary>Columns that carry a meaning; the rest of a row is zero.</summary>
    public int Factors { get; }

    /// <summary>Floats from one row to the next: <see cref="Factors"/> rounded up to a multiple of sixteen.</summary>
    public int Stride { get; }

    /// <summary>All rows, one after the other, <see cref="Rows"/> × <see cref="Stride"/> floats.</summary>
    public Span<float> Data => _data.Span;

    public static int StrideFor(int factors) => (factors + LaneCount - 1) / LaneCount * LaneCount;

    /// <summary>Whether a matrix of that shape is no longer than an array can be.</summary>
    public static bool Fits(int rows, int factors) => (long)rows * StrideFor(factors) <= Array.MaxLength - LaneCount;

    /// <summary>A matrix of zeros.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It would have more than 2³¹ floats.</exception>
    public static FactorMatrix Create(int rows, int factors)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(factors, 1);
        long length = (long)rows * StrideFor(factors);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Array.MaxLength - LaneCount, nameof(rows));

        // Pinned, so that the collector cannot move the array off its alignment.
        float[] array = GC.AllocateArray<float>((int)length + LaneCount, pinned: true);
        int skipped = FloatsToAlignment(array);
        return new FactorMatrix(array.AsMemory(skipped, (int)length), rows, factors);
    }

    /// <summary>A matrix over memory that is aligned and padded already, a mapped file for instance.</summary>
    public static FactorMatrix Over(Memory<float> data, int rows, int factors)
    {
        if (data.Length != (long)rows * StrideFor(factors))
        {
            throw new ArgumentException($"{rows} rows of {factors} factors need {(long)rows * StrideFor(factors)} floats, but there are {data.Length}.", nameof(data));
        }

        return new FactorMatrix(data, rows, factors);
    }

    /// <summary>One row with its padding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<float> Row(int row) => _data.Span.Slice(row * Stride, Stride);

    private static int FloatsToAlignment(float[] pinned)
    {
        nint address = Marshal.UnsafeAddrOfPinnedArrayElement(pinned, 0);
        return (int)((Alignment - (address % Alignment)) % Alignment) / sizeof(float);
    }
}
