using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace PromoRec.Sqlite.Engine;

/// <summary>One connection to a database file. One thread uses it.</summary>
internal sealed class SqliteDatabase : IDisposable
{
    private const string NativeLibrary = "e_sqlite3";
    private const int HasMovedCode = 20;

    private readonly SqliteConnection _connection;
    private readonly sqlite3 _handle;

    // A host may have chosen another build of SQLite, whose connections this one must not be asked about.
    private readonly bool _isOfNativeLibrary;

    private SqliteDatabase(SqliteConnection connection)
    {
        _connection = connection;
        _handle = connection.Handle!;
        _isOfNativeLibrary = raw.GetNativeLibraryName() == NativeLibrary;
        _ = raw.sqlite3_extended_result_codes(_handle, 1);
    }

    /// <summary>Whether the file that is open is no longer the one at its path.</summary>
    public bool HasMoved
    {
        get
        {
            int hasMoved = 0;
            return _isOfNativeLibrary && FileControl(_handle, 0, HasMovedCode, ref hasMoved) == raw.SQLITE_OK && hasMoved != 0;
        }
    }

    public static SqliteDatabase Open(string path, bool mayCreate)
    {
        SqliteConnectionStringBuilder settings = new()
        {
            DataSource = path,
            Mode = mayCreate ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadWrite,
            Pooling = false,
        };
        SqliteConnection connection = new(settings.ConnectionString);
        try
        {
            connection.Open();
            return new SqliteDatabase(connection);
        }
        catch (SqliteException exception)
        {
            connection.Dispose();
            throw new SqliteCallException(exception.SqliteExtendedErrorCode, exception.Message);
        }
    }

    /// <summary>How long SQLite itself waits for a lock.</summary>
    public void WaitForLocks(TimeSpan timeout) => Check(_handle, raw.sqlite3_busy_timeout(_handle, (int)timeout.TotalMilliseconds));

    public SqliteStatement Prepare(string sql) => new(_handle, sql);

    /// <summary>Runs statements without parameters.</summary>
    public void Execute(string sql) => Check(_handle, raw.sqlite3_exec(_handle, sql));

    /// <summary>Runs one statement, unless another connection is in the way.</summary>
    public bool TryExecute(string sql)
    {
        int result = raw.sqlite3_exec(_handle, sql);
        if ((result & 0xFF) is raw.SQLITE_BUSY or raw.SQLITE_LOCKED)
        {
            return false;
        }

        Check(_handle, result);
        return true;
    }

    public long Number(string sql)
    {
        using SqliteStatement statement = Prepare(sql);
        return statement.Step() ? statement.Int64(0) : 0;
    }

    public string Word(string sql)
    {
        using SqliteStatement statement = Prepare(sql);
        return statement.Step() ? statement.Text(0) : string.Empty;
    }

    /// <summary>Writes the log back into the database and empties it.</summary>
    /// <returns>Whether nobody was in the way.</returns>
    public bool TryEmptyLog()
    {
        int result = raw.sqlite3_wal_checkpoint_v2(_handle, "main", raw.SQLITE_CHECKPOINT_TRUNCATE, out _, out _);
        return result == raw.SQLITE_OK;
    }

    public void Dispose() => _connection.Dispose();

    public static void Check(sqlite3 database, int result)
    {
        if (result != raw.SQLITE_OK)
        {
            Throw(database, result);
        }
    }

    [DllImport(NativeLibrary, EntryPoint = "sqlite3_file_control")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static extern int FileControl(sqlite3 database, nint schema, int code, ref int result);

    // SQLite's own text may quote a value; its name for the code never does.
    [DoesNotReturn]
    public static void Throw(sqlite3 database, int result)
    {
        int extended = raw.sqlite3_extended_errcode(database);
        throw new SqliteCallException((extended & 0xFF) == (result & 0xFF) ? extended : result, raw.sqlite3_errstr(result).utf8_to_string());
    }
}
