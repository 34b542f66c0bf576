using PromoRec.Consent;
using PromoRec.PostgreSql;
using PromoRec.Push.Ledger;
using PromoRec.Sqlite;

namespace PromoRec.StoreProbe;

/// <summary>A durable store by its name.</summary>
public sealed class ProbeStore : IAsyncDisposable
{
    private readonly IAsyncDisposable _owner;

    private ProbeStore(IReservationLedger ledger, IConsentStore consent, IAsyncDisposable owner) => (Ledger, Consent, _owner) = (ledger, consent, owner);

    public IReservationLedger Ledger { get; }

    public IConsentStore Consent { get; }

    /// <summary>Opens a store.</summary>
    /// <param name="name">"sqlite" or "sqlite-normal", whose connection is a path; "postgresql", whose connection is a schema, '@' and a connection string.</param>
    /// <param name="connection">Where it is.</param>
    /// <param name="time">The ledger's clock.</param>
    public static ProbeStore Open(string name, string connection, TimeProvider time) => name switch
    {
        "sqlite" => OpenSqlite(connection, SqliteSynchronous.Full, time),
        "sqlite-normal" => OpenSqlite(connection, SqliteSynchronous.Normal, time),
        "postgresql" => OpenPostgreSql(connection.Split('@', 2), time),
        _ => throw new ArgumentException($"There is no store '{name}'."),
    };

    public ValueTask DisposeAsync() => _owner.DisposeAsync();

    private static ProbeStore OpenSqlite(string path, SqliteSynchronous synchronous, TimeProvider time)
    {
        // Eight processes on a slow disk wait for each other for longer than a host would let them.
        SqliteStore store = new(new SqliteOptions { Path = path, Synchronous = synchronous, BusyTimeout = TimeSpan.FromMinutes(2) }, new LedgerOptions(), time);
        return new ProbeStore(store.Ledger, store.Consent, store);
    }

    private static ProbeStore OpenPostgreSql(string[] connection, TimeProvider time)
    {
        PostgreSqlOptions options = new() { Schema = connection[0], ConnectionString = connection[1], CommandTimeout = TimeSpan.FromSeconds(60), MaxWait = TimeSpan.FromMinutes(2) };

        // Processes share the database's clock; only who looks at what will be later brings a clock of its own.
        PostgreSqlStore store = new(options, new LedgerOptions(), ReferenceEquals(time, TimeProvider.System) ? null : time);
        return new ProbeStore(store.Ledger, store.Consent, store);
    }
}
