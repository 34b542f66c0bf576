using System.Globalization;
using PromoRec.StoreProbe;

namespace PromoRec.Sqlite.Tests;

/// <summary>kill -9 at exact system calls and at random moments: what was acknowledged is there, no cap is exceeded, everything uncertain is listed.</summary>
public sealed class CrashTests
{
    private const int LongestLifeMilliseconds = 400;

    [Fact]
    public Task Killed_at_its_nth_write_it_has_lost_nothing_that_was_acknowledged() => KillAtEachAsync("pwrite64", last: 300, step: Stress.Times(75, 1));

    [Fact]
    public Task Killed_at_its_nth_sync_it_has_lost_nothing_that_was_acknowledged() => KillAtEachAsync("fsync", last: Stress.Times(20, 60), step: Stress.Times(10, 1));

    [Fact]
    public Task Killed_at_its_nth_truncation_it_has_lost_nothing_that_was_acknowledged() => KillAtEachAsync("ftruncate", last: 1, step: 1);

    [Fact]
    public async Task Killed_at_any_moment_and_opened_again_and_again_it_has_lost_nothing_that_was_acknowledged()
    {
        Random random = new(20);
        using StoreFolder folder = new();
        List<string> faults = [];
        List<LifeLog> logs = [];
        for (int kill = 0; kill < Stress.Times(5, 300); kill++)
        {
            LifeRun run = new(folder, seed: kill);
            using ProbeProcess process = run.Start(count: null);
            await process.SaysAsync(LifeLog.Acknowledged);
            await Task.Delay(random.Next(LongestLifeMilliseconds));
            process.Kill();
            faults.AddRange((await run.EndAsync(process)).Select(fault => $"Kill {kill}: {fault}"));
            logs.Add(run.Log);
        }

        // What the first child said still holds after the last one.
        foreach (LifeLog log in logs)
        {
            faults.AddRange(await LifeRun.FaultsAsync(folder.File, log));
        }

        Assert.True(faults.Count == 0, string.Join("\n", faults));
        Assert.True(logs.Sum(log => log.Steps) > 0);
    }

    private static async Task KillAtEachAsync(string call, int last, int step)
    {
        Strace.Need();
        List<string> faults = [];
        int steps = 0;
        for (int n = 1; n <= last; n += step)
        {
            using StoreFolder folder = new();
            LifeRun run = new(folder, seed: n);
            using ProbeProcess process = run.Start(count: 200, Strace.Inject(folder.File, call, "signal=SIGKILL", n.ToString(CultureInfo.InvariantCulture)));
            faults.AddRange((await run.EndAsync(process)).Select(fault => $"{call} {n}: {fault}"));
            Assert.False(run.Log.IsComplete, $"There was no {call} number {n}.");
            steps += run.Log.Steps;
        }

        Assert.True(faults.Count == 0, string.Join("\n", faults));
        Assert.True(steps > 0 || call == "ftruncate");
    }
}
