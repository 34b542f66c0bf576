using Npgsql;
using PromoRec.PostgreSql.Accounts;
using PromoRec.PostgreSql.Escrow;
using PromoRec.PostgreSql.Lanes;
using PromoRec.Push.Ledger;

namespace PromoRec.PostgreSql;

/// <summary>What is asked across customers, each time on a connection of its own.</summary>
internal sealed class LedgerQueries(Database database, Statements statements, AccountServer sweeper, TimeProvider? clock)
{
    public const int MaxReadAtOnce = 500;

    /// <summary>How much is taken of budgets, after what expired carts held has been given back.</summary>
    public Task<IReadOnlyList<BudgetLevel>> ReadLevelsAsync(List<BudgetName> names) => Detached.RunAsync(async () =>
    {
        try
        {
            BudgetLevel[] levels = new BudgetLevel[names.Count];
            if (await ReadOnceAsync(names, levels).ConfigureAwait(false) is { } expiredBy)
            {
                // Once: carts whose time ends from then on wait for the next reader, and those that cannot be read keep what they hold.
                await sweeper.SweepAsync(expiredBy).ConfigureAwait(false);
                await ReadOnceAsync(names, levels).ConfigureAwait(false);
            }

            return (IReadOnlyList<BudgetLevel>)levels;
        }
        catch (Exception exception) when (DatabaseFaults.IsKnown(exception))
        {
            throw database.Notice(exception);
        }
    });

    /// <summary>Customers of whom something is uncertain.</summary>
    public Task<List<UserId>> FindUncertainAsync() => Detached.RunAsync(async () =>
    {
        try
        {
            await using NpgsqlConnection connection = await database.OpenAsync().ConfigureAwait(false);
            DateTimeOffset now = await ReadClockAsync(connection).ConfigureAwait(false);
            return await CustomerList.ReadAsync(connection, database.TimeoutSeconds, Parameters.Command(statements.FindUncertain, Parameters.Of(now))).ConfigureAwait(false);
        }
        catch (Exception exception) when (DatabaseFaults.IsKnown(exception))
        {
            throw database.Notice(exception);
        }
    });

    /// <returns>Null when no cart has expired that still holds something; else now.</returns>
    private async Task<DateTimeOffset?> ReadOnceAsync(List<BudgetName> names, BudgetLevel[] levels)
    {
        List<RoundBudget> budgets = names.ConvertAll(name => new RoundBudget(name));
        await using NpgsqlConnection connection = await database.OpenAsync().ConfigureAwait(false);
        await using NpgsqlBatch batch = new(connection) { Timeout = database.TimeoutSeconds };
        batch.BatchCommands.Add(Parameters.Command(
            statements.ReadLevels, Parameters.Of(budgets, budget => budget.KeyBytes), Parameters.Of(budgets, budget => budget.PeriodBytes)));
        await using NpgsqlDataReader reader = await batch.ExecuteReaderAsync().ConfigureAwait(false);
        DateTimeOffset? expiredBy = null;
        while (await reader.ReadAsync().ConfigureAwait(false))
        {
            int place = reader.GetInt32(0) - 1;
            levels[place] = new BudgetLevel(names[place].Key, names[place].Period, reader.GetInt64(1));
            DateTimeOffset now = clock?.GetUtcNow() ?? reader.GetFieldValue<DateTimeOffset>(3);
            if (!reader.IsDBNull(2) && reader.GetFieldValue<DateTimeOffset>(2) <= now)
            {
                expiredBy = now;
            }
        }

        return expiredBy;
    }

    private async Task<DateTimeOffset> ReadClockAsync(NpgsqlConnection connection)
    {
        if (clock is not null)
        {
            return clock.GetUtcNow();
        }

        await using NpgsqlBatch batch = new(connection) { Timeout = database.TimeoutSeconds, BatchCommands = { new NpgsqlBatchCommand(statements.ReadClockAndVersion) } };
        await using NpgsqlDataReader reader = await batch.ExecuteReaderAsync().ConfigureAwait(false);
        await reader.ReadAsync().ConfigureAwait(false);
        return reader.GetFieldValue<DateTimeOffset>(0);
    }
}
