using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace PromoRec.Benchmarks.Ranking;

/// <summary>How long does the slowest of a hundred rankings take, and does any of them allocate? Averages do not tell.</summary>
internal static class RankLatency
{
    /// <summary>The argument of the benchmark program that runs this instead of BenchmarkDotNet.</summary>
    public const string Argument = "rank-latency";

    private const int Factors = 64;
    private const int WarmUp = 5_000;
    private const int Measured = 50_000;

    public static void Run(TextWriter output)
    {
        output.WriteLine("Ranker.Rank, span form, 10 places, with reasons, one thread, a different customer each time.");
        output.WriteLine();
        output.WriteLine("| offers | factors | p50 µs | p99 µs | p99.9 µs | bytes allocated |");
        output.WriteLine("|-------:|--------:|-------:|-------:|---------:|----------------:|");
        List<RankMeasurement> measurements = [];
        foreach (int offers in (ReadOnlySpan<int>)[1_000, 10_000])
        {
            var shop = new RankShop(offers, Factors);
            (double[] sorted, long bytes) = Measure(shop.Ranker);
            RankMeasurement one = new(offers, Factors, At(sorted, 0.5), At(sorted, 0.99), At(sorted, 0.999), bytes);
            measurements.Add(one);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {offers} | {Factors} | {one.P50:F1} | {one.P99:F1} | {one.P999:F1} | {bytes} |"));
        }

        string path = Processor.ResultsPath("rank-latency.json");
        File.WriteAllText(path, JsonSerializer.Serialize(new { processor = Processor.Name, microseconds = measurements }, Processor.Json));
        output.WriteLine($"Written to {path}");
    }

    private static (double[] Sorted, long Bytes) Measure(IOfferRanker ranker)
    {
        var places = new RankedOffer[10];
        for (int i = 0; i < WarmUp; i++)
        {
            ranker.Rank(i % RankShop.Users, places);
        }

        var microseconds = new double[Measured];
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < microseconds.Length; i++)
        {
            long start = Stopwatch.GetTimestamp();
            ranker.Rank(i % RankShop.Users, places);
            microseconds[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }

        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        Array.Sort(microseconds);
        return (microseconds, bytes);
    }

    private static double At(double[] sorted, double share) => sorted[(int)(share * (sorted.Length - 1))];

    private sealed record RankMeasurement(int Offers, int Factors, double P50, double P99, double P999, long BytesAllocated);
}
