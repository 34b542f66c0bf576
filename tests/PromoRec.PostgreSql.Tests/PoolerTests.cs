using Npgsql;
using PromoRec.Consent;
using PromoRec.PostgreSql.Tests.Server;
using PromoRec.Push.Ledger;

namespace PromoRec.PostgreSql.Tests;

public class PoolerTests(SharedServer shared)
{
    [Fact]
    public async Task Behind_a_pooler_in_transaction_mode_everything_works_and_stays_exact()
    {
        await using TransactionPooler pooler = new(shared.Server.Port);
        PostgreSqlOptions options = shared.Options();
        options.ConnectionString = shared.Server.ConnectionStringFor(pooler.Port);
        await using PostgreSqlStore store = new(options);

        ReservationResult[] results = await Task.WhenAll(
            Enumerable.Range(0, 400).Select(i => store.Ledger.TryReserveAsync(Asks.Send(i % 40, $"key {i}", 3, Asks.Of("b", 100, 1))).AsTask()));
        await store.Consent.AppendAsync(1, [new ConsentEvent { EventId = "e", At = DateTimeOffset.UnixEpoch, State = ConsentState.Withdrawn }]);
        int cancelled = await store.Ledger.CancelAsync(new Cancellation(1, 1, [Asks.Everything]));

        Assert.Equal(100, results.Count(result => result.Status == ReservationStatus.Granted));
        Assert.Equal(100 - cancelled, await Asks.TakenAsync(store, "b"));
        Assert.Equal(1, (await store.Consent.ReadAsync(1)).Version);
        Assert.True(pooler.Moves > 10);
    }

    [Fact]
    public async Task The_pooler_of_these_tests_does_forget_what_belongs_to_a_session()
    {
        await using TransactionPooler pooler = new(shared.Server.Port);
        await using NpgsqlConnection connection = new(shared.Server.ConnectionStringFor(pooler.Port));
        await connection.OpenAsync();
        await using NpgsqlCommand command = new("SELECT set_config('promorec.test', 'kept', false)", connection);
        await command.ExecuteScalarAsync();
        command.CommandText = "SELECT current_setting('promorec.test', true)";

        Assert.NotEqual("kept", await command.ExecuteScalarAsync());
    }

    [Fact]
    public async Task Prepared_statements_work_on_direct_connections()
    {
        PostgreSqlOptions options = shared.Options();
        options.PrepareStatements = true;
        await using PostgreSqlStore store = new(options);
        for (int i = 0; i < 50; i++)
        {
            Assert.Equal(ReservationStatus.Granted, (await store.Ledger.TryReserveAsync(Asks.Send(i % 10, $"key {i}", 5, Asks.Of("b", 50)))).Status);
        }

        Assert.NotEqual(0L, await shared.Server.ExecuteAsync("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'PromoRec'"));
        Assert.Equal(ReservationStatus.Refused, (await store.Ledger.TryReserveAsync(Asks.Send(11, "key", 5, Asks.Of("b", 50)))).Status);
    }
}
