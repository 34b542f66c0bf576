using Npgsql;

namespace PromoRec.PostgreSql.Escrow;

/// <summary>Moves units between the rows of a budget, in a transaction of its own that touches nothing else.</summary>
internal sealed class EscrowKeeper(Statements statements, int maxShards, int timeoutSeconds)
{
    /// <summary>Gives a lane what it wants, if it is there, and makes a new limit hold.</summary>
    public async Task RebalanceAsync(NpgsqlConnection connection, RoundBudget budget, short ownShard)
    {
        try
        {
            (long limit, List<BudgetShard> rows) = await LockAsync(connection, budget).ConfigureAwait(false);
            limit = budget.NewLimit ?? limit;
            List<BudgetShard> spread = rows is [{ Shard: 0 }, ..] ? EscrowPlan.Spread(rows, limit, ownShard, budget.Wanted, budget.Unit, maxShards) : [];
            await WriteAsync(connection, budget, limit, spread).ConfigureAwait(false);
        }
        catch (PostgresException undone) when (DatabaseFaults.IsUndoneByOthers(undone))
        {
            // The lane reads anew and asks again if it still needs to.
            await using NpgsqlBatch rollback = new(connection) { Timeout = timeoutSeconds, BatchCommands = { new NpgsqlBatchCommand("ROLLBACK") } };
            await rollback.ExecuteNonQueryAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Customers, other than some, who have carts that had expired at an instant.</summary>
    public Task<List<UserId>> FindExpiredAsync(NpgsqlConnection connection, DateTimeOffset through, List<UserId> others, int most) => CustomerList.ReadAsync(
        connection,
        timeoutSeconds,
        Parameters.Command(statements.FindExpired, Parameters.Of(through), Parameters.Of(others, userId => CustomerKey.Of(userId, out _)), Parameters.Of(most)));

    private async Task<(long Limit, List<BudgetShard> Rows)> LockAsync(NpgsqlConnection connection, RoundBudget budget)
    {
        await using NpgsqlBatch batch = new(connection) { Timeout = timeoutSeconds };
        batch.BatchCommands.Add(new NpgsqlBatchCommand("BEGIN"));
        batch.BatchCommands.Add(Parameters.Command(statements.LockBudget, Parameters.Of(budget.KeyBytes), Parameters.Of(budget.PeriodBytes)));
        batch.BatchCommands.Add(Parameters.Command(statements.LockShards, Parameters.Of(budget.KeyBytes), Parameters.Of(budget.PeriodBytes)));
        await using NpgsqlDataReader reader = await batch.ExecuteReaderAsync().ConfigureAwait(false);
        await reader.NextResultAsync().ConfigureAwait(false);
        long limit = 0;
        List<BudgetShard> rows = [];
        while (await reader.ReadAsync().ConfigureAwait(false))
        {
            limit = rows.Count == 0 ? reader.GetInt64(1) : limit;
            rows.Add(new BudgetShard(reader.GetInt16(0), reader.GetInt64(2), reader.GetInt64(3)));
        }

        return (limit, rows);
    }

    private async Task WriteAsync(NpgsqlConnection connection, RoundBudget budget, long limit, List<BudgetShard> rows)
    {
        await using NpgsqlBatch batch = new(connection) { Timeout = timeoutSeconds };
        if (rows.Count > 0)
        {
            batch.BatchCommands.Add(Parameters.Command(
                statements.DeleteShards, Parameters.Of(budget.KeyBytes), Parameters.Of(budget.PeriodBytes), Parameters.Of(rows, row => row.Shard)));
            batch.BatchCommands.Add(Parameters.Command(
                statements.WriteShards,
                Parameters.Of(budget.KeyBytes),
                Parameters.Of(budget.PeriodBytes),
                Parameters.Of(rows, row => row.Shard),
                Parameters.Of(limit),
                Parameters.Of(rows, row => row.Granted),
                Parameters.Of(rows, row => row.Taken)));
        }

        batch.BatchCommands.Add(new NpgsqlBatchCommand("COMMIT"));
        await batch.ExecuteNonQueryAsync().ConfigureAwait(false);
    }
}
