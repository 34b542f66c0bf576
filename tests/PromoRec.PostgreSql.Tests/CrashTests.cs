using System.Collections.Concurrent;
using PromoRec.PostgreSql.Tests.Server;
using PromoRec.Push.Ledger;

namespace PromoRec.PostgreSql.Tests;

/// <summary>The server crashes, sessions are killed, a standby takes over: whoever was answered was answered for good.</summary>
public class CrashTests
{
    private const int PerDay = 3;
    private const int Customers = 200;
    private const int Workers = 8;
    private const long Limit = 100_000_000;

    [Fact]
    public async Task A_server_that_crashes_again_and_again_has_lost_nothing_that_was_acknowledged()
    {
        await using PostgreSqlServer server = await StartAsync();
        PostgreSqlOptions options = new() { ConnectionString = server.ConnectionString };
        await CheckAsync(options, options, async () =>
        {
            for (int crash = 0; crash < (Stress.IsFull ? 50 : 2); crash++)
            {
                await Task.Delay(400);
                await server.RestartAsync("immediate");
            }
        });
    }

    [Fact]
    public async Task Sessions_that_are_killed_lose_nothing_that_was_acknowledged()
    {
        await using PostgreSqlServer server = await StartAsync();
        PostgreSqlOptions options = new() { ConnectionString = server.ConnectionString };
        await CheckAsync(options, options, async () =>
        {
            for (int kill = 0; kill < (Stress.IsFull ? 500 : 20); kill++)
            {
                await Task.Delay(50);
                await server.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'PromoRec' ORDER BY random() LIMIT 1");
            }
        });
    }

    [Fact]
    public async Task A_synchronous_standby_that_takes_over_has_everything_that_was_acknowledged()
    {
        await using PostgreSqlServer primary = await StartAsync();
        await using PostgreSqlServer standby = await primary.StartStandbyAsync();
        PostgreSqlOptions both = new()
        {
            ConnectionString = $"Host=127.0.0.1:{primary.Port},127.0.0.1:{standby.Port};Username=promorec;Database=postgres;Target Session Attributes=read-write;Timeout=2;Host Recheck Seconds=1",
        };
        await CheckAsync(both, new PostgreSqlOptions { ConnectionString = standby.ConnectionString }, async () =>
        {
            await Task.Delay(1000);
            await primary.StopAsync("immediate");
            await standby.PromoteAsync();
        });
    }

    private static async Task<PostgreSqlServer> StartAsync()
    {
        PostgreSqlServer? server = await PostgreSqlServer.TryStartAsync("-c wal_level=replica -c max_wal_senders=4");
        Assert.SkipWhen(server is null, PostgreSqlBinaries.Missing);
        return server!;
    }

    /// <summary>Workers take and settle places while something happens, and repeat what was not answered; then the ledger is compared with what they were told.</summary>
    private static async Task CheckAsync(PostgreSqlOptions options, PostgreSqlOptions after, Func<Task> happen)
    {
        ConcurrentDictionary<(int Customer, string Key), ReservationState> told = new();
        int failures = 0;
        using CancellationTokenSource enough = new();
        await using (PostgreSqlStore store = new(options))
        {
            await store.MigrateAsync();
            Task[] workers = [.. Enumerable.Range(0, Workers).Select(worker => Task.Run(() => WorkAsync(store, worker)))];
            await happen();
            await Task.Delay(500);
            int before = told.Count;
            await UntilAsync(() => told.Count > before + 10);
            await enough.CancelAsync();
            await Task.WhenAll(workers);
        }

        Assert.True(failures > 0, "Nothing failed, so nothing was shown.");
        await using PostgreSqlStore last = new(after);
        await CompareAsync(last, told);

        async Task WorkAsync(PostgreSqlStore store, int worker)
        {
            for (int i = worker; !enough.IsCancellationRequested; i += Workers)
            {
                int customer = i % Customers;
                string key = $"key {i}";
                ReservationResult result = await UntilAnsweredAsync(() => store.Ledger.TryReserveAsync(Asks.Send(customer, key, PerDay, Asks.Of("b", Limit))));
                if (result.IsHeld)
                {
                    bool isReleased = i % 3 != 0;
                    Settlement settlement = isReleased ? Settlement.Release : Settlement.Commit;
                    SettlementStatus settled = await UntilAnsweredAsync(() => store.Ledger.SettleAsync(customer, key, settlement));
                    Assert.Contains(settled, new[] { SettlementStatus.Done, isReleased ? SettlementStatus.NotFound : SettlementStatus.AlreadyDone });
                    if (!isReleased)
                    {
                        told[(customer, key)] = ReservationState.Committed;
                    }
                }
            }
        }

        async Task<T> UntilAnsweredAsync<T>(Func<ValueTask<T>> ask)
        {
            while (true)
            {
                try
                {
                    return await ask();
                }
                catch (LedgerUnavailableException fault)
                {
                    Assert.Contains(fault.Fault, new[] { LedgerFault.Unreachable, LedgerFault.TimedOut, LedgerFault.ReadOnly, LedgerFault.Locked });
                    Interlocked.Increment(ref failures);
                    await Task.Delay(20);
                }
            }
        }
    }

    private static async Task CompareAsync(PostgreSqlStore store, IReadOnlyDictionary<(int Customer, string Key), ReservationState> told)
    {
        List<(int Customer, string Key)> held = [];
        for (int customer = 0; customer < Customers; customer++)
        {
            CustomerHistory history = await store.Ledger.ReadAsync(customer);
            Assert.True(history.Entries.Length <= PerDay, $"{history.Entries.Length} places are held under a cap of {PerDay}.");
            Assert.All(history.Entries, entry => Assert.Equal(ReservationState.Committed, entry.State));
            held.AddRange(history.Entries.Select(entry => (customer, entry.Key)));
        }

        Assert.NotEmpty(held);
        Assert.Equal(told.Keys.Order(), held.Order());
        Assert.Equal(held.Count, await Asks.TakenAsync(store, "b"));
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        for (int i = 0; i < 600 && !isSo(); i++)
        {
            await Task.Delay(50);
        }
    }
}
