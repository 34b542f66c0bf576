using System.Buffers;
using System.Text;
using SQLitePCL;

namespace PromoRec.Sqlite.Engine;

/// <summary>One prepared statement, used again and again by the one thread that owns its connection.</summary>
/// <remarks>
/// Statements are stepped directly and not through ADO.NET: that layer repeats a busy statement only every 150 ms, and a write lock is held for a few.
/// </remarks>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    public SqliteStatement(sqlite3 database, string sql)
    {
        _database = database;
        SqliteDatabase.Check(database, raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    /// <summary>Sets a parameter; the first is 1.</summary>
    public SqliteStatement Bind(int parameter, long value)
    {
        SqliteDatabase.Check(_database, raw.sqlite3_bind_int64(_statement, parameter, value));
        return this;
    }

    public SqliteStatement Bind(int parameter, long? value)
    {
        SqliteDatabase.Check(_database, value is { } number ? raw.sqlite3_bind_int64(_statement, parameter, number) : raw.sqlite3_bind_null(_statement, parameter));
        return this;
    }

    public SqliteStatement Bind(int parameter, string value)
    {
        // Bytes that are none would be taken for null.
        if (value.Length == 0)
        {
            SqliteDatabase.Check(_database, raw.sqlite3_bind_text(_statement, parameter, value));
            return this;
        }

        byte[] bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(value.Length));
        int length = Encoding.UTF8.GetBytes(value, bytes);
        int result = raw.sqlite3_bind_text(_statement, parameter, bytes.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(bytes);
        SqliteDatabase.Check(_database, result);
        return this;
    }

    public SqliteStatement BindText(int parameter, ReadOnlySpan<byte> utf8)
    {
        SqliteDatabase.Check(_database, raw.sqlite3_bind_text(_statement, parameter, utf8));
        return this;
    }

    public SqliteStatement Bind(int parameter, ReadOnlySpan<byte> value)
    {
        SqliteDatabase.Check(_database, raw.sqlite3_bind_blob(_statement, parameter, value));
        return this;
    }

    /// <summary>Goes to the next row; after the last one the statement is ready for its next use.</summary>
    /// <returns>Whether there is a row.</returns>
    public bool Step()
    {
        int result = raw.sqlite3_step(_statement);
        if (result == raw.SQLITE_ROW)
        {
            return true;
        }

        // What a step returned, its reset returns again.
        int again = raw.sqlite3_reset(_statement);
        if (result != raw.SQLITE_DONE)
        {
            SqliteDatabase.Throw(_database, again == raw.SQLITE_OK ? result : again);
        }

        return false;
    }

    /// <summary>Runs a statement that gives no row that matters.</summary>
    public void Run()
    {
        if (Step())
        {
            Reset();
        }
    }

    /// <summary>Leaves the rows that have not been read.</summary>
    public void Reset() => _ = raw.sqlite3_reset(_statement);

    public long Int64(int column) => raw.sqlite3_column_int64(_statement, column);

    /// <summary>The bytes of a blob or text; they are gone with the row.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(_statement, column);

    // Read as bytes, because a text may hold a zero character.
    public string Text(int column) => Encoding.UTF8.GetString(Bytes(column));

    public void Dispose() => _statement.Dispose();
}
