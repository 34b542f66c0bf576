using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PromoRec.Numerics;

/// <summary>Copies of chosen rows.</summary>
internal static class FactorRows
{
    /// <summary>Copies the rows with these numbers, padding included, one after the other into <paramref name="destination"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is shorter than rows × stride.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A row is not in the matrix.</exception>
    public static void Gather(FactorMatrix source, ReadOnlySpan<int> rows, Span<float> destination)
    {
        Throw.IfTooShort(destination.Length, (long)rows.Length * source.Stride, nameof(destination));
        Throw.IfNotRows(source, rows);
        if (Vector512.IsHardwareAccelerated)
        {
            Gather<Lanes512>(source, rows, destination);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Gather<Lanes256>(source, rows, destination);
        }
        else
        {
            Gather<Lanes128>(source, rows, destination);
        }
    }

    // Rows are a few cache lines long: a call for each copy costs as much as the copy, and keeps fewer misses under way.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Gather<TLanes>(FactorMatrix source, ReadOnlySpan<int> rows, Span<float> destination)
        where TLanes : struct, ILanes<TLanes>
    {
        nuint stride = (nuint)source.Stride;
        ref float first = ref MemoryMarshal.GetReference(source.Data);
        ref float target = ref MemoryMarshal.GetReference(destination);
        foreach (int row in rows)
        {
            ref float from = ref Unsafe.Add(ref first, (nuint)row * stride);
            for (nuint i = 0; i < stride; i += FactorMatrix.LaneCount)
            {
                TLanes.Store(TLanes.Load(ref from, i), ref target, i);
            }

            target = ref Unsafe.Add(ref target, stride);
        }
    }
}
