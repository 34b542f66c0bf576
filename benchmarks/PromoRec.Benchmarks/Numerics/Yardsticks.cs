using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using PromoRec.Numerics;

namespace PromoRec.Benchmarks.Numerics;

/// <summary>What this machine can do at most, measured in the same run as the kernels that are compared with it.</summary>
/// <remarks>Every number is the best of many short rounds, because another program on the machine only ever makes a round slower.</remarks>
internal static class Yardsticks
{
    private const int FmaPasses = 100_000;
    private const int StreamFloats = 1 << 25;

    private static float _sink;

    /// <summary>Fused multiply-adds of the widest vectors, two operations each, in GFLOP/s of all threads together.</summary>
    public static double FmaGigaflops(int threads)
    {
        int lanes = Vector512.IsHardwareAccelerated ? 16 : Vector256.IsHardwareAccelerated ? 8 : 4;
        double operations = 2.0 * 12 * lanes * FmaPasses * threads;
        return operations / Best(threads, rounds: 200, _ => Sink(Vector512.IsHardwareAccelerated ? Fma512(FmaPasses) : Vector256.IsHardwareAccelerated ? Fma256(FmaPasses) : Fma128(FmaPasses))) / 1e9;
    }

    /// <summary>Reading 128 MiB a thread from start to end, in GB/s of all threads together.</summary>
    public static double StreamingReadGigabytes(int threads)
    {
        FactorMatrix[] blocks = [.. Enumerable.Range(0, threads).Select(_ => Filled(StreamFloats / 1024, 1024))];
        return 4.0 * StreamFloats * threads / Best(threads, rounds: 15, thread => Sink(SumOf(blocks[thread].Data))) / 1e9;
    }

    /// <summary>Copying rows in random order from one table for all threads, in GB/s of all threads together.</summary>
    /// <param name="rows">Rows of the table.</param>
    /// <param name="factors">Floats in a row.</param>
    /// <param name="threads">Threads that copy.</param>
    public static double GatherGigabytes(int rows, int factors, int threads)
    {
        const int Reads = 20_000;
        const int Rounds = 100;
        FactorMatrix table = Filled(rows, factors);

        // Other rows in every round: what was read a moment ago would come from a cache.
        int[][] order = [.. Enumerable.Range(0, threads).Select(thread => RandomRows(rows, Rounds * Reads, (ulong)thread))];
        var rounds = new int[threads];
        var copies = new float[threads][];
        for (int thread = 0; thread < threads; thread++)
        {
            copies[thread] = new float[128 * table.Stride];
        }

        return 4.0 * table.Stride * Reads * threads / Best(threads, Rounds, thread =>
        {
            Span<int> round = order[thread].AsSpan(Reads * rounds[thread]++, Reads);
            for (int at = 0; at < Reads; at += 128)
            {
                FactorRows.Gather(table, round[at..Math.Min(at + 128, Reads)], copies[thread]);
            }
        }) / 1e9;
    }

    /// <summary>Seconds of the best round in which each of the threads does the work once.</summary>
    public static double Best(int threads, int rounds, Action<int> work)
    {
        double best = double.PositiveInfinity;
        using var start = new Barrier(threads);
        var starts = new long[threads];
        var ends = new long[threads];
        Thread[] workers = [.. Enumerable.Range(0, threads).Select(thread => new Thread(() =>
        {
            for (int round = 0; round < rounds; round++)
            {
                start.SignalAndWait();
                starts[thread] = Stopwatch.GetTimestamp();
                work(thread);
                ends[thread] = Stopwatch.GetTimestamp();
                start.SignalAndWait();
                if (thread == 0)
                {
                    best = Math.Min(best, (ends.Max() - starts.Min()) / (double)Stopwatch.Frequency);
                }
            }
        }))];
        Array.ForEach(workers, worker => worker.Start());
        Array.ForEach(workers, worker => worker.Join());
        return best;
    }

    private static void Sink(float value) => Volatile.Write(ref _sink, value);

    private static FactorMatrix Filled(int rows, int factors)
    {
        var matrix = FactorMatrix.Create(rows, factors);
        matrix.Data.Fill(1);
        return matrix;
    }

    private static int[] RandomRows(int rows, int count, ulong stream)
    {
        var random = new SeededRandom(1, stream);
        var order = new int[count];
        for (int i = 0; i < count; i++)
        {
            order[i] = random.NextInt32(rows);
        }

        return order;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float SumOf(ReadOnlySpan<float> values)
    {
        // Eight sums, so that memory and not the adder is waited for.
        ref float first = ref MemoryMarshal.GetReference(values);
        Vector256<float> a = default, b = default, c = default, d = default, e = default, f = default, g = default, h = default;
        for (nuint i = 0; i < (nuint)values.Length; i += 64)
        {
            a += Vector256.LoadUnsafe(ref first, i);
            b += Vector256.LoadUnsafe(ref first, i + 8);
            c += Vector256.LoadUnsafe(ref first, i + 16);
            d += Vector256.LoadUnsafe(ref first, i + 24);
            e += Vector256.LoadUnsafe(ref first, i + 32);
            f += Vector256.LoadUnsafe(ref first, i + 40);
            g += Vector256.LoadUnsafe(ref first, i + 48);
            h += Vector256.LoadUnsafe(ref first, i + 56);
        }

        return Vector256.Sum(a + b + c + d + (e + f + g + h));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Fma512(int passes)
    {
        Vector512<float> x = Vector512.Create(0.5f), a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x, k = x, l = x;
        for (; passes > 0; passes--)
        {
            a = Vector512.FusedMultiplyAdd(a, x, x);
            b = Vector512.FusedMultiplyAdd(b, x, x);
            c = Vector512.FusedMultiplyAdd(c, x, x);
            d = Vector512.FusedMultiplyAdd(d, x, x);
            e = Vector512.FusedMultiplyAdd(e, x, x);
            f = Vector512.FusedMultiplyAdd(f, x, x);
            g = Vector512.FusedMultiplyAdd(g, x, x);
            h = Vector512.FusedMultiplyAdd(h, x, x);
            i = Vector512.FusedMultiplyAdd(i, x, x);
            j = Vector512.FusedMultiplyAdd(j, x, x);
            k = Vector512.FusedMultiplyAdd(k, x, x);
            l = Vector512.FusedMultiplyAdd(l, x, x);
        }

        return Vector512.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Fma256(int passes)
    {
        Vector256<float> x = Vector256.Create(0.5f), a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x, k = x, l = x;
        for (; passes > 0; passes--)
        {
            a = Vector256.FusedMultiplyAdd(a, x, x);
            b = Vector256.FusedMultiplyAdd(b, x, x);
            c = Vector256.FusedMultiplyAdd(c, x, x);
            d = Vector256.FusedMultiplyAdd(d, x, x);
            e = Vector256.FusedMultiplyAdd(e, x, x);
            f = Vector256.FusedMultiplyAdd(f, x, x);
            g = Vector256.FusedMultiplyAdd(g, x, x);
            h = Vector256.FusedMultiplyAdd(h, x, x);
            i = Vector256.FusedMultiplyAdd(i, x, x);
            j = Vector256.FusedMultiplyAdd(j, x, x);
            k = Vector256.FusedMultiplyAdd(k, x, x);
            l = Vector256.FusedMultiplyAdd(l, x, x);
        }

        return Vector256.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Fma128(int passes)
    {
        Vector128<float> x = Vector128.Create(0.5f), a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x, k = x, l = x;
        for (; passes > 0; passes--)
        {
            a = Vector128.FusedMultiplyAdd(a, x, x);
            b = Vector128.FusedMultiplyAdd(b, x, x);
            c = Vector128.FusedMultiplyAdd(c, x, x);
            d = Vector128.FusedMultiplyAdd(d, x, x);
            e = Vector128.FusedMultiplyAdd(e, x, x);
            f = Vector128.FusedMultiplyAdd(f, x, x);
            g = Vector128.FusedMultiplyAdd(g, x, x);
            h = Vector128.FusedMultiplyAdd(h, x, x);
            i = Vector128.FusedMultiplyAdd(i, x, x);
            j = Vector128.FusedMultiplyAdd(j, x, x);
            k = Vector128.FusedMultiplyAdd(k, x, x);
            l = Vector128.FusedMultiplyAdd(l, x, x);
        }

        return Vector128.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
    }
}
