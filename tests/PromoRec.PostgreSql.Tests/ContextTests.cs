using System.Transactions;
using Npgsql;
using PromoRec.Consent;
using PromoRec.PostgreSql.Tests.Server;
using PromoRec.Push.Ledger;

namespace PromoRec.PostgreSql.Tests;

/// <summary>Where it is called from, and what else the host does, must make no difference.</summary>
public class ContextTests(SharedServer shared)
{
    [Fact]
    public async Task A_transaction_of_the_host_that_is_rolled_back_takes_nothing_with_it()
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(shared.Server.ConnectionString);
        foreach (PostgreSqlOptions options in new[] { shared.Options(), new PostgreSqlOptions { DataSource = source, Schema = SharedServer.NewSchema() } })
        {
            await using PostgreSqlStore store = new(options);
            using (new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
            {
                await store.Ledger.TryReserveAsync(Asks.Send(1, "key", 5, Asks.Of("b", 10)));
                await store.Consent.AppendAsync(1, [new ConsentEvent { EventId = "e", At = DateTimeOffset.UnixEpoch, State = ConsentState.Withdrawn }]);
                Assert.Equal(1, await Asks.TakenAsync(store, "b"));
            }

            Assert.Single((await store.Ledger.ReadAsync(1)).Entries);
            Assert.Single((await store.Consent.ReadAsync(1)).Events);
            Assert.Equal(1, await Asks.TakenAsync(store, "b"));
        }
    }

    [Theory]
    [InlineData("serializable")]
    [InlineData("repeatable\\ read")]
    public async Task A_stricter_isolation_by_default_changes_no_answer(string isolation)
    {
        PostgreSqlOptions options = shared.Options();
        options.ConnectionString += $";Options=-c default_transaction_isolation={isolation}";
        await using PostgreSqlStore one = new(options);
        await using PostgreSqlStore two = new(options);

        ReservationResult[] results = await Task.WhenAll(Enumerable.Range(0, 600).Select(i =>
            (i % 2 == 0 ? one : two).Ledger.TryReserveAsync(Asks.Send(i % 60, $"key {i}", 3, Asks.Of("b", 150))).AsTask()));

        Assert.Equal(150, results.Count(result => result.Status == ReservationStatus.Granted));
        Assert.Equal(150, await Asks.TakenAsync(one, "b"));
    }

    [Fact]
    public async Task The_time_is_the_databases()
    {
        await using PostgreSqlStore store = new(shared.Options());
        DateTimeOffset before = new((DateTime)(await shared.Server.ExecuteAsync("SELECT clock_timestamp()"))!);

        ReservationResult result = await store.Ledger.TryReserveAsync(Asks.Send(1, "key"));

        Assert.InRange(result.LedgerTime, before, new DateTimeOffset((DateTime)(await shared.Server.ExecuteAsync("SELECT clock_timestamp()"))!));
        Assert.Equal(result.LedgerTime, result.Reservation!.At);
    }

    [Fact]
    public async Task Whoever_stops_waiting_does_not_stop_what_has_begun()
    {
        await using PostgreSqlStore store = new(shared.Options());
        await store.MigrateAsync();
        using CancellationTokenSource cancellation = new();
        Task<ReservationResult> call = store.Ledger.TryReserveAsync(Asks.Send(1, "key"), cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        await call.ContinueWith(_ => { }, TaskScheduler.Default);

        Assert.True((await store.Ledger.TryReserveAsync(Asks.Send(1, "key"))).Status is ReservationStatus.Replayed);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await store.Ledger.ReadAsync(1, cancellation.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await store.Consent.ReadAsync(1, cancellation.Token));
    }

    [Fact]
    public async Task Who_waits_longer_than_allowed_is_told_so_and_nothing_was_done()
    {
        PostgreSqlOptions options = shared.Options();
        options.Lanes = 1;
        options.MaxWait = TimeSpan.FromSeconds(1);
        await using PostgreSqlStore store = new(options);
        await store.Ledger.TryReserveAsync(Asks.Send(1, "before"));
        await using NpgsqlConnection other = new(shared.Server.ConnectionString);
        await other.OpenAsync();
        await using NpgsqlTransaction transaction = await other.BeginTransactionAsync();
        await using NpgsqlCommand command = new($"SELECT version FROM {options.Schema}.customer FOR UPDATE", other);
        await command.ExecuteScalarAsync();
        Task<ReservationResult> first = store.Ledger.TryReserveAsync(Asks.Send(1, "first")).AsTask();
        await Task.Delay(100);
        Task<ReservationResult> second = store.Ledger.TryReserveAsync(Asks.Send(2, "second")).AsTask();
        await Task.Delay(1500);
        await transaction.RollbackAsync();

        Assert.Equal(ReservationStatus.Granted, (await first).Status);
        Assert.Equal(LedgerFault.Locked, (await Assert.ThrowsAsync<LedgerUnavailableException>(() => second)).Fault);
        Assert.Empty((await store.Ledger.ReadAsync(2)).Entries);
    }
}
