using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using System.Text.Json;
using PromoRec.Push.Ledger;

namespace PromoRec.Benchmarks.Push;

/// <summary>How many reservations does a store grant in a second, and how long does a caller wait for one?</summary>
internal static class LedgerSpeed
{
    /// <summary>The argument of the benchmark program that runs this; the names of stores may follow.</summary>
    public const string Argument = "push-ledger";

    private static readonly LedgerLabel Everything = LedgerLabel.Of("all", string.Empty);
    private static readonly LedgerLabel Channel = LedgerLabel.Of("channel", "push");
    private static readonly LedgerLabel Campaign = LedgerLabel.Of("campaign", "spring");

    // What a shop would ask for: three a day, ten a week on one channel, and two of a campaign ever.
    private static readonly ReservationRequest Template = new()
    {
        UserId = "template",
        Key = "template",
        Labels = [Everything, Channel, Campaign],
        Caps =
        [
            new CapClaim([Everything], 3, LedgerWindow.Rolling(TimeSpan.FromDays(1))),
            new CapClaim([Channel], 10, LedgerWindow.Rolling(TimeSpan.FromDays(7))),
            new CapClaim([Everything, Campaign], 2, LedgerWindow.Lifetime),
        ],
    };

    public static async Task RunAsync(string[] names, TextWriter output)
    {
        foreach (LedgerSubject subject in LedgerSubject.All.Where(subject => names.Length == 0 || names.Contains(subject.Name)))
        {
            await RunAsync(subject, output);
        }
    }

    private static async Task RunAsync(LedgerSubject subject, TextWriter output)
    {
        List<Measurement> measurements = [];
        double syncs = await InFolderAsync(folder => Task.FromResult(DiskSync.PerSecond(folder)));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{subject.Name}: three caps, two reservations a customer; the disk does {syncs:F0} fdatasync a second, the garbage collector is that of a {(GCSettings.IsServerGC ? "server" : "workstation")}."));
        output.WriteLine();
        output.WriteLine("| load | reservations/s | p50 ms | p99 ms |");
        output.WriteLine("|------|---------------:|-------:|-------:|");
        foreach (LedgerLoad load in subject.Loads)
        {
            Measurement one = await InFolderAsync(folder => MeasureAsync(subject, load, folder));
            measurements.Add(one);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {load.Name} | {one.PerSecond:N0} | {one.P50Milliseconds:F3} | {one.P99Milliseconds:F3} |"));
        }

        string path = Processor.ResultsPath($"push-ledger-{subject.Name}.json");
        File.WriteAllText(path, JsonSerializer.Serialize(new { processor = Processor.Name, serverGC = GCSettings.IsServerGC, fdatasyncPerSecond = syncs, loads = measurements }, Processor.Json));
        output.WriteLine($"Written to {path}");
        output.WriteLine();
    }

    private static async Task<Measurement> MeasureAsync(LedgerSubject subject, LedgerLoad load, string folder)
    {
        LedgerSubject.Opened opened = await subject.Open(folder);
        try
        {
            // The first operation opens the store.
            await opened.Ledger.TryReserveAsync(Template);
            ReservationRequest[][] calls = [.. Requests(load).Chunk(load.ListLength)];
            List<double>[] milliseconds = [.. Enumerable.Range(0, load.Callers).Select(_ => new List<double>(1 + (calls.Length / load.TimedEvery)))];
            GC.Collect();
            int next = -1;
            int granted = 0;
            long start = Stopwatch.GetTimestamp();
            await Task.WhenAll(milliseconds.Select(mine => Task.Run(() => CallAsync(mine))));
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            if (granted != load.Reservations)
            {
                throw new InvalidOperationException($"{granted} of {load.Reservations} reservations were granted, but all of them fit.");
            }

            double[] waits = [.. milliseconds.SelectMany(each => each).Order()];
            return new Measurement(load.Name, load.Reservations / seconds, waits[waits.Length / 2], waits[waits.Length * 99 / 100]);

            async Task CallAsync(List<double> timed)
            {
                int mine = 0;
                for (int i = Interlocked.Increment(ref next); i < calls.Length; i = Interlocked.Increment(ref next))
                {
                    bool isTimed = i % load.TimedEvery == 0;
                    long before = isTimed ? Stopwatch.GetTimestamp() : 0;
                    mine += calls[i].Length == 1
                        ? (await opened.Ledger.TryReserveAsync(calls[i][0])).Status == ReservationStatus.Granted ? 1 : 0
                        : (await opened.Ledger.TryReserveAsync(calls[i])).Count(result => result.Status == ReservationStatus.Granted);
                    if (isTimed)
                    {
                        timed.Add(Stopwatch.GetElapsedTime(before).TotalMilliseconds);
                    }
                }

                Interlocked.Add(ref granted, mine);
            }
        }
        finally
        {
            if (opened.Owner is { } owner)
            {
                await owner.DisposeAsync();
            }
        }
    }

    /// <summary>Customers in a random order, and then all of them once more.</summary>
    private static ReservationRequest[] Requests(LedgerLoad load)
    {
        long[] customers = [.. Enumerable.Range(1, load.Reservations / 2).Select(number => (long)number)];
        new Random(1).Shuffle(customers);
        return [.. Enumerable.Range(0, load.Reservations).Select(i => Template with
        {
            UserId = customers[i % customers.Length],
            Key = i < customers.Length ? "first" : "second",
            Budgets = load.HasBudget ? [new BudgetClaim("offer:spring/count", string.Empty, load.Reservations, 1)] : [],
        })];
    }

    private static async Task<T> InFolderAsync<T>(Func<string, Task<T>> work)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("promorec-ledger-");
        try
        {
            return await work(folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private sealed record Measurement(string Load, double PerSecond, double P50Milliseconds, double P99Milliseconds);
}
