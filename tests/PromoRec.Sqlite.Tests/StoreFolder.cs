using Microsoft.Data.Sqlite;

namespace PromoRec.Sqlite.Tests;

/// <summary>A folder with a store's file, gone after the test.</summary>
internal sealed class StoreFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("promorec-sqlite-");

    public string Folder => _folder.FullName;

    public string File => Path.Combine(_folder.FullName, "store.db");

    /// <summary>Options that do not wait for the disk: what most tests prove needs no power cut.</summary>
    public SqliteOptions Options => new() { Path = File, Synchronous = SqliteSynchronous.Normal, BusyTimeout = TimeSpan.FromSeconds(30) };

    public SqliteStore Open(TimeProvider? time = null, Action<SqliteOptions>? configure = null)
    {
        SqliteOptions options = Options;
        configure?.Invoke(options);
        return new SqliteStore(options, null, time);
    }

    /// <summary>Runs SQL on the file on a connection of the test's own.</summary>
    public object? Sql(string sql)
    {
        using SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = File, Pooling = false }.ConnectionString);
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // The tests write their SQL themselves.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
