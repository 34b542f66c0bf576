using Npgsql;
using PromoRec.PostgreSql.Schema;

namespace PromoRec.PostgreSql;

/// <summary>Gives connections to tables that are known to fit.</summary>
internal sealed class Database : IAsyncDisposable
{
    private const int MaxPreparedStatements = 32;

    private readonly NpgsqlDataSource _source;
    private readonly bool _isOwner;
    private readonly bool _mayCreateTables;
    private readonly SchemaMigrator _migrator;
    private volatile bool _isReady;
    private volatile bool _wasReady;
    private volatile bool _isClosed;

    public Database(PostgreSqlOptions options)
    {
        _isOwner = options.DataSource is null;
        _source = options.DataSource ?? CreateSource(options);
        _mayCreateTables = options.CreateTables;
        TimeoutSeconds = (int)options.CommandTimeout.TotalSeconds;
        _migrator = new SchemaMigrator(options.Schema);
    }

    public int TimeoutSeconds { get; }

    /// <summary>Opens a connection; the first one checks the tables.</summary>
    public async Task<NpgsqlConnection> OpenAsync()
    {
        ThrowIfClosed();
        NpgsqlConnection connection = await _source.OpenConnectionAsync().ConfigureAwait(false);
        if (_isReady)
        {
            return connection;
        }

        try
        {
            // Tables that were there and are gone had every push in them: empty ones would allow all of them again.
            await (_wasReady ? _migrator.CheckAgainAsync(connection) : _mayCreateTables ? _migrator.MigrateAsync(connection) : _migrator.CheckAsync(connection)).ConfigureAwait(false);
            SetReady();
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async Task MigrateAsync()
    {
        ThrowIfClosed();
        await using NpgsqlConnection connection = await _source.OpenConnectionAsync().ConfigureAwait(false);
        await _migrator.MigrateAsync(connection).ConfigureAwait(false);
        SetReady();
    }

    /// <summary>Throws if another replica has brought the tables to a newer version since they were checked.</summary>
    /// <param name="reader">At the row that has their version.</param>
    /// <param name="column">The version's column.</param>
    public void ThrowIfNewer(NpgsqlDataReader reader, int column) => _migrator.ThrowIfNewer(reader.IsDBNull(column) ? 0 : reader.GetInt32(column));

    /// <summary>Draws the consequences of a failure: what was believed of the tables or of the connections that wait in the pool may be wrong.</summary>
    /// <returns>The failure in PromoRec's terms.</returns>
    public Exception Notice(Exception exception)
    {
        Exception described = DatabaseFaults.Describe(exception);
        if (described is LedgerUnavailableException { Fault: LedgerFault.IncompatibleSchema })
        {
            _isReady = false;
        }
        else if (described is LedgerUnavailableException { Fault: LedgerFault.Unreachable or LedgerFault.ReadOnly } && !_isClosed)
        {
            _source.Clear();
        }

        return described;
    }

    public async ValueTask DisposeAsync()
    {
        _isClosed = true;
        if (_isOwner)
        {
            await _source.DisposeAsync().ConfigureAwait(false);
        }
    }

    private void SetReady()
    {
        _wasReady = true;
        _isReady = true;
    }

    private void ThrowIfClosed()
    {
        if (_isClosed)
        {
            throw DatabaseFaults.Closed();
        }
    }

    private static NpgsqlDataSource CreateSource(PostgreSqlOptions options)
    {
        NpgsqlDataSourceBuilder builder = new(options.ConnectionString);
        builder.ConnectionStringBuilder.NoResetOnClose = true;
        builder.ConnectionStringBuilder.Enlist = false;
        builder.ConnectionStringBuilder.MaxAutoPrepare = options.PrepareStatements ? MaxPreparedStatements : 0;
        builder.ConnectionStringBuilder.ApplicationName ??= "PromoRec";
        return builder.Build();
    }
}
