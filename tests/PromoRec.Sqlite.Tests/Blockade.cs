using Microsoft.Data.Sqlite;

namespace PromoRec.Sqlite.Tests;

/// <summary>Another process that holds the write lock of a store's file.</summary>
internal sealed class Blockade : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteTransaction _transaction;

    private Blockade(SqliteConnection connection)
    {
        _connection = connection;
        _transaction = connection.BeginTransaction();
    }

    public static Blockade Of(StoreFolder folder)
    {
        SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = folder.File, Pooling = false }.ConnectionString);
        connection.Open();
        return new Blockade(connection);
    }

    public void Dispose()
    {
        _transaction.Dispose();
        _connection.Dispose();
    }
}
