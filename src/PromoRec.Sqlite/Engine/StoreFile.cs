using System.Globalization;

namespace PromoRec.Sqlite.Engine;

/// <summary>The file behind a store: opens connections to it, and notices when it is gone or another one.</summary>
internal sealed class StoreFile(SqliteOptions options)
{
    private const int CachePages = 8192;
    private const int CheckpointPages = 2000;

    private volatile bool _wasThere;
    private volatile bool _isReplaced;

    public string Path { get; } = System.IO.Path.GetFullPath(options.Path);

    public TimeSpan BusyTimeout { get; } = options.BusyTimeout;

    public long MaxLogBytes { get; } = options.MaxLogBytes;

    private bool MustExist { get; } = options.MustExist;

    private string Synchronous { get; } = options.Synchronous == SqliteSynchronous.Full ? "FULL" : "NORMAL";

    /// <summary>Length of the write-ahead log's file.</summary>
    public long LogBytes
    {
        get
        {
            FileInfo log = new(Path + "-wal");
            return log.Exists ? log.Length : 0;
        }
    }

    /// <summary>Opens a connection to a file that is ours and of this version, which it may have to become first.</summary>
    public SqliteDatabase Open()
    {
        ThrowIfGone();
        SqliteDatabase database = SqliteDatabase.Open(Path, mayCreate: !_wasThere && !MustExist);
        try
        {
            database.WaitForLocks(BusyTimeout);

            // In one transaction: what another process makes of an empty file at this very moment is seen whole or not at all.
            database.Execute("BEGIN");
            SqliteSchema.ThrowIfForeign(database, Path);
            database.Execute("COMMIT");
            if (database.Word("PRAGMA journal_mode = WAL") is var mode && mode != "wal")
            {
                throw SqliteFault.NoLog(Path, mode);
            }

            // Full is only full on macOS with the barrier of its own; elsewhere the line says nothing.
            database.Execute(string.Create(
                CultureInfo.InvariantCulture,
                $"""
                PRAGMA synchronous = {Synchronous};
                PRAGMA fullfsync = ON;
                PRAGMA secure_delete = ON;
                PRAGMA foreign_keys = ON;
                PRAGMA wal_autocheckpoint = {CheckpointPages};
                PRAGMA journal_size_limit = {MaxLogBytes};
                PRAGMA cache_size = {CachePages};
                PRAGMA temp_store = MEMORY;
                """));
            SqliteSchema.Migrate(database, Path);
            _wasThere = true;
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>A file that was deleted or moved while it was open would take everything and keep nothing.</summary>
    public void ThrowIfMoved(bool hasMoved)
    {
        ThrowIfGone();
        if (hasMoved)
        {
            // What is there now may have the log of the file before beside it, and using it would damage it.
            _isReplaced = true;
            throw SqliteFault.Replaced(Path);
        }
    }

    private void ThrowIfGone()
    {
        if (_isReplaced)
        {
            throw SqliteFault.Replaced(Path);
        }

        if (_wasThere && !File.Exists(Path))
        {
            throw SqliteFault.Gone(Path);
        }

        if (MustExist && !_wasThere && new FileInfo(Path) is not { Exists: true, Length: > 0 })
        {
            throw SqliteFault.Missing(Path);
        }
    }
}
