using PromoRec.Consent;
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
    /// <param name="name">"sqlite", whose connection is a path.</param>
    /// <param name="connection">Where it is.</param>
    /// <param name="time">The ledger's clock.</param>
    public static ProbeStore Open(string name, string connection, TimeProvider time) => name switch
    {
        "sqlite" => OpenSqlite(connection, time),
        _ => throw new ArgumentException($"There is no store '{name}'."),
    };

    public ValueTask DisposeAsync() => _owner.DisposeAsync();

    private static ProbeStore OpenSqlite(string path, TimeProvider time)
    {
        // Eight processes on a slow disk wait for each other for longer than a host would let them.
        SqliteStore store = new(new SqliteOptions { Path = path, BusyTimeout = TimeSpan.FromMinutes(2) }, new LedgerOptions(), time);
        return new ProbeStore(store.Ledger, store.Consent, store);
    }
}
