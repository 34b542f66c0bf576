using System.Globalization;
using PromoRec.PostgreSql.Tests.Server;
using PromoRec.StoreProbe;

namespace PromoRec.PostgreSql.Tests;

/// <summary>Eight processes reach for the same places; what they get is known in advance.</summary>
public class RaceTests(SharedServer shared)
{
    private const int Processes = 8;

    [Fact]
    public Task Eight_processes_take_exactly_what_there_is() => RaceAsync(Stress.Times(300, 125_000), Stress.Times(100, 50_000), cold: 0, int.MaxValue, batch: 1);

    [Fact]
    public Task Eight_processes_with_lists_take_exactly_what_there_is() =>
        RaceAsync(Stress.Times(2_000, 1_000_000), Stress.Times(250, 50_000), Stress.Times(2_000, 2_000_000), int.MaxValue, batch: 100);

    [Fact]
    public Task Eight_processes_end_a_shared_budget_exactly() => RaceAsync(Stress.Times(300, 20_000), Stress.Times(100, 10_000), cold: 0, Stress.Times(400, 12_345), batch: 1);

    private async Task RaceAsync(int attempts, int customers, int cold, int budget, int batch)
    {
        string connection = SharedServer.NewSchema() + "@" + shared.Server.ConnectionString;
        long deadlocks = await DeadlocksAsync();
        ProbeProcess[] processes =
        [
            .. Enumerable.Range(0, Processes).Select(process => ProbeProcess.Start(
            [
                "postgresql", connection, RaceWorkload.Name,
                Number("process", process), Number("attempts", attempts), Number("customers", customers), Number("cold", cold), Number("budget", budget), Number("batch", batch),
            ])),
        ];
        await Task.WhenAll(processes.Select(process => process.SaysAsync(RaceWorkload.Ready)));
        Array.ForEach(processes, process => process.Go());
        int[] codes = await Task.WhenAll(processes.Select(process => process.EndAsync()));

        Assert.All(codes, code => Assert.Equal(0, code));
        long granted = processes.Sum(process => long.Parse(process.Lines.Last().Split(' ')[1], CultureInfo.InvariantCulture));
        Array.ForEach(processes, process => process.Dispose());
        await using ProbeStore store = ProbeStore.Open("postgresql", connection, TimeProvider.System);
        IEnumerable<RaceAttempt> all = Enumerable.Range(0, Processes).SelectMany(process => RaceWorkload.Attempts(process, attempts, customers, cold));
        Assert.Empty(await RaceOracle.FaultsAsync(store.Ledger, all, granted, budget));
        Assert.Equal(deadlocks, await DeadlocksAsync());
    }

    private async Task<long> DeadlocksAsync() => (long)(await shared.Server.ExecuteAsync("SELECT deadlocks FROM pg_stat_database WHERE datname = 'postgres'"))!;

    private static string Number(string name, int value) => string.Create(CultureInfo.InvariantCulture, $"{name}={value}");
}
