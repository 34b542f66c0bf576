using Npgsql;
using PromoRec.PostgreSql.Escrow;
using PromoRec.PostgreSql.Lanes;

namespace PromoRec.PostgreSql.Accounts;

/// <summary>Serves one lane's batches of operations on accounts.</summary>
/// <remarks>
/// A round is two trips: rows are read, and what the accounts answered is written by one statement that leaves out every row which somebody
/// else has changed meanwhile; those go round again. Nothing is locked between the trips. More is needed only where a budget must be rebalanced.
/// </remarks>
internal sealed class AccountServer(Database database, AccountReader reader, AccountWriter writer, EscrowKeeper escrow, Deadline deadline, TimeSpan retention, short ownShard, int maxShards)
{
    private const int MaxSwept = 500;

    public async Task ServeAsync(IReadOnlyCollection<AccountOperation> operations)
    {
        AccountRound round = new(operations, maxShards);
        try
        {
            round.Begin(deadline);
            await using NpgsqlConnection connection = await OpenAndReadAsync(round).ConfigureAwait(false);
            await ServeAsync(connection, round).ConfigureAwait(false);
        }
        catch (Exception exception) when (DatabaseFaults.IsKnown(exception) || exception is LedgerUnavailableException)
        {
            Exception described = database.Notice(exception);
            foreach (AccountOperation operation in operations)
            {
                if (!operation.IsAnswered)
                {
                    operation.Fail(described);
                }
            }
        }
    }

    /// <summary>Gives back what every cart holds that has expired by an instant.</summary>
    public async Task SweepAsync(DateTimeOffset through)
    {
        await using NpgsqlConnection connection = await database.OpenAsync().ConfigureAwait(false);
        await SweepAsync(connection, through).ConfigureAwait(false);
    }

    private async Task ServeAsync(NpgsqlConnection connection, AccountRound round)
    {
        while (true)
        {
            round.Decide(retention);
            await ReadGivenBackAsync(connection, round.Book).ConfigureAwait(false);
            await writer.WriteAsync(connection, round).ConfigureAwait(false);
            round.Answer();
            await TendBudgetsAsync(connection, round).ConfigureAwait(false);
            round.Begin(deadline);
            if (!round.HasPending)
            {
                return;
            }

            await reader.ReadAsync(connection, round, ownShard).ConfigureAwait(false);
        }
    }

    /// <summary>Reads first things first. Connections that waited in the pool may have died with their server, and reading again does no harm.</summary>
    private async Task<NpgsqlConnection> OpenAndReadAsync(AccountRound round)
    {
        try
        {
            return await OpenAndReadOnceAsync(round).ConfigureAwait(false);
        }
        catch (Exception exception) when (DatabaseFaults.IsUnreachable(exception))
        {
            database.Notice(exception);
            round.Begin(deadline);
            return await OpenAndReadOnceAsync(round).ConfigureAwait(false);
        }
    }

    private async Task<NpgsqlConnection> OpenAndReadOnceAsync(AccountRound round)
    {
        NpgsqlConnection connection = await database.OpenAsync().ConfigureAwait(false);
        try
        {
            await reader.ReadAsync(connection, round, ownShard).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task ReadGivenBackAsync(NpgsqlConnection connection, RoundBook book)
    {
        List<RoundBudget> unread = [.. book.Budgets.Where(budget => !budget.IsRead)];
        if (unread.Count > 0)
        {
            await reader.ReadBudgetsAsync(connection, unread, ownShard).ConfigureAwait(false);
        }
    }

    private async Task TendBudgetsAsync(NpgsqlConnection connection, AccountRound round)
    {
        if (round.Book.Budgets.Any(budget => budget.NeedsSweep))
        {
            await SweepAsync(connection, round.Now).ConfigureAwait(false);
            round.HasSwept = true;
        }

        foreach (RoundBudget budget in round.Book.Budgets)
        {
            if (budget.NeedsRebalance)
            {
                await escrow.RebalanceAsync(connection, budget, ownShard).ConfigureAwait(false);
            }
        }
    }

    // It ends: no row is found a second time but those that others change meanwhile.
    private async Task SweepAsync(NpgsqlConnection connection, DateTimeOffset through)
    {
        List<UserId> unreadable = [];
        while (await escrow.FindExpiredAsync(connection, through, unreadable, MaxSwept).ConfigureAwait(false) is { Count: > 0 } expired)
        {
            List<SweepOperation> sweeps = expired.ConvertAll(userId => new SweepOperation(userId, through) { EnteredAt = deadline.Now });
            AccountRound round = new(sweeps, maxShards);
            round.Begin(deadline);
            await reader.ReadAsync(connection, round, ownShard).ConfigureAwait(false);
            await ServeAsync(connection, round).ConfigureAwait(false);
            foreach (SweepOperation sweep in sweeps)
            {
                Judge(sweep, unreadable);
            }
        }
    }

    // An account that cannot be read keeps what it holds, and must not stand in the way of other customers.
    private static void Judge(SweepOperation sweep, List<UserId> unreadable)
    {
        if (sweep.Fault is LedgerUnavailableException { Fault: LedgerFault.Corrupt })
        {
            unreadable.Add(sweep.UserId);
        }
        else if (sweep.Fault is { } fault)
        {
            throw fault;
        }
    }
}
