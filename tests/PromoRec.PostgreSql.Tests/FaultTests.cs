using Npgsql;
using PromoRec.Consent;
using PromoRec.PostgreSql.Tests.Server;
using PromoRec.Push.Ledger;

namespace PromoRec.PostgreSql.Tests;

public class FaultTests(SharedServer shared)
{
    [Fact]
    public async Task Nobody_there_is_unreachable()
    {
        await using PostgreSqlStore store = new(new PostgreSqlOptions { ConnectionString = "Host=127.0.0.1;Port=1;Username=nobody;Timeout=2" });

        LedgerUnavailableException fault = await FaultOfAsync(store);

        Assert.Equal((LedgerFault.Unreachable, PromoRecErrorCode.StoreUnavailable), (fault.Fault, fault.Code));
        Assert.Equal(LedgerFault.Unreachable, (await Assert.ThrowsAsync<LedgerUnavailableException>(async () => await store.Consent.ReadAsync(1))).Fault);
        Assert.Equal(LedgerFault.Unreachable, (await Assert.ThrowsAsync<LedgerUnavailableException>(() => store.MigrateAsync())).Fault);
        Assert.Equal(LedgerFault.Unreachable, (await Assert.ThrowsAsync<LedgerUnavailableException>(async () => await Asks.TakenAsync(store, "b"))).Fault);
        Assert.Equal(
            LedgerFault.Unreachable,
            (await Assert.ThrowsAsync<LedgerUnavailableException>(async () => await store.Ledger.ReadUncertainAsync().GetAsyncEnumerator().MoveNextAsync())).Fault);
    }

    [Fact]
    public async Task A_user_or_database_that_is_not_there_is_unreachable()
    {
        foreach ((string wrong, string advice) in new[] { (";Username=stranger", "Check Username"), (";Database=nowhere", "no such database") })
        {
            PostgreSqlOptions options = shared.Options();
            options.ConnectionString += wrong;
            await using PostgreSqlStore store = new(options);
            LedgerUnavailableException fault = await FaultOfAsync(store);
            Assert.Equal(LedgerFault.Unreachable, fault.Fault);
            Assert.Contains("nothing took effect", fault.Message, StringComparison.Ordinal);
            Assert.Contains(advice, fault.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_server_that_must_not_be_written_is_read_only_and_can_be_read()
    {
        PostgreSqlOptions options = shared.Options();
        await using (PostgreSqlStore writer = new(options))
        {
            await writer.Ledger.TryReserveAsync(Asks.Send(1, "before"));
        }

        options.ConnectionString += ";Options=-c default_transaction_read_only=on";
        await using PostgreSqlStore store = new(options);

        Assert.Equal(LedgerFault.ReadOnly, (await FaultOfAsync(store)).Fault);
        Assert.Single((await store.Ledger.ReadAsync(1)).Entries);
    }

    [Fact]
    public async Task Writing_works_again_when_the_server_may_be_written_again()
    {
        PostgreSqlOptions options = shared.Options();
        string role = options.Schema + "_standby";
        await shared.Server.ExecuteAsync($"CREATE ROLE {role} SUPERUSER LOGIN");
        options.ConnectionString += ";Username=" + role;
        await using PostgreSqlStore store = new(options);
        await store.Ledger.TryReserveAsync(Asks.Send(1, "before"));

        // A failover leaves pooled connections to what is a standby now.
        await shared.Server.ExecuteAsync($"ALTER ROLE {role} SET default_transaction_read_only = on");
        await shared.Server.ExecuteAsync($"SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename = '{role}'");
        Assert.Equal(LedgerFault.ReadOnly, (await FaultOfAsync(store)).Fault);
        await shared.Server.ExecuteAsync($"ALTER ROLE {role} RESET default_transaction_read_only");

        Assert.Equal(ReservationStatus.Granted, (await store.Ledger.TryReserveAsync(Asks.Send(1, "after"))).Status);
    }

    [Fact]
    public async Task A_row_that_somebody_locks_is_a_timeout_and_frees_itself()
    {
        PostgreSqlOptions options = shared.Options();
        options.CommandTimeout = TimeSpan.FromSeconds(1);
        await using PostgreSqlStore store = new(options);
        await store.Ledger.TryReserveAsync(Asks.Send(1, "before"));
        await using NpgsqlConnection other = new(shared.Server.ConnectionString);
        await other.OpenAsync();
        await using (NpgsqlTransaction transaction = await other.BeginTransactionAsync())
        {
            await using NpgsqlCommand command = new($"SELECT version FROM {options.Schema}.customer FOR UPDATE", other);
            await command.ExecuteScalarAsync();
            Assert.Equal(LedgerFault.TimedOut, (await FaultOfAsync(store)).Fault);
        }

        Assert.True((await store.Ledger.TryReserveAsync(Asks.Send(1, "key"))).IsHeld);
        Assert.Equal(2, (await store.Ledger.ReadAsync(1)).Entries.Length);
    }

    [Fact]
    public async Task Too_many_connections_are_unreachable_until_one_is_free()
    {
        PostgreSqlOptions options = shared.Options();
        string role = options.Schema + "_one";
        await shared.Server.ExecuteAsync($"CREATE ROLE {role} LOGIN CONNECTION LIMIT 1");
        await using (PostgreSqlStore owner = new(options))
        {
            await owner.MigrateAsync();
        }

        await shared.Server.ExecuteAsync($"GRANT USAGE ON SCHEMA {options.Schema} TO {role}");
        await shared.Server.ExecuteAsync($"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {options.Schema} TO {role}");
        options.ConnectionString += ";Username=" + role;
        await using PostgreSqlStore store = new(options);
        await using (NpgsqlConnection only = new(options.ConnectionString + ";Pooling=false"))
        {
            await only.OpenAsync();
            Assert.Equal(LedgerFault.Unreachable, (await FaultOfAsync(store)).Fault);
        }

        Assert.Equal(ReservationStatus.Granted, (await store.Ledger.TryReserveAsync(Asks.Send(1, "key"))).Status);
    }

    [Fact]
    public async Task One_damaged_account_fails_alone()
    {
        PostgreSqlOptions options = shared.Options();
        options.Lanes = 1;
        await using PostgreSqlStore store = new(options);
        await store.Ledger.TryReserveAsync([Asks.Send(1, "key"), Asks.Send(2, "key")]);
        await shared.Server.ExecuteAsync($"UPDATE {options.Schema}.customer SET account = substr(account, 1, 20) WHERE customer_key = '1'");

        Task<ReservationResult> damaged = store.Ledger.TryReserveAsync(Asks.Send(1, "next")).AsTask();
        Task<ReservationResult> sound = store.Ledger.TryReserveAsync(Asks.Send(2, "next")).AsTask();

        Assert.Equal(LedgerFault.Corrupt, (await Assert.ThrowsAsync<LedgerUnavailableException>(() => damaged)).Fault);
        Assert.Equal(ReservationStatus.Granted, (await sound).Status);
    }

    [Fact]
    public async Task A_store_that_was_closed_says_so()
    {
        PostgreSqlStore store = new(shared.Options());
        Task<ReservationResult> waiting = store.Ledger.TryReserveAsync(Asks.Send(1, "key")).AsTask();
        await store.DisposeAsync();

        Assert.Equal(ReservationStatus.Granted, (await waiting).Status);
        Assert.Equal(LedgerFault.Closed, (await FaultOfAsync(store)).Fault);
        Assert.Equal(LedgerFault.Closed, (await Assert.ThrowsAsync<LedgerUnavailableException>(async () => await store.Consent.ReadAsync(1))).Fault);
        Assert.Equal(LedgerFault.Closed, (await Assert.ThrowsAsync<LedgerUnavailableException>(async () => await Asks.TakenAsync(store, "b"))).Fault);
        await store.DisposeAsync();
    }

    [Fact]
    public async Task A_data_source_of_the_host_stays_open()
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(shared.Server.ConnectionString);
        PostgreSqlStore store = new(new PostgreSqlOptions { DataSource = source, Schema = SharedServer.NewSchema() });
        await store.Consent.AppendAsync(1, [new ConsentEvent { EventId = "e", At = DateTimeOffset.UnixEpoch, State = ConsentState.Granted }]);
        await store.DisposeAsync();

        await using NpgsqlCommand command = source.CreateCommand("SELECT 1");
        Assert.Equal(1, await command.ExecuteScalarAsync());
    }

    [Fact]
    public async Task No_fault_repeats_who_the_customer_is()
    {
        const string Secret = "secret-customer-4711";
        PostgreSqlOptions options = shared.Options();
        await using PostgreSqlStore store = new(options);
        await store.MigrateAsync();
        await shared.Server.ExecuteAsync($"ALTER TABLE {options.Schema}.customer ADD CHECK (version < 0)");

        LedgerUnavailableException fault = await Assert.ThrowsAsync<LedgerUnavailableException>(async () => await store.Ledger.TryReserveAsync(Asks.Send(Secret, "key")));

        Assert.DoesNotContain(Secret, fault.Message);
    }

    private static async Task<LedgerUnavailableException> FaultOfAsync(PostgreSqlStore store) =>
        await Assert.ThrowsAsync<LedgerUnavailableException>(async () => await store.Ledger.TryReserveAsync(Asks.Send(1, "key")));
}
