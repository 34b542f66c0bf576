using Microsoft.Extensions.Options;

namespace PromoRec.Sqlite.Tests;

public sealed class SqliteOptionsTests
{
    [Fact]
    public void Every_fault_is_reported_at_once_with_what_was_found_and_what_is_allowed()
    {
        SqliteOptions options = new()
        {
            Synchronous = (SqliteSynchronous)7,
            BusyTimeout = TimeSpan.FromMinutes(11),
            MaxBatch = 0,
            MaxWaiting = 0,
            MaxLogBytes = 5,
        };

        string[] faults = [.. new SqliteOptionsValidator().Validate(null, options).Failures!];

        Assert.Equal(
            [
                "Property Path: must name the database file, but is empty; pass a path to UseSqlite",
                "Property Synchronous: must be Full or Normal, but is 7",
                "Property BusyTimeout: must be from zero to ten minutes, but is 00:11:00",
                "Property MaxBatch: must be from 1 to 10000, but is 0",
                "Property MaxWaiting: must be from 1 to 10000000, but is 0",
                "Property MaxLogBytes: must be from 1048576 to 1073741824, but is 5",
            ],
            faults);
    }

    [Theory]
    [InlineData(":memory:")]
    [InlineData("file:store.db?mode=memory")]
    public void A_path_that_is_no_file_is_refused(string path) =>
        Assert.Contains("plain path of a file", new SqliteOptionsValidator().Validate(null, new SqliteOptions { Path = path }).FailureMessage, StringComparison.Ordinal);

    [Fact]
    public void The_bounds_themselves_are_allowed()
    {
        SqliteOptions least = new() { Path = "a", BusyTimeout = TimeSpan.Zero, MaxBatch = 1, MaxWaiting = 1, MaxLogBytes = 1 << 20 };
        SqliteOptions most = new() { Path = "a", BusyTimeout = TimeSpan.FromMinutes(10), MaxBatch = 10_000, MaxWaiting = 10_000_000, MaxLogBytes = 1 << 30 };

        Assert.Equal(ValidateOptionsResult.Success, new SqliteOptionsValidator().Validate(null, least));
        Assert.Equal(ValidateOptionsResult.Success, new SqliteOptionsValidator().Validate(null, most));
    }

    [Fact]
    public void A_store_is_not_made_with_options_that_are_out_of_range()
    {
        Assert.Throws<ArgumentException>(() => new SqliteStore(new SqliteOptions()));
        Assert.Throws<ArgumentException>(() => new SqliteStore(new SqliteOptions { Path = "a" }, new Push.Ledger.LedgerOptions { Retention = TimeSpan.FromDays(1) }));
    }

    [Fact]
    public async Task Changing_options_later_has_no_effect()
    {
        using StoreFolder folder = new();
        SqliteOptions options = folder.Options;
        await using SqliteStore store = new(options);
        options.Path = Path.Combine(folder.Folder, "other.db");

        await store.WorksAsync();

        Assert.True(File.Exists(folder.File));
        Assert.False(File.Exists(options.Path));
    }
}
