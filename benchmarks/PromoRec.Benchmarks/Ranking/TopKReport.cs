using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using PromoRec.Benchmarks.Numerics;
using PromoRec.Benchmarks.Work;
using PromoRec.Numerics;

namespace PromoRec.Benchmarks.Ranking;

/// <summary>The 20 items of 100,000 with the largest inner products, for 10,000 customers together and for one at a time.</summary>
internal static class TopKReport
{
    public const string Argument = "top-k";

    private const int Wanted = 20;
    private const int Runs = 9;
    private const int SingleQueries = 2_000;

    /// <param name="arguments">"--write FOLDER" writes the tables for <c>benchmarks/peers/top_k.py</c>, and measures nothing.</param>
    /// <param name="output">Takes the tables.</param>
    public static void Run(ReadOnlySpan<string> arguments, TextWriter output)
    {
        Func<VectorTables>[] tables = [() => VectorTables.Clustered(64), () => VectorTables.Clustered(128), () => VectorTables.EqualLengths(64), () => VectorTables.EqualLengths(128)];
        if (arguments is ["--write", { } folder])
        {
            Array.ForEach(tables, make => make().Write(Directory.CreateDirectory(folder).FullName));
            return;
        }

        double[] peak = [Yardsticks.FmaGigaflops(1), Yardsticks.FmaGigaflops(2)];
        double stream = Yardsticks.StreamingReadGigabytes(1);
        output.WriteLine($"Processor: {Processor.Name}. Fused multiply-add peak: {peak[0]:F0} GFLOP/s on one thread, {peak[1]:F0} on two. Memory is read at {stream:F0} GB/s by one thread.");
        output.WriteLine("100,000 items, 10,000 customers, 20 items each, exact. The limits are those of scoring everything in float32: multiply-adds for many customers, reading the items for one.");
        output.WriteLine();
        output.WriteLine("| table | factors | threads | users/s (median) | best | limit of float32 | multiple of the limit | one customer p50 µs | p99 µs | limit of float32 µs | index built in s |");
        output.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        List<TopKMeasurement> measurements = [];
        foreach (Func<VectorTables> make in tables)
        {
            Measure(make(), peak, stream, measurements, output);
        }

        string path = Processor.ResultsPath("top-k.json");
        File.WriteAllText(path, JsonSerializer.Serialize(new { processor = Processor.Name, peakGigaflops = peak, streamingGigabytes = stream, measurements }, Processor.Json));
        output.WriteLine($"Written to {path}");
    }

    private static void Measure(VectorTables tables, double[] peak, double stream, List<TopKMeasurement> measurements, TextWriter output)
    {
        // The first is compiled on the way.
        _ = InnerProductIndex.Of(tables.Items);
        long started = Stopwatch.GetTimestamp();
        var index = InnerProductIndex.Of(tables.Items);
        double build = Stopwatch.GetElapsedTime(started).TotalSeconds;
        (double p50, double p99) = Single(index, tables.Customers);
        foreach (int threads in new[] { 1, 2 })
        {
            double[] seconds = [.. Enumerable.Range(0, Runs + 1).Select(_ => Batch(index, tables.Customers, threads)).Skip(1).Order()];
            double median = tables.Customers.Rows / seconds[seconds.Length / 2], best = tables.Customers.Rows / seconds[0];
            double limit = peak[threads - 1] * 1e9 / (2.0 * tables.Items.Rows * tables.Items.Factors);
            double reading = 4.0 * tables.Items.Rows * tables.Items.Factors / (stream * 1e9) * 1e6;
            TopKMeasurement one = new(tables.Name, tables.Items.Factors, threads, median, best, limit, p50, p99, reading, build);
            measurements.Add(one);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {one.Table} | {one.Factors} | {threads} | {median:F0} | {best:F0} | {limit:F0} | {best / limit:F1} | {p50:F0} | {p99:F0} | {reading:F0} | {build:F3} |"));
        }
    }

    private static double Batch(InnerProductIndex index, FactorMatrix customers, int threads)
    {
        const int Block = InnerProductSearch.MaxQueries;
        var best = new ScoredRow[customers.Rows * Wanted];
        var found = new int[customers.Rows];
        int[] rows = [.. Enumerable.Range(0, customers.Rows)];
        long started = Stopwatch.GetTimestamp();
        Parallel.For(
            0,
            (customers.Rows + Block - 1) / Block,
            new ParallelOptions { MaxDegreeOfParallelism = threads },
            block =>
            {
                int first = block * Block, count = Math.Min(Block, customers.Rows - first);
                InnerProductSearch search = InnerProductSearch.Take();
                search.Find(index, customers, rows.AsSpan(first, count), default(AllItems), Wanted, best.AsSpan(first * Wanted, count * Wanted), found.AsSpan(first, count));
                search.Return();
            });
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static (double P50, double P99) Single(InnerProductIndex index, FactorMatrix customers)
    {
        var search = new InnerProductSearch();
        var best = new ScoredRow[Wanted];
        RankTimes times = RankTimes.Measure("single", SingleQueries, i => search.Find(index, customers.Row(i % customers.Rows), default(AllItems), best));
        return (times.P50, times.P99);
    }

    private readonly struct AllItems : IRowChoice
    {
        public int OrderOf(int query, int row) => row;
    }
}
