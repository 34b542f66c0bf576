using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace PromoRec.Numerics;

/// <summary>The product of Σⱼ wⱼ rⱼ rⱼᵀ with a vector, without building the matrix.</summary>
/// <remarks>
/// Rows pass in chunks that are in the first-level cache when they are read a second time: first the products rⱼ·p, four rows at a time, then
/// the sum, sixty-four components of which stay in registers while all rows of the chunk are added. Each product has the bits of
/// <see cref="VectorMath.Dot(ReadOnlySpan{float}, ReadOnlySpan{float})"/>. Nothing is allocated.
/// </remarks>
internal static class WeightedOperator
{
    private const int ChunkFloats = 4096;
    private const int MostChunkRows = 32;

    /// <summary>Rows of a table larger than 8 MiB are asked for some rows ahead: from memory they come a fifth faster then, from a cache they would come slower.</summary>
    private const int NearFloats = 1 << 21;
    private const int RowsAhead = 16;

    /// <summary>result += Σⱼ (lⱼ + wⱼ (rⱼ·p)) rⱼ, each component a chain of fused multiply-adds in the order of j.</summary>
    /// <param name="rows">The rows rⱼ, padded to the length of <paramref name="p"/>, one after the other, as many as weights.</param>
    /// <param name="weights">The weights wⱼ.</param>
    /// <param name="linear">The numbers lⱼ, as many as weights; empty for zeros.</param>
    /// <param name="p">A padded row.</param>
    /// <param name="result">A padded row that does not overlap the others.</param>
    public static void Apply(ReadOnlySpan<float> rows, ReadOnlySpan<float> weights, ReadOnlySpan<float> linear, ReadOnlySpan<float> p, Span<float> result)
    {
        Check(rows, weights, linear, p, result);
        if (Vector512.IsHardwareAccelerated)
        {
            Apply<Lanes512>(rows, weights, linear, p, result);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Apply<Lanes256>(rows, weights, linear, p, result);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            Apply<Lanes128>(rows, weights, linear, p, result);
        }
        else
        {
            Apply<LanesScalar>(rows, weights, linear, p, result);
        }
    }

    /// <summary>Copies rows of a table side by side, and does with the copies what <see cref="Apply(ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float})"/> does, bit by bit.</summary>
    /// <remarks>While a row comes from where it lies there is time to multiply it: both together cost little more than the copy alone.</remarks>
    /// <param name="table">Where the rows rⱼ are.</param>
    /// <param name="numbers">Their numbers, as many as weights.</param>
    /// <param name="copies">Takes the rows with their padding, one after the other.</param>
    /// <param name="weights">The weights wⱼ.</param>
    /// <param name="linear">The numbers lⱼ, as many as weights; empty for zeros.</param>
    /// <param name="p">A padded row.</param>
    /// <param name="result">A padded row that does not overlap the others.</param>
    /// <exception cref="ArgumentOutOfRangeException">A row is not in the table.</exception>
    public static void CopyAndApply(
        FactorMatrix table, ReadOnlySpan<int> numbers, Span<float> copies, ReadOnlySpan<float> weights, ReadOnlySpan<float> linear, ReadOnlySpan<float> p, Span<float> result)
    {
        if (p.Length != table.Stride)
        {
            Throw.StridesDiffer(p.Length, table.Stride);
        }

        Throw.IfNotRows(table, numbers);
        Throw.IfTooShort(weights.Length, numbers.Length, nameof(weights));
        weights = weights[..numbers.Length];
        Check(copies, weights, linear, p, result);
        if (Vector512.IsHardwareAccelerated)
        {
            CopyAndApply<Lanes512>(table.Data, numbers, copies, weights, linear, p, result);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            CopyAndApply<Lanes256>(table.Data, numbers, copies, weights, linear, p, result);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            CopyAndApply<Lanes128>(table.Data, numbers, copies, weights, linear, p, result);
        }
        else
        {
            CopyAndApply<LanesScalar>(table.Data, numbers, copies, weights, linear, p, result);
        }
    }

    /// <summary>Σⱼ wⱼ (rⱼ·p)²: four sums, of the rows whose j leaves the same rest by four, each a chain of fused multiply-adds; then (0 + 2) + (1 + 3).</summary>
    /// <param name="rows">The rows rⱼ, padded to the length of <paramref name="p"/>, one after the other, as many as weights.</param>
    /// <param name="weights">The weights wⱼ.</param>
    /// <param name="p">A padded row.</param>
    public static float Curvature(ReadOnlySpan<float> rows, ReadOnlySpan<float> weights, ReadOnlySpan<float> p)
    {
        Throw.IfNotStride(p.Length);
        Throw.IfTooShort(rows.Length, (long)weights.Length * p.Length, nameof(rows));
        return Vector512.IsHardwareAccelerated ? Curvature<Lanes512>(rows, weights, p)
            : Vector256.IsHardwareAccelerated ? Curvature<Lanes256>(rows, weights, p)
            : Vector128.IsHardwareAccelerated ? Curvature<Lanes128>(rows, weights, p)
            : Curvature<LanesScalar>(rows, weights, p);
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Apply<TLanes>(ReadOnlySpan<float> rows, ReadOnlySpan<float> weights, ReadOnlySpan<float> linear, ReadOnlySpan<float> p, Span<float> result)
        where TLanes : struct, ILanes<TLanes>
    {
        nuint stride = (nuint)p.Length;
        Span<float> factors = stackalloc float[MostChunkRows];
        int chunk = ChunkRows(p.Length);
        for (int first = 0; first < weights.Length; first += chunk)
        {
            int count = Math.Min(chunk, weights.Length - first);
            ref float row = ref Unsafe.Add(ref MemoryMarshal.GetReference(rows), (nuint)first * stride);
            BlockScores.OneToMany<TLanes>(p, MemoryMarshal.CreateReadOnlySpan(ref row, count * p.Length), factors[..count]);
            Weigh(factors[..count], weights.Slice(first, count), linear.IsEmpty ? default : linear.Slice(first, count));
            RowCombination.Add<TLanes>(ref row, count, stride, ref MemoryMarshal.GetReference(factors), ref MemoryMarshal.GetReference(result));
        }
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void CopyAndApply<TLanes>(
        ReadOnlySpan<float> table, ReadOnlySpan<int> numbers, Span<float> copies, ReadOnlySpan<float> weights, ReadOnlySpan<float> linear, ReadOnlySpan<float> p, Span<float> result)
        where TLanes : struct, ILanes<TLanes>
    {
        nuint stride = (nuint)p.Length;
        ref float source = ref MemoryMarshal.GetReference(table);
        Span<float> factors = stackalloc float[MostChunkRows];
        bool isFar = table.Length > NearFloats;
        int chunk = ChunkRows(p.Length);
        for (int first = 0; first < weights.Length; first += chunk)
        {
            int count = Math.Min(chunk, weights.Length - first);
            ref int number = ref Unsafe.Add(ref MemoryMarshal.GetReference(numbers), first);
            ref float row = ref Unsafe.Add(ref MemoryMarshal.GetReference(copies), (nuint)first * stride);
            int j = 0;
            for (; j <= count - 4; j += 4)
            {
                if (isFar)
                {
                    Prefetch(ref source, numbers[Math.Min(first + j + RowsAhead, numbers.Length)..], stride);
                }

                CopyAndDotFour<TLanes>(ref source, ref Unsafe.Add(ref number, j), ref Unsafe.Add(ref row, (nuint)j * stride), ref MemoryMarshal.GetReference(p), stride)
                    .StoreUnsafe(ref MemoryMarshal.GetReference(factors), (nuint)j);
            }

            if (j < count && j > 0)
            {
                // The last four, of which some are copied and multiplied a second time.
                j = count - 4;
                CopyAndDotFour<TLanes>(ref source, ref Unsafe.Add(ref number, j), ref Unsafe.Add(ref row, (nuint)j * stride), ref MemoryMarshal.GetReference(p), stride)
                    .StoreUnsafe(ref MemoryMarshal.GetReference(factors), (nuint)j);
                j = count;
            }

            for (; j < count; j++)
            {
                ReadOnlySpan<float> from = table.Slice(numbers[first + j] * p.Length, p.Length);
                from.CopyTo(copies[((first + j) * p.Length)..]);
                factors[j] = VectorMath.Dot<TLanes>(p, from);
            }

            Weigh(factors[..count], weights.Slice(first, count), linear.IsEmpty ? default : linear.Slice(first, count));
            RowCombination.Add<TLanes>(ref row, count, stride, ref MemoryMarshal.GetReference(factors), ref MemoryMarshal.GetReference(result));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static float Curvature<TLanes>(ReadOnlySpan<float> rows, ReadOnlySpan<float> weights, ReadOnlySpan<float> p)
        where TLanes : struct, ILanes<TLanes>
    {
        nuint stride = (nuint)p.Length;
        ref float row = ref MemoryMarshal.GetReference(rows);
        Vector128<float> sums = Vector128<float>.Zero;
        int j = 0;
        for (; j <= weights.Length - 4; j += 4)
        {
            Vector128<float> dots = BlockScores.FourDots<TLanes>(ref MemoryMarshal.GetReference(p), ref row, stride);
            sums = Vector128.FusedMultiplyAdd(Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(weights), (nuint)j) * dots, dots, sums);
            row = ref Unsafe.Add(ref row, 4 * stride);
        }

        for (int lane = 0; j < weights.Length; j++, lane++)
        {
            float dot = VectorMath.Dot<TLanes>(p, rows.Slice(j * p.Length, p.Length));
            sums = sums.WithElement(lane, MathF.FusedMultiplyAdd(weights[j] * dot, dot, sums[lane]));
        }

        return sums[0] + sums[2] + (sums[1] + sums[3]);
    }

    /// <summary>Asks for the first four rows of these, or as many as there are, to be brought near.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Prefetch(ref float source, ReadOnlySpan<int> numbers, nuint stride)
    {
        if (!Sse.IsSupported)
        {
            return;
        }

        for (int j = 0; j < Math.Min(4, numbers.Length); j++)
        {
            ref float row = ref Unsafe.Add(ref source, (nuint)(uint)numbers[j] * stride);
            for (nuint i = 0; i < stride; i += FactorMatrix.LaneCount)
            {
                // A row is aligned to cache lines of sixteen floats. An address that the collector has moved meanwhile does no harm here.
                Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref row, i)));
            }
        }
    }

    private static int ChunkRows(int stride) => Math.Clamp((ChunkFloats / stride) & -4, 4, MostChunkRows);

    /// <summary>factor = linear + weight · factor, in one rounding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Weigh(Span<float> factors, ReadOnlySpan<float> weights, ReadOnlySpan<float> linear)
    {
        int j = 0;
        ref float factor = ref MemoryMarshal.GetReference(factors);
        ref float weight = ref MemoryMarshal.GetReference(weights);
        ref float addend = ref MemoryMarshal.GetReference(linear);
        if (linear.IsEmpty)
        {
            for (; j <= factors.Length - 4; j += 4)
            {
                (Vector128.LoadUnsafe(ref weight, (nuint)j) * Vector128.LoadUnsafe(ref factor, (nuint)j)).StoreUnsafe(ref factor, (nuint)j);
            }
        }
        else
        {
            for (; j <= factors.Length - 4; j += 4)
            {
                Vector128.FusedMultiplyAdd(Vector128.LoadUnsafe(ref weight, (nuint)j), Vector128.LoadUnsafe(ref factor, (nuint)j), Vector128.LoadUnsafe(ref addend, (nuint)j)).StoreUnsafe(ref factor, (nuint)j);
            }
        }

        for (; j < factors.Length; j++)
        {
            factors[j] = linear.IsEmpty ? weights[j] * factors[j] : MathF.FusedMultiplyAdd(weights[j], factors[j], linear[j]);
        }
    }

    /// <summary>Copies four rows, and multiplies each with one row while it is in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> CopyAndDotFour<TLanes>(ref float source, ref int numbers, ref float target, ref float query, nuint stride)
        where TLanes : struct, ILanes<TLanes>
    {
        ref float from0 = ref Unsafe.Add(ref source, (nuint)(uint)numbers * stride);
        ref float from1 = ref Unsafe.Add(ref source, (nuint)(uint)Unsafe.Add(ref numbers, 1) * stride);
        ref float from2 = ref Unsafe.Add(ref source, (nuint)(uint)Unsafe.Add(ref numbers, 2) * stride);
        ref float from3 = ref Unsafe.Add(ref source, (nuint)(uint)Unsafe.Add(ref numbers, 3) * stride);
        ref float to1 = ref Unsafe.Add(ref target, stride);
        ref float to2 = ref Unsafe.Add(ref target, 2 * stride);
        ref float to3 = ref Unsafe.Add(ref target, 3 * stride);
        TLanes a = TLanes.Zero, b = TLanes.Zero, c = TLanes.Zero, d = TLanes.Zero;
        for (nuint i = 0; i < stride; i += FactorMatrix.LaneCount)
        {
            var x = TLanes.Load(ref query, i);
            var row = TLanes.Load(ref from0, i);
            TLanes.Store(row, ref target, i);
            a = TLanes.MultiplyAdd(x, row, a);
            row = TLanes.Load(ref from1, i);
            TLanes.Store(row, ref to1, i);
            b = TLanes.MultiplyAdd(x, row, b);
            row = TLanes.Load(ref from2, i);
            TLanes.Store(row, ref to2, i);
            c = TLanes.MultiplyAdd(x, row, c);
            row = TLanes.Load(ref from3, i);
            TLanes.Store(row, ref to3, i);
            d = TLanes.MultiplyAdd(x, row, d);
        }

        return LaneFold.ToSums(a, b, c, d);
    }

    private static void Check(ReadOnlySpan<float> rows, ReadOnlySpan<float> weights, ReadOnlySpan<float> linear, ReadOnlySpan<float> p, Span<float> result)
    {
        Throw.IfNotStride(p.Length);
        Throw.IfTooShort(rows.Length, (long)weights.Length * p.Length, nameof(rows));
        Throw.IfTooShort(result.Length, p.Length, nameof(result));
        if (!linear.IsEmpty)
        {
            Throw.IfTooShort(linear.Length, weights.Length, nameof(linear));
        }
    }
}
