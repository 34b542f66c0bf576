using PromoRec.Sqlite.Engine;

namespace PromoRec.Sqlite.Tables;

/// <summary>A connection with everything prepared on it.</summary>
internal sealed class StoreSession : IDisposable
{
    private readonly SqliteDatabase _database;
    private readonly SqliteStatement _version;
    private readonly string _path;

    private StoreSession(SqliteDatabase database, string path)
    {
        _database = database;
        _path = path;
        _version = _database.Prepare("PRAGMA user_version");
        Accounts = new AccountTable(_database);
        Budgets = new BudgetTable(_database);
        Consents = new ConsentTable(_database);
        Erased = new ErasedTable(_database);
    }

    public AccountTable Accounts { get; }

    public BudgetTable Budgets { get; }

    public ConsentTable Consents { get; }

    public ErasedTable Erased { get; }

    public static StoreSession Open(StoreFile file)
    {
        SqliteDatabase database = file.Open();
        try
        {
            return new StoreSession(database, file.Path);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Whether the file that is open is no longer the one at its path.</summary>
    public bool HasMoved => _database.HasMoved;

    /// <summary>Begins a transaction, unless another process is in the way.</summary>
    public bool TryBegin(bool toWrite) => _database.TryExecute(toWrite ? "BEGIN IMMEDIATE" : "BEGIN");

    /// <summary>Throws if another process has brought the file to a newer schema since it was opened.</summary>
    public void ThrowIfNewer()
    {
        _version.Step();
        long found = _version.Int64(0);
        _version.Reset();
        SqliteSchema.ThrowIfNewer(found, _path);
    }

    public void Commit() => _database.Execute("COMMIT");

    /// <summary>Writes the log back into the database and empties it.</summary>
    /// <param name="wait">How long to wait for those who read it.</param>
    /// <returns>Whether it is empty now.</returns>
    public bool TryEmptyLog(TimeSpan wait)
    {
        _database.WaitForLocks(wait);
        bool isEmpty = _database.TryEmptyLog();
        _database.WaitForLocks(TimeSpan.Zero);
        return isEmpty;
    }

    /// <summary>Writes the file anew, without what its pages still hold of rows that are gone.</summary>
    /// <param name="wait">How long to wait for other processes that write.</param>
    public void Compact(TimeSpan wait)
    {
        _database.WaitForLocks(wait);
        _database.Execute("VACUUM");
        _database.WaitForLocks(TimeSpan.Zero);
    }

    public void WaitForLocks(TimeSpan wait) => _database.WaitForLocks(wait);

    public void Dispose()
    {
        _version.Dispose();
        Accounts.Dispose();
        Budgets.Dispose();
        Consents.Dispose();
        Erased.Dispose();
        _database.Dispose();
    }
}
