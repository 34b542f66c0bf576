using System.Diagnostics;
using System.Globalization;

namespace PromoRec.Benchmarks.Ranking;

/// <summary>How long one way of ranking takes, and whether it allocates.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="P50">Median, in microseconds.</param>
/// <param name="P99">99th percentile, in microseconds.</param>
/// <param name="P999">99.9th percentile, in microseconds.</param>
/// <param name="Processor">Mean time of the processor, in microseconds: on a busy machine all that can be trusted of calls that take long.</param>
/// <param name="BytesPerCall">Bytes allocated by a call.</param>
internal sealed record RankTimes(string Name, double P50, double P99, double P999, double Processor, double BytesPerCall)
{
    public const string Heading = "| | p50 µs | p99 µs | p99.9 µs | processor µs | bytes a call |\n|---|-------:|-------:|---------:|-------------:|-------------:|";

    /// <param name="name">What is measured.</param>
    /// <param name="measured">How many calls count.</param>
    /// <param name="call">Ranks for one of any number of customers.</param>
    public static RankTimes Measure(string name, int measured, Action<int> call) => MeasureTogether(name, threads: 1, measured, _ => call);

    /// <param name="name">What is measured.</param>
    /// <param name="threads">How many threads rank at once.</param>
    /// <param name="measured">How many calls of each count.</param>
    /// <param name="worker">Makes what a thread calls, with the number of the call.</param>
    public static RankTimes MeasureTogether(string name, int threads, int measured, Func<int, Action<int>> worker)
    {
        var microseconds = new double[threads][];
        var bytes = new long[threads];
        TimeSpan worked = default;
        using var start = new Barrier(threads, _ => worked = Environment.CpuUsage.TotalTime);
        Thread[] workers = [.. Enumerable.Range(0, threads).Select(thread => new Thread(() =>
        {
            Action<int> call = worker(thread);

            // Compiled code only: the first calls go through the tiers of the just-in-time compiler.
            for (int i = 0; i < Math.Max(500, measured / 4); i++)
            {
                call(i);
            }

            var own = microseconds[thread] = new double[measured];
            start.SignalAndWait();
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < own.Length; i++)
            {
                long started = Stopwatch.GetTimestamp();
                call(i);
                own[i] = Stopwatch.GetElapsedTime(started).TotalMicroseconds;
            }

            bytes[thread] = GC.GetAllocatedBytesForCurrentThread() - before;
        }))];
        Array.ForEach(workers, one => one.Start());
        Array.ForEach(workers, one => one.Join());
        worked = Environment.CpuUsage.TotalTime - worked;
        double[] sorted = [.. microseconds.SelectMany(own => own).Order()];
        return new RankTimes(name, At(sorted, 0.5), At(sorted, 0.99), At(sorted, 0.999), worked.TotalMicroseconds / sorted.Length, (double)bytes.Sum() / sorted.Length);
    }

    public string Line => string.Create(CultureInfo.InvariantCulture, $"| {Name} | {P50:F1} | {P99:F1} | {P999:F1} | {Processor:F1} | {BytesPerCall:F0} |");

    private static double At(double[] sorted, double share) => sorted[(int)(share * (sorted.Length - 1))];
}
