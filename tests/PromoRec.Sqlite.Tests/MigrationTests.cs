using System.Globalization;
using PromoRec.Push.Ledger;
using PromoRec.Sqlite.Engine;

namespace PromoRec.Sqlite.Tests;

public sealed class MigrationTests
{
    [Fact]
    public void Migrations_are_numbered_without_a_gap()
    {
        string[] names = [.. typeof(SqliteStore).Assembly.GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

        Assert.Equal(Enumerable.Range(1, SqliteSchema.Version), names.Select(name => int.Parse(name.Split('.')[^2].Split('-')[0], CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task Many_who_open_a_new_file_at_once_agree_on_one_schema()
    {
        for (int round = 0; round < Stress.Times(20, 300); round++)
        {
            using StoreFolder folder = new();
            SqliteStore[] stores = [.. Enumerable.Range(0, 8).Select(_ => folder.Open())];

            ReservationResult[] results = await Task.WhenAll(stores.Select((store, i) => store.Ledger.TryReserveAsync(Sends.Of("customer", $"key {i}")).AsTask()));

            Assert.Equal(3, results.Count(result => result.Status == ReservationStatus.Granted));
            Assert.Equal(1L, folder.Sql("SELECT count(*) FROM salt"));
            foreach (SqliteStore store in stores)
            {
                await store.DisposeAsync();
            }
        }
    }

    [Fact]
    public async Task A_file_says_whose_it_is_and_how_far_it_has_come()
    {
        using StoreFolder folder = new();
        await using (SqliteStore store = folder.Open())
        {
            await store.WorksAsync();
        }

        Assert.Equal((long)SqliteSchema.ApplicationId, folder.Sql("PRAGMA application_id"));
        Assert.Equal((long)SqliteSchema.Version, folder.Sql("PRAGMA user_version"));
        Assert.Equal("wal", folder.Sql("PRAGMA journal_mode"));
    }

    [Fact]
    public async Task A_file_of_schema_1_is_read_and_written()
    {
        using StoreFolder folder = new();
        folder.Sql(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Golden", "schema-1.sql")));
        ManualTime time = new(Sends.Noon.AddMinutes(5));
        await using SqliteStore store = folder.Open(time);

        LedgerEntry entry = Assert.Single((await store.Ledger.ReadAsync("customer")).Entries);
        Assert.Equal(("key", ReservationState.Committed, Sends.Noon), (entry.Key, entry.State, entry.At));
        Assert.Equal(ReservationStatus.Replayed, (await store.Ledger.TryReserveAsync(Sends.Of("customer", "key"))).Status);
        Assert.Equal("event", Assert.Single((await store.Consent.ReadAsync("customer")).Events).EventId);
        Assert.True((await store.Ledger.ReadAsync("gone")).IsErased);
        Assert.Equal(4, Assert.Single(await store.Ledger.ReadBudgetsAsync([new BudgetName("offer", string.Empty)])).Taken);
        await store.WorksAsync();
    }
}
