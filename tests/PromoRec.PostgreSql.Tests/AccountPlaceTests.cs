using Npgsql;
using NpgsqlTypes;
using PromoRec.PostgreSql.Accounts;
using PromoRec.PostgreSql.Lanes;
using PromoRec.PostgreSql.Tests.Server;
using PromoRec.Push.Ledger;

namespace PromoRec.PostgreSql.Tests;

/// <summary>Rows are changed at the places at which they were read.</summary>
public class AccountPlaceTests(SharedServer shared)
{
    private static readonly TimeSpan Retention = TimeSpan.FromDays(100);
    private readonly Deadline _deadline = new(TimeSpan.FromMinutes(1));

    [Fact]
    public async Task A_row_that_lies_elsewhere_by_now_is_read_again_and_nobody_elses_row_is_changed()
    {
        PostgreSqlOptions options = shared.Options();
        options.Lanes = 1;
        await using PostgreSqlStore store = new(options);
        await store.Ledger.TryReserveAsync([Asks.Send(1, "first"), Asks.Send(2, "first")]);
        await using Database database = new(options);
        Statements statements = new(options.Schema);
        AccountReader reader = new(database, statements, clock: null);
        AccountWriter writer = new(statements, database.TimeoutSeconds);
        ReservationAnswers answers = new(1);
        AccountRound round = new([new ReserveOperation(Asks.Send(2, "second"), answers, 0) { EnteredAt = _deadline.Now }], maxShards: 1);
        round.Begin(_deadline);
        await using NpgsqlConnection connection = await database.OpenAsync();
        await reader.ReadAsync(connection, round, ownShard: 1);
        Assert.Equal(new NpgsqlTid(0, 2), Assert.Single(round.Slots).Place);

        // As whoever writes a table anew would do it: the first customer, whose row has the same version, lies where the second was.
        await shared.Server.ExecuteAsync($"CREATE TABLE {options.Schema}.saved AS TABLE {options.Schema}.customer");
        await shared.Server.ExecuteAsync($"TRUNCATE {options.Schema}.customer");
        await shared.Server.ExecuteAsync($"INSERT INTO {options.Schema}.customer SELECT * FROM {options.Schema}.saved ORDER BY customer_key DESC");
        Assert.Equal("1", await shared.Server.ExecuteAsync($"SELECT convert_from(customer_key, 'UTF8') FROM {options.Schema}.customer WHERE ctid = '(0,2)'"));
        round.Decide(Retention);
        await writer.WriteAsync(connection, round);

        Assert.True(Assert.Single(round.Slots).IsOvertaken);
        round.Answer();
        Assert.False(answers.Task.IsCompleted);
        round.Begin(_deadline);
        await reader.ReadAsync(connection, round, ownShard: 1);
        round.Decide(Retention);
        await writer.WriteAsync(connection, round);
        round.Answer();
        Assert.Equal(ReservationStatus.Granted, (await answers.Task)[0].Status);
        Assert.Equal(["first", "second"], (await store.Ledger.ReadAsync(2)).Entries.Select(entry => entry.Key));
        Assert.Equal("first", Assert.Single((await store.Ledger.ReadAsync(1)).Entries).Key);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Even_in_a_small_table_a_list_is_changed_row_by_row_in_its_order(bool takes)
    {
        PostgreSqlOptions options = shared.Options();
        await using PostgreSqlStore store = new(options);
        await store.Ledger.TryReserveAsync([Asks.Send(1, "first"), Asks.Send(2, "first")]);
        await using Database database = new(options);
        await using NpgsqlConnection connection = await database.OpenAsync();
        Statements statements = new(options.Schema);
        List<int> users = [.. Enumerable.Range(1, 500)];
        NpgsqlBatchCommand write = Parameters.Command(
            "EXPLAIN " + statements.WriteAccounts(adds: true, changes: true, takes),
            Parameters.Of(users, _ => Array.Empty<byte>()),
            Parameters.Of(users, _ => Array.Empty<byte>()),
            Parameters.OfOptional(users, _ => (DateTime?)null),
            Parameters.OfOptional(users, _ => (DateTime?)null),
            Parameters.OfOptional(users, _ => (byte[]?)null),
            Parameters.Of(users, _ => Array.Empty<byte>()),
            Parameters.Of(users, _ => 2L),
            Parameters.Of(users, _ => Array.Empty<byte>()),
            Parameters.OfOptional(users, _ => (DateTime?)null),
            Parameters.OfOptional(users, _ => (DateTime?)null),
            Parameters.Of(users, user => new NpgsqlTid(0, (ushort)user)));
        if (takes)
        {
            write.Parameters.Add(Parameters.Of(users, _ => Array.Empty<byte>()));
            write.Parameters.Add(Parameters.Of(users, _ => 1));
            write.Parameters.Add(Parameters.Of(users, _ => 1L));
            write.Parameters.Add(Parameters.Of(users, _ => Array.Empty<byte>()));
            write.Parameters.Add(Parameters.Of(users, _ => Array.Empty<byte>()));
            write.Parameters.Add(Parameters.Of(users, _ => (short)0));
        }

        await using NpgsqlBatch batch = new(connection) { BatchCommands = { new NpgsqlBatchCommand(Statements.KeepOrder), write } };
        await using NpgsqlDataReader reader = await batch.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        await reader.NextResultAsync(TestContext.Current.CancellationToken);
        List<string> plan = [];
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            plan.Add(reader.GetString(0));
        }

        int update = plan.FindIndex(line => line.Contains("Update on customer c", StringComparison.Ordinal));
        Assert.Contains("Nested Loop", plan[update + 1]);
        Assert.Contains("Function Scan on r", plan[update + 2]);
        Assert.Contains("Tid Scan on customer c", plan[update + 3]);

        // The overtaken are looked for and, with budgets, their units are left out: neither by comparing every row with every other.
        Assert.Equal(takes ? 2 : 1, plan.Count(line => line.Contains("hashed SubPlan", StringComparison.Ordinal)));
    }
}
