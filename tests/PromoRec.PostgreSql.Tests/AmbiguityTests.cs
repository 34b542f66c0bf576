using System.Globalization;
using PromoRec.PostgreSql.Tests.Server;
using PromoRec.Push.Ledger;

namespace PromoRec.PostgreSql.Tests;

public class AmbiguityTests(SharedServer shared)
{
    private const int PerDay = 3;
    private const int Customers = 40;

    [Fact]
    public async Task Where_replies_are_lost_a_repeated_key_gets_the_same_place_and_nothing_counts_twice()
    {
        int calls = Stress.IsFull ? 100_000 : 1500;
        int customers = Math.Max(Customers, calls / 30);
        await using ChaosProxy proxy = new(shared.Server.Port, seed: 1);
        PostgreSqlOptions options = shared.Options();
        options.ConnectionString = shared.Server.ConnectionStringFor(proxy.Port);
        await using PostgreSqlStore store = new(options);
        await store.MigrateAsync();
        proxy.LossPercent = Stress.IsFull ? 5 : 20;
        int failures = 0;
        bool[] isHeld = new bool[calls];

        await Task.WhenAll(Enumerable.Range(0, 16).Select(async task =>
        {
            for (int i = task; i < calls; i += 16)
            {
                (ReservationStatus status, int failed) = await UntilAnsweredAsync(store, Asks.Send(i % customers, Key(i), PerDay, Asks.Of("b", 10_000_000)));
                isHeld[i] = status is ReservationStatus.Granted or ReservationStatus.Replayed;
                Interlocked.Add(ref failures, failed);
            }
        }));

        proxy.LossPercent = 0;
        Assert.True(failures > 10, $"Only {failures} calls failed, so nothing was shown.");
        Assert.Equal(customers * PerDay, isHeld.Count(held => held));
        for (int customer = 0; customer < customers; customer++)
        {
            CustomerHistory history = await store.Ledger.ReadAsync(customer);
            IEnumerable<string> expected = Enumerable.Range(0, calls).Where(i => i % customers == customer && isHeld[i]).Select(Key);
            Assert.Equal(expected.Order(), history.Entries.Select(entry => entry.Key).Order());
        }

        Assert.Equal(customers * PerDay, await Asks.TakenAsync(store, "b"));
    }

    [Fact]
    public async Task A_reply_that_never_comes_is_a_timeout_and_the_place_may_be_held()
    {
        await using ChaosProxy proxy = new(shared.Server.Port, seed: 1);
        PostgreSqlOptions options = shared.Options();
        options.ConnectionString = shared.Server.ConnectionStringFor(proxy.Port) + ";Cancellation Timeout=1000";
        options.CommandTimeout = TimeSpan.FromSeconds(1);
        await using PostgreSqlStore store = new(options);
        await store.Ledger.TryReserveAsync(Asks.Send(1, "before"));
        proxy.IsSilent = true;

        LedgerUnavailableException fault = await Assert.ThrowsAsync<LedgerUnavailableException>(async () => await store.Ledger.TryReserveAsync(Asks.Send(1, "key")));

        proxy.IsSilent = false;
        Assert.Equal(LedgerFault.TimedOut, fault.Fault);
        Assert.True((await store.Ledger.TryReserveAsync(Asks.Send(1, "key"))).IsHeld);
        Assert.Equal(2, (await store.Ledger.ReadAsync(1)).Entries.Length);
    }

    [Fact]
    public async Task While_nobody_answers_every_call_fails_and_afterwards_every_call_works()
    {
        await using ChaosProxy proxy = new(shared.Server.Port, seed: 1);
        PostgreSqlOptions options = shared.Options();
        options.ConnectionString = shared.Server.ConnectionStringFor(proxy.Port);
        await using PostgreSqlStore store = new(options);
        await store.Ledger.TryReserveAsync(Asks.Send(1, "before"));
        proxy.IsClosed = true;

        LedgerFault[] faults = await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
            (await Assert.ThrowsAsync<LedgerUnavailableException>(async () => await store.Ledger.TryReserveAsync(Asks.Send(i, "key")))).Fault));

        proxy.IsClosed = false;
        Assert.All(faults, fault => Assert.Equal(LedgerFault.Unreachable, fault));
        Assert.Equal(ReservationStatus.Granted, (await store.Ledger.TryReserveAsync(Asks.Send(1, "after"))).Status);
    }

    private static async Task<(ReservationStatus Status, int Failed)> UntilAnsweredAsync(PostgreSqlStore store, ReservationRequest request)
    {
        for (int failed = 0; ; failed++)
        {
            try
            {
                return ((await store.Ledger.TryReserveAsync(request)).Status, failed);
            }
            catch (LedgerUnavailableException fault)
            {
                Assert.Contains(fault.Fault, new[] { LedgerFault.Unreachable, LedgerFault.TimedOut });
            }
        }
    }

    private static string Key(int i) => i.ToString(CultureInfo.InvariantCulture);
}
