using Npgsql;
using PromoRec.PostgreSql.Escrow;

namespace PromoRec.PostgreSql.Accounts;

/// <summary>Writes what a round has changed, in one statement and so in one transaction.</summary>
internal sealed class AccountWriter(Statements statements, int timeoutSeconds)
{
    /// <summary>Writes, and marks the rows that others have overtaken.</summary>
    public async Task WriteAsync(NpgsqlConnection connection, AccountRound round)
    {
        List<AccountWrite> writes = Changes(round);
        if (writes.Count == 0)
        {
            return;
        }

        await using NpgsqlBatch batch = new(connection) { Timeout = timeoutSeconds };
        AddStatements(batch, writes);
        try
        {
            await using NpgsqlDataReader reader = await batch.ExecuteReaderAsync().ConfigureAwait(false);
            await MarkOvertakenAsync(reader, writes).ConfigureAwait(false);
        }
        catch (PostgresException undone) when (DatabaseFaults.IsUndoneByOthers(undone))
        {
            foreach (AccountWrite write in writes)
            {
                write.Slot.IsOvertaken = true;
            }
        }
    }

    private static List<AccountWrite> Changes(AccountRound round)
    {
        List<AccountWrite> writes = new(round.Slots.Count);
        foreach (AccountSlot slot in round.Slots)
        {
            if (slot is { Fault: null, IsSpoiled: false } && slot.Change(round.Now) is { } history)
            {
                writes.Add(new AccountWrite(slot, history));
            }
        }

        return writes;
    }

    private void AddStatements(NpgsqlBatch batch, List<AccountWrite> writes)
    {
        List<BudgetWrite> units = BudgetWrite.Of(writes, out List<RoundBudget> budgets);
        List<RoundBudget> created = budgets.FindAll(budget => budget.IsNew);
        if (created.Count > 0)
        {
            batch.BatchCommands.Add(Parameters.Command(
                statements.CreateBudgets,
                Parameters.Of(created, budget => budget.KeyBytes),
                Parameters.Of(created, budget => budget.PeriodBytes),
                Parameters.Of(created, budget => budget.Limit)));
        }

        NpgsqlBatchCommand command = Parameters.Command(
            units.Count == 0 ? statements.WriteAccounts : statements.WriteAccountsAndBudgets,
            Parameters.Of(writes, write => write.Slot.Key),
            Parameters.Of(writes, write => write.Slot.Version + 1),
            Parameters.Of(writes, write => write.Account),
            Parameters.OfOptional(writes, write => write.NextRelease),
            Parameters.OfOptional(writes, write => write.NextUncertain),
            Parameters.OfOptional(writes, write => write.Slot.LongId));
        if (units.Count > 0)
        {
            command.Parameters.Add(Parameters.Of(units, unit => unit.CustomerKey));
            command.Parameters.Add(Parameters.Of(units, unit => unit.Place));
            command.Parameters.Add(Parameters.Of(units, unit => unit.Units));
            command.Parameters.Add(Parameters.Of(budgets, budget => budget.KeyBytes));
            command.Parameters.Add(Parameters.Of(budgets, budget => budget.PeriodBytes));
            command.Parameters.Add(Parameters.Of(budgets, budget => budget.Shard));
        }

        batch.BatchCommands.Add(command);
    }

    private static async Task MarkOvertakenAsync(NpgsqlDataReader reader, List<AccountWrite> writes)
    {
        do
        {
            while (await reader.ReadAsync().ConfigureAwait(false))
            {
                // Place 0 is the check of the budgets.
                int place = reader.GetInt32(0);
                if (place > 0)
                {
                    writes[place - 1].Slot.IsOvertaken = true;
                }
            }
        }
        while (await reader.NextResultAsync().ConfigureAwait(false));
    }
}
