using PromoRec.StoreProbe;

namespace PromoRec.Sqlite.Tests;

/// <summary>The power is cut: what was not synced is there in part, sector by sector, or not at all.</summary>
public sealed class PowerCutTests
{
    [Fact]
    public async Task After_a_power_cut_everything_acknowledged_is_there()
    {
        Strace.Need();
        List<string> faults = [];
        Random random = new(4);
        int recordings = Stress.Times(2, 10);
        for (int recording = 0; recording < recordings; recording++)
        {
            using StoreFolder folder = new();
            LifeRun run = new(folder, seed: recording, workers: 2, customers: 8) { ForgetEvery = 3 };
            List<DiskEvent> events = await RecordAsync(run, folder);
            for (int image = 0; image < Stress.Times(20, 1_000); image++)
            {
                int cut = random.Next(events.Count + 1);
                faults.AddRange((await FaultsAsync(run, events, cut, random)).Select(fault => $"Recording {recording}, cut at {cut} of {events.Count}: {fault}"));
            }
        }

        Assert.True(faults.Count == 0, string.Join("\n", faults));
    }

    [Fact]
    public async Task With_normal_synchronisation_a_power_cut_loses_the_end_and_nothing_before_it()
    {
        Strace.Need();
        Random random = new(5);
        using StoreFolder folder = new();
        LifeRun run = new(folder, seed: 9, workers: 1, customers: 8) { Store = "sqlite-normal" };
        List<DiskEvent> events = await RecordAsync(run, folder);
        int most = 0;
        for (int image = 0; image < Stress.Times(8, 300); image++)
        {
            int cut = random.Next(events.Count + 1);
            most = Math.Max(most, await LostAsync(run, events, cut, random));
        }

        // That something is lost shows that the images are cruel enough to prove the test above.
        Assert.True(most > 0);
    }

    /// <summary>How many acknowledged steps are missing at the end; throws when what is left is no beginning of them.</summary>
    private static async Task<int> LostAsync(LifeRun run, List<DiskEvent> events, int cut, Random random)
    {
        using StoreFolder image = new();
        DiskImage.Write(events, cut, random, image.File);
        string[] said = [.. events.Take(cut).Where(one => one.Kind == DiskEventKind.Said).Select(one => one.File)];
        for (int kept = said.Length; kept >= 0; kept--)
        {
            if ((await LifeRun.FaultsAsync(image.File, run.LogOf(said.Take(kept)))).Count == 0)
            {
                return said.Length - kept;
            }
        }

        throw new InvalidOperationException($"Cut at {cut} of {events.Count}, the file holds no beginning of what was acknowledged.");
    }

    private static async Task<List<DiskEvent>> RecordAsync(LifeRun run, StoreFolder folder)
    {
        string log = Path.Combine(folder.Folder, "strace.log");
        using ProbeProcess process = run.Start(count: 12, Strace.Record(log));
        Assert.Empty(await run.EndAsync(process));
        Assert.True(run.Log.IsComplete);
        List<DiskEvent> events = DiskRecord.Read(log, folder.File);
        Assert.Equal(run.Log.Steps, events.Count(one => one.Kind == DiskEventKind.Said));
        return events;
    }

    private static async Task<List<string>> FaultsAsync(LifeRun run, List<DiskEvent> events, int cut, Random random)
    {
        using StoreFolder image = new();
        DiskImage.Write(events, cut, random, image.File);
        IEnumerable<string> said = events.Take(cut).Where(one => one.Kind == DiskEventKind.Said).Select(one => one.File);
        return await LifeRun.FaultsAsync(image.File, run.LogOf(said));
    }
}
