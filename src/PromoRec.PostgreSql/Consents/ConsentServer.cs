using System.Text;
using Npgsql;
using PromoRec.Consent;
using PromoRec.PostgreSql.Lanes;

namespace PromoRec.PostgreSql.Consents;

/// <summary>Serves one lane's batches of operations on consent: read, asked, written unless others were first; those go round once more.</summary>
internal sealed class ConsentServer(Database database, Statements statements, Deadline deadline)
{
    public async Task ServeAsync(List<ConsentOperation> operations)
    {
        Dictionary<UserId, ConsentSlot> slots = [];
        foreach (ConsentOperation operation in operations)
        {
            if (!slots.TryGetValue(operation.UserId, out ConsentSlot? slot))
            {
                slots.Add(operation.UserId, slot = new ConsentSlot(operation.UserId));
            }

            operation.Slot = slot;
        }

        try
        {
            await ServeRoundsAsync(operations).ConfigureAwait(false);
        }
        catch (Exception exception) when (DatabaseFaults.IsKnown(exception) || exception is LedgerUnavailableException)
        {
            Exception described = database.Notice(exception);
            foreach (ConsentOperation operation in operations.Where(operation => !operation.IsAnswered))
            {
                operation.Fail(described);
            }
        }
    }

    private async Task ServeRoundsAsync(List<ConsentOperation> operations)
    {
        bool hasAnswered = false;
        while (Pending(operations) is { Count: > 0 } pending)
        {
            List<ConsentSlot> slots = [.. pending.Select(operation => operation.Slot!).Distinct()];
            await using NpgsqlConnection connection = hasAnswered
                ? await OpenAndReadAsync(slots).ConfigureAwait(false)
                : await OpenAndReadAgainAsync(slots).ConfigureAwait(false);
            Decide(pending);
            await WriteAsync(connection, slots.FindAll(slot => slot is { IsChanged: true, Fault: null })).ConfigureAwait(false);
            foreach (ConsentOperation operation in pending.Where(operation => operation is { IsAnswered: false, Slot.IsOvertaken: false }))
            {
                operation.Answer();
            }

            hasAnswered = true;
        }
    }

    private List<ConsentOperation> Pending(List<ConsentOperation> operations)
    {
        List<ConsentOperation> pending = operations.FindAll(operation => !operation.IsAnswered);
        foreach (ConsentOperation operation in pending)
        {
            if (deadline.IsPast(operation))
            {
                operation.Fail(deadline.Fault());
            }
        }

        return pending.FindAll(operation => !operation.IsAnswered);
    }

    private static void Decide(List<ConsentOperation> pending)
    {
        foreach (ConsentOperation operation in pending)
        {
            if (operation.Slot!.Fault is { } fault)
            {
                operation.Fail(fault);
            }
            else
            {
                operation.Decide(operation.Slot);
            }
        }
    }

    // Connections that waited in the pool may have died with their server, and reading again does no harm.
    private async Task<NpgsqlConnection> OpenAndReadAgainAsync(List<ConsentSlot> slots)
    {
        try
        {
            return await OpenAndReadAsync(slots).ConfigureAwait(false);
        }
        catch (Exception exception) when (DatabaseFaults.IsUnreachable(exception))
        {
            database.Notice(exception);
            return await OpenAndReadAsync(slots).ConfigureAwait(false);
        }
    }

    private async Task<NpgsqlConnection> OpenAndReadAsync(List<ConsentSlot> slots)
    {
        NpgsqlConnection connection = await database.OpenAsync().ConfigureAwait(false);
        try
        {
            await ReadAsync(connection, slots).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task ReadAsync(NpgsqlConnection connection, List<ConsentSlot> slots)
    {
        slots.ForEach(slot => slot.Clear());
        await using NpgsqlBatch batch = new(connection) { Timeout = database.TimeoutSeconds };
        batch.BatchCommands.Add(Parameters.Command(statements.ReadConsents, Parameters.Of(slots, slot => slot.Key)));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(statements.ReadClockAndVersion));
        await using NpgsqlDataReader reader = await batch.ExecuteReaderAsync().ConfigureAwait(false);
        while (await reader.ReadAsync().ConfigureAwait(false))
        {
            slots[reader.GetInt32(0) - 1].Load(reader.GetInt64(1), reader.GetInt64(2), reader.GetBoolean(3), reader.IsDBNull(4) ? null : reader.GetString(4));
        }

        await reader.NextResultAsync().ConfigureAwait(false);
        await reader.ReadAsync().ConfigureAwait(false);
        database.ThrowIfNewer(reader, 1);
    }

    private async Task WriteAsync(NpgsqlConnection connection, List<ConsentSlot> changed)
    {
        if (changed.Count == 0)
        {
            return;
        }

        List<(byte[] Key, long Number, ConsentEvent Event)> added = [];
        foreach (ConsentSlot slot in changed)
        {
            for (int i = slot.Stored; i < slot.Events.Count; i++)
            {
                added.Add((slot.Key, i + 1, slot.Events[i]));
            }
        }

        await using NpgsqlBatch batch = new(connection) { Timeout = database.TimeoutSeconds };
        batch.BatchCommands.Add(Parameters.Command(
            statements.WriteConsents,
            Parameters.Of(changed, slot => slot.Key),
            Parameters.Of(changed, slot => slot.Revision + 1),
            Parameters.Of(changed, slot => slot.Version),
            Parameters.Of(changed, slot => slot.IsErased),
            Parameters.Of(added, each => each.Key),
            Parameters.Of(added, each => each.Number),
            Parameters.Of(added, each => Encoding.UTF8.GetBytes(each.Event.EventId)),
            Parameters.Of(added, each => Encoding.UTF8.GetString(ConsentEventCodec.Write(each.Event)))));
        await MarkOvertakenAsync(batch, changed).ConfigureAwait(false);
    }

    private static async Task MarkOvertakenAsync(NpgsqlBatch batch, List<ConsentSlot> changed)
    {
        try
        {
            await using NpgsqlDataReader reader = await batch.ExecuteReaderAsync().ConfigureAwait(false);
            while (await reader.ReadAsync().ConfigureAwait(false))
            {
                changed[reader.GetInt32(0) - 1].IsOvertaken = true;
            }
        }
        catch (PostgresException undone) when (DatabaseFaults.IsUndoneByOthers(undone))
        {
            changed.ForEach(slot => slot.IsOvertaken = true);
        }
    }
}
