using PromoRec.Consent;
using PromoRec.PostgreSql.Schema;
using PromoRec.PostgreSql.Tests.Server;
using PromoRec.Push.Ledger;

namespace PromoRec.PostgreSql.Tests;

public class MigrationTests(SharedServer shared)
{
    [Fact]
    public async Task Twenty_replicas_that_start_at_once_make_the_tables_once()
    {
        PostgreSqlOptions options = shared.Options();
        PostgreSqlStore[] stores = [.. Enumerable.Range(0, 20).Select(_ => new PostgreSqlStore(options))];

        ReservationResult[] results = await Task.WhenAll(stores.Select((store, i) => store.Ledger.TryReserveAsync(Asks.Send(1, $"key {i}", 7)).AsTask()));

        Assert.Equal(7, results.Count(result => result.Status == ReservationStatus.Granted));
        Assert.Equal((long)Migrations.Latest, await shared.Server.ExecuteAsync($"SELECT count(*) FROM {options.Schema}.schema_version"));
        foreach (PostgreSqlStore store in stores)
        {
            await store.DisposeAsync();
        }
    }

    [Fact]
    public async Task Tables_of_a_newer_version_are_not_touched()
    {
        PostgreSqlOptions options = shared.Options();
        await using (PostgreSqlStore store = new(options))
        {
            await store.MigrateAsync();
        }

        await shared.Server.ExecuteAsync($"INSERT INTO {options.Schema}.schema_version (version) VALUES (99)");
        await using PostgreSqlStore old = new(options);

        LedgerUnavailableException fault = await Assert.ThrowsAsync<LedgerUnavailableException>(async () => await old.Ledger.TryReserveAsync(Asks.Send(1, "key")));

        Assert.Equal((LedgerFault.IncompatibleSchema, PromoRecErrorCode.IncompatibleStore), (fault.Fault, fault.Code));
        Assert.Contains("version 99", fault.Message);
        await shared.Server.ExecuteAsync($"DELETE FROM {options.Schema}.schema_version WHERE version = 99");
        Assert.Equal(ReservationStatus.Granted, (await old.Ledger.TryReserveAsync(Asks.Send(1, "key"))).Status);
    }

    [Fact]
    public async Task Without_leave_to_create_tables_it_says_what_to_do_and_works_once_they_are_there()
    {
        PostgreSqlOptions options = shared.Options();
        options.CreateTables = false;
        await using PostgreSqlStore store = new(options);

        LedgerUnavailableException fault = await Assert.ThrowsAsync<LedgerUnavailableException>(async () => await store.Ledger.ReadAsync(1));
        Assert.Equal(LedgerFault.IncompatibleSchema, fault.Fault);
        Assert.Contains("MigrateAsync", fault.Message);

        await using (PostgreSqlStore owner = new(shared.Options(options.Schema)))
        {
            await owner.MigrateAsync();
        }

        Assert.Empty((await store.Ledger.ReadAsync(1)).Entries);
    }

    [Fact]
    public async Task A_role_without_the_right_to_create_anything_can_use_the_tables()
    {
        PostgreSqlOptions options = shared.Options();
        await using PostgreSqlStore owner = new(options);
        await owner.MigrateAsync();
        string role = options.Schema + "_role";
        await shared.Server.ExecuteAsync($"CREATE ROLE {role} LOGIN");
        await shared.Server.ExecuteAsync($"GRANT USAGE ON SCHEMA {options.Schema} TO {role}");
        await shared.Server.ExecuteAsync($"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {options.Schema} TO {role}");
        PostgreSqlOptions limited = shared.Options(options.Schema);
        limited.ConnectionString += ";Username=" + role;
        await using PostgreSqlStore store = new(limited);

        Assert.Equal(ReservationStatus.Granted, (await store.Ledger.TryReserveAsync(Asks.Send(1, "key", 5, Asks.Of("b", 100_000)))).Status);
        Assert.Equal(1, await Asks.TakenAsync(store, "b"));
    }

    [Fact]
    public async Task Tables_of_somebody_else_are_left_alone()
    {
        PostgreSqlOptions options = shared.Options();
        await shared.Server.ExecuteAsync($"CREATE SCHEMA {options.Schema}");
        await shared.Server.ExecuteAsync($"CREATE TABLE {options.Schema}.customer (name text)");
        await using PostgreSqlStore store = new(options);

        LedgerUnavailableException fault = await Assert.ThrowsAsync<LedgerUnavailableException>(() => store.MigrateAsync());

        Assert.Equal(LedgerFault.IncompatibleSchema, fault.Fault);
        Assert.Equal(1L, await shared.Server.ExecuteAsync($"SELECT count(*) FROM information_schema.tables WHERE table_schema = '{options.Schema}'"));
    }

    [Fact]
    public async Task Tables_that_vanish_are_missed_and_not_replaced_by_some_that_have_forgotten_everything()
    {
        PostgreSqlOptions options = shared.Options();
        await using PostgreSqlStore store = new(options);
        await store.Ledger.TryReserveAsync(Asks.Send(1, "key"));
        await shared.Server.ExecuteAsync($"ALTER SCHEMA {options.Schema} RENAME TO {options.Schema}_away");

        Assert.Equal(LedgerFault.IncompatibleSchema, (await FaultOfAsync(store)).Fault);
        for (int i = 0; i < 3; i++)
        {
            LedgerUnavailableException fault = await FaultOfAsync(store);
            Assert.Equal(LedgerFault.IncompatibleSchema, fault.Fault);
            Assert.Contains("were there before and are gone", fault.Message);
            Assert.Contains("starts anew", fault.Message);
        }

        Assert.Equal(0L, await shared.Server.ExecuteAsync($"SELECT count(*) FROM pg_namespace WHERE nspname = '{options.Schema}'"));
        await shared.Server.ExecuteAsync($"ALTER SCHEMA {options.Schema}_away RENAME TO {options.Schema}");
        Assert.Equal(ReservationStatus.Replayed, (await store.Ledger.TryReserveAsync(Asks.Send(1, "key"))).Status);

        // To begin with nothing is for somebody to say.
        await shared.Server.ExecuteAsync($"DROP SCHEMA {options.Schema} CASCADE");
        await FaultOfAsync(store);
        await store.MigrateAsync();
        Assert.Equal(ReservationStatus.Granted, (await store.Ledger.TryReserveAsync(Asks.Send(1, "key"))).Status);
    }

    [Fact]
    public async Task A_newer_version_is_noticed_while_the_store_runs_and_nothing_is_written_any_more()
    {
        PostgreSqlOptions options = shared.Options();
        await using PostgreSqlStore store = new(options);
        await store.Ledger.TryReserveAsync(Asks.Send(1, "key"));
        await shared.Server.ExecuteAsync($"INSERT INTO {options.Schema}.schema_version (version) VALUES (99)");

        LedgerUnavailableException fault = await FaultOfAsync(store);
        Assert.Equal(LedgerFault.IncompatibleSchema, fault.Fault);
        Assert.Contains("version 99", fault.Message);
        fault = await Assert.ThrowsAsync<LedgerUnavailableException>(async () =>
            await store.Consent.AppendAsync(1, [new ConsentEvent { EventId = "e", At = DateTimeOffset.UnixEpoch, State = ConsentState.Granted }]));
        Assert.Equal(LedgerFault.IncompatibleSchema, fault.Fault);
        Assert.Equal(0L, await shared.Server.ExecuteAsync($"SELECT count(*) FROM {options.Schema}.consent"));

        await shared.Server.ExecuteAsync($"DELETE FROM {options.Schema}.schema_version WHERE version = 99");
        Assert.Equal(ReservationStatus.Replayed, (await store.Ledger.TryReserveAsync(Asks.Send(1, "key"))).Status);
        await store.Consent.AppendAsync(1, [new ConsentEvent { EventId = "e", At = DateTimeOffset.UnixEpoch, State = ConsentState.Granted }]);

        // Each kind of operation looks for itself.
        await shared.Server.ExecuteAsync($"INSERT INTO {options.Schema}.schema_version (version) VALUES (99)");
        Assert.Equal(LedgerFault.IncompatibleSchema, (await Assert.ThrowsAsync<LedgerUnavailableException>(async () => await store.Consent.ForgetAsync(1))).Fault);
    }

    [Fact]
    public async Task The_customers_can_be_partitioned_by_hash()
    {
        PostgreSqlOptions options = shared.Options();
        await using PostgreSqlStore store = new(options);
        await store.MigrateAsync();
        string script = PartitioningScript(options.Schema);
        await shared.Server.ExecuteAsync(script);

        ReservationResult[] results = await Task.WhenAll(
            Enumerable.Range(0, 200).Select(i => store.Ledger.TryReserveAsync(Asks.Send(i % 50, $"key {i}", 3, Asks.Of("b", 100))).AsTask()));

        Assert.Equal(100, results.Count(result => result.Status == ReservationStatus.Granted));
        Assert.True((long)(await shared.Server.ExecuteAsync($"SELECT count(DISTINCT tableoid) FROM {options.Schema}.customer"))! == 4);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 4)]
    public async Task Tables_of_version_1_are_brought_to_where_new_ones_begin(bool isPartitioned, long tables)
    {
        PostgreSqlOptions options = shared.Options();
        string schema = options.Schema;
        await shared.Server.ExecuteAsync($"CREATE SCHEMA {schema}");
        await shared.Server.ExecuteAsync($"CREATE TABLE {schema}.schema_version (version integer PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT clock_timestamp())");
        await shared.Server.ExecuteAsync(Migrations.Script(1, schema));
        await shared.Server.ExecuteAsync($"INSERT INTO {schema}.schema_version (version) VALUES (1)");
        if (isPartitioned)
        {
            await shared.Server.ExecuteAsync(PartitioningScript(schema).Replace("fillfactor = 45", "fillfactor = 70", StringComparison.Ordinal));
        }

        Assert.Equal(tables, await TablesFilledToAsync(schema, 70));
        await using PostgreSqlStore store = new(options);
        Assert.Equal(ReservationStatus.Granted, (await store.Ledger.TryReserveAsync(Asks.Send(1, "key"))).Status);

        Assert.Equal((0, tables), (await TablesFilledToAsync(schema, 70), await TablesFilledToAsync(schema, 45)));
        Assert.Equal((long)Migrations.Latest, await shared.Server.ExecuteAsync($"SELECT count(*) FROM {schema}.schema_version"));
    }

    private async Task<long> TablesFilledToAsync(string schema, int percent) => (long)(await shared.Server.ExecuteAsync(
        $"SELECT count(*) FROM pg_class WHERE relnamespace = '{schema}'::regnamespace AND relname LIKE 'customer%' AND 'fillfactor={percent}' = ANY (reloptions)"))!;

    private static async Task<LedgerUnavailableException> FaultOfAsync(PostgreSqlStore store) =>
        await Assert.ThrowsAsync<LedgerUnavailableException>(async () => await store.Ledger.TryReserveAsync(Asks.Send(1, "key")));

    /// <summary>The statements of the guide, so that they are known to work.</summary>
    private static string PartitioningScript(string schema)
    {
        string guide = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "postgresql.md"));
        int start = guide.IndexOf("```sql", StringComparison.Ordinal) + "```sql".Length;
        return guide[start..guide.IndexOf("```", start, StringComparison.Ordinal)].Replace("promorec.", schema + ".", StringComparison.Ordinal);
    }
}
