using PromoRec.Sqlite.Tables;

namespace PromoRec.Sqlite.Work;

/// <summary>The operations of one transaction, and what they share.</summary>
internal sealed class StoreBatch(StoreSession session, DateTimeOffset now)
{
    /// <summary>The tables.</summary>
    public StoreSession Session { get; } = session;

    /// <summary>Now, by the ledger's clock. One instant for the whole batch: nothing else happens between its operations.</summary>
    public DateTimeOffset Now { get; } = now;

    /// <summary>The accounts and budgets that the batch has touched.</summary>
    public LedgerBatch Ledger { get; } = new(session, now);

    /// <summary>Whether an operation has erased something, so that the log, which still holds it, must be emptied.</summary>
    public bool HasErased { get; set; }

    /// <summary>Whether the file is to be written anew after the commit.</summary>
    public bool MustCompact { get; set; }

    /// <summary>Why it could not be.</summary>
    public Exception? CompactionFault { get; set; }
}
