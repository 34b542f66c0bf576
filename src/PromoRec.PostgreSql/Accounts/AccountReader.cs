using Npgsql;
using NpgsqlTypes;
using PromoRec.PostgreSql.Escrow;

namespace PromoRec.PostgreSql.Accounts;

/// <summary>Reads what a round needs in one trip: the customers' rows, the budgets' rows, the time, and whether the tables are still those of this version.</summary>
internal sealed class AccountReader(Database database, Statements statements, TimeProvider? clock)
{
    public async Task ReadAsync(NpgsqlConnection connection, AccountRound round, short ownShard)
    {
        List<RoundBudget> budgets = [.. round.Book.Budgets];
        await using NpgsqlBatch batch = new(connection) { Timeout = database.TimeoutSeconds };
        batch.BatchCommands.Add(Command(statements.ReadAccounts, Parameters.Of(round.Slots, slot => slot.Key)));
        if (budgets.Count > 0)
        {
            batch.BatchCommands.Add(ReadBudgets(budgets));
        }

        batch.BatchCommands.Add(new NpgsqlBatchCommand(statements.ReadClockAndVersion));
        await using NpgsqlDataReader reader = await batch.ExecuteReaderAsync().ConfigureAwait(false);
        while (await reader.ReadAsync().ConfigureAwait(false))
        {
            round.Slots[reader.GetInt32(0) - 1].Load(reader.GetInt64(1), reader.GetFieldValue<byte[]>(2), reader.GetFieldValue<NpgsqlTid>(3));
        }

        DateTime? nextRelease = null;
        if (budgets.Count > 0)
        {
            await reader.NextResultAsync().ConfigureAwait(false);
            nextRelease = await LoadAsync(reader, budgets, ownShard).ConfigureAwait(false);
        }

        await reader.NextResultAsync().ConfigureAwait(false);
        await reader.ReadAsync().ConfigureAwait(false);
        round.Now = clock?.GetUtcNow() ?? reader.GetFieldValue<DateTimeOffset>(0);
        database.ThrowIfNewer(reader, 1);
        round.Book.HasExpiredCarts = !round.HasSwept && nextRelease <= round.Now.UtcDateTime;
    }

    /// <summary>Reads budgets that turned out to get something back.</summary>
    public async Task ReadBudgetsAsync(NpgsqlConnection connection, List<RoundBudget> budgets, short ownShard)
    {
        await using NpgsqlBatch batch = new(connection) { Timeout = database.TimeoutSeconds };
        batch.BatchCommands.Add(ReadBudgets(budgets));
        await using NpgsqlDataReader reader = await batch.ExecuteReaderAsync().ConfigureAwait(false);
        await LoadAsync(reader, budgets, ownShard).ConfigureAwait(false);
    }

    private NpgsqlBatchCommand ReadBudgets(List<RoundBudget> budgets) => Command(
        statements.ReadBudgets, Parameters.Of(budgets, budget => budget.KeyBytes), Parameters.Of(budgets, budget => budget.PeriodBytes));

    private static async Task<DateTime?> LoadAsync(NpgsqlDataReader reader, List<RoundBudget> budgets, short ownShard)
    {
        DateTime? nextRelease = null;
        while (await reader.ReadAsync().ConfigureAwait(false))
        {
            budgets[reader.GetInt32(0) - 1].Load(reader.GetInt16(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4), ownShard);
            nextRelease ??= reader.IsDBNull(5) ? null : reader.GetDateTime(5);
        }

        foreach (RoundBudget budget in budgets)
        {
            budget.IsRead = true;
        }

        return nextRelease;
    }

    private static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<NpgsqlParameter> parameters) => Parameters.Command(sql, parameters);
}
