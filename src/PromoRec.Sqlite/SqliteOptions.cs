namespace PromoRec.Sqlite;

/// <summary>Where and how reservations and consent are kept in SQLite.</summary>
public sealed class SqliteOptions
{
    /// <summary>
    /// The database file, on a disk of this machine: locks and shared memory do not work over a network. It is created when the store is first used; its folder
    /// must exist. Two more files lie beside it while it is open, with "-wal" and "-shm" appended to the name.
    /// </summary>
    public string Path { get; set; } = string.Empty;

    /// <summary>
    /// Whether operations fail with <see cref="LedgerFault.Unreachable"/> where there is no file, instead of making one; false unless set. An empty one has
    /// forgotten every push, and a disk that is not mounted looks just like a first start: set it once the file has been made.
    /// </summary>
    public bool MustExist { get; set; }

    /// <summary>What a commit waits for; <see cref="SqliteSynchronous.Full"/> unless set.</summary>
    public SqliteSynchronous Synchronous { get; set; }

    /// <summary>How long another process may hold the file before an operation fails with <see cref="LedgerFault.Locked"/>: zero to ten minutes, five seconds unless set.</summary>
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Most operations that one commit makes durable together: 1 to 10,000, 512 unless set. An operation never waits for others to come.</summary>
    public int MaxBatch { get; set; } = 512;

    /// <summary>Most operations that may wait; more fail at once with <see cref="LedgerFault.TimedOut"/>. 1 to 10 million, 100,000 unless set.</summary>
    public int MaxWaiting { get; set; } = 100_000;

    /// <summary>
    /// Length of the write-ahead log in bytes from which on the store waits for readers in order to empty it: 1 MiB to 1 GiB, 32 MiB unless set.
    /// </summary>
    public long MaxLogBytes { get; set; } = 32L << 20;
}
