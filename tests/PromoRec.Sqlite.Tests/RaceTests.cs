using System.Globalization;
using PromoRec.StoreProbe;

namespace PromoRec.Sqlite.Tests;

public sealed class RaceTests
{
    private const int Processes = 8;

    [Fact]
    public Task Eight_processes_take_exactly_what_there_is() => RaceAsync(Stress.Times(400, 20_000), Stress.Times(150, 5_000), int.MaxValue, batch: 1);

    [Fact]
    public Task Eight_processes_with_lists_take_exactly_what_there_is() => RaceAsync(Stress.Times(2_000, 20_000), Stress.Times(500, 5_000), int.MaxValue, batch: 50);

    [Fact]
    public Task Eight_processes_end_a_shared_budget_exactly() => RaceAsync(Stress.Times(400, 20_000), Stress.Times(150, 5_000), Stress.Times(500, 12_345), batch: 1);

    private static async Task RaceAsync(int attempts, int customers, int budget, int batch)
    {
        using StoreFolder folder = new();
        ProbeProcess[] processes =
        [
            .. Enumerable.Range(0, Processes).Select(process => ProbeProcess.Start(
            [
                "sqlite", folder.File, RaceWorkload.Name,
                Number("process", process), Number("attempts", attempts), Number("customers", customers), Number("budget", budget), Number("batch", batch),
            ])),
        ];
        await Task.WhenAll(processes.Select(process => process.SaysAsync(RaceWorkload.Ready)));
        Array.ForEach(processes, process => process.Go());
        int[] codes = await Task.WhenAll(processes.Select(process => process.EndAsync()));

        Assert.All(codes, code => Assert.Equal(0, code));
        long granted = processes.Sum(process => long.Parse(process.Lines.Last().Split(' ')[1], CultureInfo.InvariantCulture));
        await using ProbeStore store = ProbeStore.Open("sqlite", folder.File, TimeProvider.System);
        IEnumerable<RaceAttempt> all = Enumerable.Range(0, Processes).SelectMany(process => RaceWorkload.Attempts(process, attempts, customers));
        Assert.Empty(await RaceOracle.FaultsAsync(store.Ledger, all, granted, budget));
        Array.ForEach(processes, process => process.Dispose());
    }

    private static string Number(string name, int value) => string.Create(CultureInfo.InvariantCulture, $"{name}={value}");
}
