using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using PromoRec.Push;

namespace PromoRec.Benchmarks.Push;

/// <summary>How long does a decision take in memory, and does it allocate?</summary>
internal static class DecisionSpeed
{
    /// <summary>The argument of the benchmark program that runs this instead of BenchmarkDotNet.</summary>
    public const string Argument = "push-decide";

    private const int WarmUp = 200_000;
    private const int Measured = 1_000_000;
    private const int Rounds = 5;

    public static async Task RunAsync(TextWriter output)
    {
        await output.WriteLineAsync("IPushEngine.Decide without a trace, one thread, in memory, ten sends in the customer's history. Median of five rounds of a million.");
        await output.WriteLineAsync();
        await output.WriteLineAsync("| policies asked | ends in | ns per decision | decisions/s | bytes per decision |");
        await output.WriteLineAsync("|---------------:|---------|----------------:|------------:|-------------------:|");
        List<Row> rows = [];
        foreach (DecisionShop shop in (DecisionShop[])[await DecisionShop.OfEightAsync(), await DecisionShop.OfAllAsync(), await DecisionShop.WithoutConsentAsync()])
        {
            Row row = Measure(shop);
            rows.Add(row);
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"| {row.Policies} | {row.Outcome} | {row.Nanoseconds:F0} | {1e9 / row.Nanoseconds:F0} | {row.Bytes:F2} |"));
        }

        string path = Processor.ResultsPath("push-decide.json");
        await File.WriteAllTextAsync(path, JsonSerializer.Serialize(new { processor = Processor.Name, decisions = rows }, Processor.Json));
        await output.WriteLineAsync($"Written to {path}");
    }

    private static Row Measure(DecisionShop shop)
    {
        Run(shop, WarmUp);
        var nanoseconds = new double[Rounds];
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Rounds; i++)
        {
            long start = Stopwatch.GetTimestamp();
            Run(shop, Measured);
            nanoseconds[i] = Stopwatch.GetElapsedTime(start).TotalNanoseconds / Measured;
        }

        double bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / ((double)Rounds * Measured);
        Array.Sort(nanoseconds);
        PushDecision explained = shop.Engine.Explain(shop.Request, shop.Snapshot);
        return new Row(explained.Trace!.Entries.Length, $"{explained.Outcome} {explained.Policy}".TrimEnd(), nanoseconds[Rounds / 2], bytes);
    }

    private static void Run(DecisionShop shop, int times)
    {
        IPushEngine engine = shop.Engine;
        for (int i = 0; i < times; i++)
        {
            engine.Decide(shop.Request, shop.Snapshot);
        }
    }

    private sealed record Row(int Policies, string Outcome, double Nanoseconds, double Bytes);
}
