using Microsoft.Extensions.Options;
using PromoRec.Consent;
using PromoRec.PostgreSql.Accounts;
using PromoRec.PostgreSql.Consents;
using PromoRec.PostgreSql.Escrow;
using PromoRec.PostgreSql.Lanes;
using PromoRec.Push.Ledger;

namespace PromoRec.PostgreSql;

/// <summary>Reservations and consent in PostgreSQL: durable, and exact for any number of processes on any number of machines.</summary>
/// <remarks>
/// <para>The tables are checked, and unless told otherwise created, by the first operation. Operations that arrive while others are being written share the
/// next statement and its commit; none is answered before it is durable, as far as the server's settings of fsync and synchronous_commit promise that.</para>
/// <para>When the database cannot be used, operations fail with <see cref="LedgerUnavailableException"/>, and work again when the cause has gone.</para>
/// <para>Any thread may use it. Disposing it answers what is waiting, and fails what comes later with <see cref="LedgerFault.Closed"/>.</para>
/// </remarks>
public sealed class PostgreSqlStore : IAsyncDisposable
{
    private readonly Database _database;
    private readonly Lane<AccountOperation>[] _accounts;
    private readonly Lane<ConsentOperation>[] _consents;

    /// <summary>A store that a database is behind. Nothing is opened yet.</summary>
    /// <param name="options">Where it is and how hard it is worked.</param>
    /// <param name="ledger">How long it remembers; the defaults when null.</param>
    /// <param name="clock">
    /// The ledger's clock, for tests only. Null, as it must be in production, for the database's own: the clocks of replicas differ, and what one of
    /// them believes to be past is not past for the others.
    /// </param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public PostgreSqlStore(PostgreSqlOptions options, LedgerOptions? ledger = null, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ValidateOptionsResult result = new PostgreSqlOptionsValidator().Validate(null, options);
        if (result.Failed)
        {
            throw new ArgumentException(result.FailureMessage, nameof(options));
        }

        ledger ??= new LedgerOptions();
        LedgerOptionsValidator.ThrowIfInvalid(ledger);
        _database = new Database(options);
        Statements statements = new(options.Schema);
        Deadline deadline = new(options.MaxWait);
        AccountReader reader = new(_database, statements, clock);
        AccountWriter writer = new(statements, _database.TimeoutSeconds);
        EscrowKeeper escrow = new(statements, options.BudgetShards, _database.TimeoutSeconds);
        AccountServer ServerOf(int lane) => new(_database, reader, writer, escrow, deadline, ledger.Retention, ShardOf(lane, options.BudgetShards), options.BudgetShards);
        _accounts = [.. Enumerable.Range(0, options.Lanes).Select(lane => new Lane<AccountOperation>(options.MaxBatch, ServerOf(lane).ServeAsync, deadline))];
        ConsentServer consents = new(_database, statements, deadline);
        _consents = [.. Enumerable.Range(0, (options.Lanes + 1) / 2).Select(_ => new Lane<ConsentOperation>(options.MaxBatch, consents.ServeAsync, deadline))];
        Ledger = new PostgreSqlReservationLedger(_accounts, new LedgerQueries(_database, statements, ServerOf(0), clock));
        Consent = new PostgreSqlConsentStore(_consents);
    }

    /// <summary>The reservations.</summary>
    public IReservationLedger Ledger { get; }

    /// <summary>The consent.</summary>
    public IConsentStore Consent { get; }

    /// <summary>Creates or updates the tables, which needs the right to do so. Whoever calls it second, on any machine, waits and finds the work done.</summary>
    /// <exception cref="LedgerUnavailableException">The database cannot be reached or refuses, or its tables are of a newer version.</exception>
    public async Task MigrateAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            await Detached.RunAsync(_database.MigrateAsync).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (DatabaseFaults.IsKnown(exception) && !cancellationToken.IsCancellationRequested)
        {
            throw _database.Notice(exception);
        }
    }

    /// <summary>Answers what is waiting and closes the connections. A data source of the host stays open.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (Lane<AccountOperation> lane in _accounts)
        {
            await lane.CloseAsync().ConfigureAwait(false);
        }

        foreach (Lane<ConsentOperation> lane in _consents)
        {
            await lane.CloseAsync().ConfigureAwait(false);
        }

        await _database.DisposeAsync().ConfigureAwait(false);
    }

    // Different for the lanes of one process and, as far as it can be, of different processes; where two meet they only wait for each other.
    private static short ShardOf(int lane, int shards) => (short)(1 + ((uint)(HashCode.Combine(Environment.MachineName, Environment.ProcessId) + lane) % (uint)shards));
}
