using PromoRec.PostgreSql;
using PromoRec.PostgreSql.Tests.Server;
using PromoRec.Push.Ledger;
using PromoRec.Sqlite;

namespace PromoRec.Benchmarks.Push;

/// <summary>A store to be measured.</summary>
/// <param name="Name">What the command line calls it.</param>
/// <param name="Loads">What it is measured with.</param>
/// <param name="Open">Opens an empty one in an empty folder.</param>
internal sealed record LedgerSubject(string Name, LedgerLoad[] Loads, Func<string, Task<LedgerSubject.Opened>> Open)
{
    private const string OwnServer = "-c shared_buffers=1GB -c max_wal_size=8GB";
    private const string ServerVariable = "PROMOREC_POSTGRESQL";

    public static LedgerSubject[] All { get; } =
    [
        new("memory", LedgerLoad.InMemory, _ => Task.FromResult(new Opened(new InMemoryReservationLedger(), null))),
        new("sqlite", LedgerLoad.Durable, OpenSqlite),
        new("postgresql", LedgerLoad.Durable, _ => OpenPostgreSqlAsync(new PostgreSqlOptions())),
        new("postgresql-prepared", LedgerLoad.Durable, _ => OpenPostgreSqlAsync(new PostgreSqlOptions { PrepareStatements = true })),
        new("postgresql-one-row", LedgerLoad.OneBudget, _ => OpenPostgreSqlAsync(new PostgreSqlOptions { BudgetShards = 1 })),
    ];

    private static Task<Opened> OpenSqlite(string folder)
    {
        SqliteStore store = new(new SqliteOptions { Path = Path.Combine(folder, "ledger.db") });
        return Task.FromResult(new Opened(store.Ledger, store));
    }

    // Its own server each time, so that nothing is left of the load before; or a server that is there, in a schema of its own.
    private static async Task<Opened> OpenPostgreSqlAsync(PostgreSqlOptions options)
    {
        PostgreSqlServer? server = null;
        options.ConnectionString = Environment.GetEnvironmentVariable(ServerVariable);
        if (options.ConnectionString is null)
        {
            server = await PostgreSqlServer.TryStartAsync(OwnServer) ?? throw new InvalidOperationException(PostgreSqlBinaries.Missing);
            options.ConnectionString = server.ConnectionString;
        }

        options.Schema = "bench_" + Guid.NewGuid().ToString("N");
        PostgreSqlStore store = new(options);
        return new Opened(store.Ledger, new Both(store, server));
    }

    /// <summary>A ledger, and what must be disposed after it was used.</summary>
    internal sealed record Opened(IReservationLedger Ledger, IAsyncDisposable? Owner);

    private sealed record Both(IAsyncDisposable First, IAsyncDisposable? Second) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await First.DisposeAsync();
            if (Second is not null)
            {
                await Second.DisposeAsync();
            }
        }
    }
}
