using System.Diagnostics.CodeAnalysis;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PromoRec.Numerics;

/// <summary>Argument checks of the kernels, with the throwing out of line.</summary>
internal static class Throw
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void IfTooShort(int length, long needed, string name)
    {
        if (length < needed)
        {
            TooShort(length, needed, name);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void IfNotStride(int stride)
    {
        if (stride <= 0 || stride % FactorMatrix.LaneCount != 0)
        {
            NotStride(stride);
        }
    }

    /// <summary>Refuses a range of rows that does not lie in the matrix.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void IfNotRows(FactorMatrix matrix, int first, int count)
    {
        if ((uint)first > (uint)matrix.Rows || (uint)count > (uint)(matrix.Rows - first))
        {
            NotRows(matrix.Rows, first, count);
        }
    }

    /// <summary>Refuses numbers of rows that are not in the matrix.</summary>
    public static void IfNotRows(FactorMatrix matrix, ReadOnlySpan<int> rows)
    {
        // A negative number is a large one without its sign.
        if (!rows.IsEmpty && TensorPrimitives.Max(MemoryMarshal.Cast<int, uint>(rows)) >= (uint)matrix.Rows)
        {
            foreach (int row in rows)
            {
                IfNotRows(matrix, row, 1);
            }
        }
    }

    [DoesNotReturn]
    public static void StridesDiffer(int found, int expected) =>
        throw new ArgumentException($"A row of {found} floats meets rows of {expected} floats; pad both to the same multiple of {FactorMatrix.LaneCount}.");

    [DoesNotReturn]
    private static void TooShort(int length, long needed, string name) =>
        throw new ArgumentException($"'{name}' has {length} floats; the kernel needs {needed}, padding included.", name);

    [DoesNotReturn]
    private static void NotStride(int stride) =>
        throw new ArgumentException($"The stride is {stride}; it must be a positive multiple of {FactorMatrix.LaneCount}.", nameof(stride));

    [DoesNotReturn]
    private static void NotRows(int rows, int first, int count) =>
        throw new ArgumentOutOfRangeException(nameof(first), $"Rows {first} to {(long)first + count - 1} are not all in a matrix of {rows} rows.");
}
