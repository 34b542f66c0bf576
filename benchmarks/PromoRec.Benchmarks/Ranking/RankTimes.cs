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
    public static RankTimes Measure(string name, int measured, Action<int> call)
    {
        // Compiled code only: the first calls go through the tiers of the just-in-time compiler.
        for (int i = 0; i < Math.Max(500, measured / 4); i++)
        {
            call(i);
        }

        var microseconds = new double[measured];
        TimeSpan worked = Environment.CpuUsage.TotalTime;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < microseconds.Length; i++)
        {
            long start = Stopwatch.GetTimestamp();
            call(i);
            microseconds[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }

        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        worked = Environment.CpuUsage.TotalTime - worked;
        Array.Sort(microseconds);
        return new RankTimes(name, At(microseconds, 0.5), At(microseconds, 0.99), At(microseconds, 0.999), worked.TotalMicroseconds / measured, (double)bytes / measured);
    }

    public string Line => string.Create(CultureInfo.InvariantCulture, $"| {Name} | {P50:F1} | {P99:F1} | {P999:F1} | {Processor:F1} | {BytesPerCall:F0} |");

    private static double At(double[] sorted, double share) => sorted[(int)(share * (sorted.Length - 1))];
}
