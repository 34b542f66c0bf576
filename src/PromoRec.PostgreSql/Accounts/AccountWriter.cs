using Npgsql;
using PromoRec.PostgreSql.Escrow;

namespace PromoRec.PostgreSql.Accounts;

/// <summary>Writes what a round has changed, in one statement and so in one transaction.</summary>
internal sealed class AccountWriter(Statements statements, int timeoutSeconds)
{
    /// <summary>Writes, and marks the rows that others have overtaken.</summary>
    public async Task WriteAsync(NpgsqlConnection connection, AccountRound round)
    {
        (List<AccountWrite> added, List<AccountWrite> changed) = Changes(round);
        List<AccountSlot> slots = SlotsOf(added, changed);
        if (slots.Count == 0)
        {
            return;
        }

        await using NpgsqlBatch batch = new(connection) { Timeout = timeoutSeconds };
        AddStatements(batch, added, changed, BudgetWrite.Of(slots, out List<RoundBudget> budgets), budgets);
        try
        {
            await using NpgsqlDataReader reader = await batch.ExecuteReaderAsync().ConfigureAwait(false);
            await MarkOvertakenAsync(reader, slots).ConfigureAwait(false);
        }
        catch (PostgresException undone) when (DatabaseFaults.IsUndoneByOthers(undone))
        {
            foreach (AccountSlot slot in slots)
            {
                slot.IsOvertaken = true;
            }
        }
    }

    private static (List<AccountWrite> Added, List<AccountWrite> Changed) Changes(AccountRound round)
    {
        int unread = round.Slots.Count(slot => slot.Version == 0);
        List<AccountWrite> added = new(unread);
        List<AccountWrite> changed = new(round.Slots.Count - unread);
        foreach (AccountSlot slot in round.Slots)
        {
            if (slot is { Fault: null, IsSpoiled: false } && slot.Change(round.Now) is { } history)
            {
                (slot.Version == 0 ? added : changed).Add(new AccountWrite(slot, history));
            }
        }

        return (added, changed);
    }

    /// <summary>The rows in the order in which the statement counts them.</summary>
    private static List<AccountSlot> SlotsOf(List<AccountWrite> added, List<AccountWrite> changed)
    {
        List<AccountSlot> slots = new(added.Count + changed.Count);
        foreach (AccountWrite write in added)
        {
            slots.Add(write.Slot);
        }

        foreach (AccountWrite write in changed)
        {
            slots.Add(write.Slot);
        }

        return slots;
    }

    private void AddStatements(NpgsqlBatch batch, List<AccountWrite> added, List<AccountWrite> changed, List<BudgetWrite> units, List<RoundBudget> budgets)
    {
        List<RoundBudget> created = budgets.FindAll(budget => budget.IsNew);
        if (created.Count > 0)
        {
            batch.BatchCommands.Add(Parameters.Command(
                statements.CreateBudgets,
                Parameters.Of(created, budget => budget.KeyBytes),
                Parameters.Of(created, budget => budget.PeriodBytes),
                Parameters.Of(created, budget => budget.Limit)));
        }

        if (changed.Count > 0)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(Statements.KeepOrder));
        }

        NpgsqlBatchCommand command = Parameters.Command(
            statements.WriteAccounts(added.Count > 0, changed.Count > 0, units.Count > 0),
            Parameters.Of(added, write => write.Slot.Key),
            Parameters.Of(added, write => write.Account),
            Parameters.OfOptional(added, write => write.NextRelease),
            Parameters.OfOptional(added, write => write.NextUncertain),
            Parameters.OfOptional(added, write => write.Slot.LongId),
            Parameters.Of(changed, write => write.Slot.Key),
            Parameters.Of(changed, write => write.Slot.Version + 1),
            Parameters.Of(changed, write => write.Account),
            Parameters.OfOptional(changed, write => write.NextRelease),
            Parameters.OfOptional(changed, write => write.NextUncertain),
            Parameters.Of(changed, write => write.Slot.Place));
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

    private static async Task MarkOvertakenAsync(NpgsqlDataReader reader, List<AccountSlot> slots)
    {
        do
        {
            while (await reader.ReadAsync().ConfigureAwait(false))
            {
                // Place 0 is the check of the budgets, or the order that is to be kept.
                int place = reader.GetInt32(0);
                if (place > 0)
                {
                    slots[place - 1].IsOvertaken = true;
                }
            }
        }
        while (await reader.NextResultAsync().ConfigureAwait(false));
    }
}
