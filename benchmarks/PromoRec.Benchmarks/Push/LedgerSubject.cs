using PromoRec.Push.Ledger;
using PromoRec.Sqlite;

namespace PromoRec.Benchmarks.Push;

/// <summary>A store to be measured.</summary>
/// <param name="Name">What the command line calls it.</param>
/// <param name="Loads">What it is measured with.</param>
/// <param name="Open">Opens an empty one in an empty folder.</param>
internal sealed record LedgerSubject(string Name, LedgerLoad[] Loads, Func<string, LedgerSubject.Opened> Open)
{
    public static LedgerSubject[] All { get; } =
    [
        new("memory", LedgerLoad.InMemory, _ => new Opened(new InMemoryReservationLedger(), null)),
        new("sqlite", LedgerLoad.Durable, OpenSqlite),
    ];

    private static Opened OpenSqlite(string folder)
    {
        SqliteStore store = new(new SqliteOptions { Path = Path.Combine(folder, "ledger.db") });
        return new Opened(store.Ledger, store);
    }

    /// <summary>A ledger, and what must be disposed after it was used.</summary>
    internal sealed record Opened(IReservationLedger Ledger, IAsyncDisposable? Owner);
}
