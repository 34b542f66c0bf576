using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PromoRec.Consent;
using PromoRec.Push.Ledger;

namespace PromoRec.Sqlite.Tests;

public sealed class UseSqliteTests
{
    [Fact]
    public async Task The_container_keeps_reservations_and_consent_in_the_file_and_closes_it()
    {
        using StoreFolder folder = new();
        ManualTime time = new(Sends.Noon);
        IServiceProvider kept;
        await using (ServiceProvider provider = Services(folder.File).AddSingleton<TimeProvider>(time).BuildServiceProvider())
        {
            kept = provider;
            IReservationLedger ledger = provider.GetRequiredService<IReservationLedger>();
            Assert.Equal(Sends.Noon, (await ledger.TryReserveAsync(Sends.Of("customer", "key"))).LedgerTime);
            await provider.GetRequiredService<IConsentStore>().AppendAsync("customer", [new ConsentEvent { EventId = "1", At = Sends.Noon, State = ConsentState.Granted }]);
            Assert.Same(ledger, provider.GetRequiredService<SqliteStore>().Ledger);
        }

        Assert.False(File.Exists(folder.File + "-wal"));
        Assert.Equal(1L, folder.Sql("SELECT count(*) FROM account"));
        Assert.Equal(1L, folder.Sql("SELECT count(*) FROM consent_event"));
    }

    [Fact]
    public async Task A_container_that_is_disposed_without_await_closes_the_file_too()
    {
        using StoreFolder folder = new();
        SqliteStore store;
        using (ServiceProvider provider = Services(folder.File).BuildServiceProvider())
        {
            store = provider.GetRequiredService<SqliteStore>();
            await store.WorksAsync();
        }

        await store.FailsAsync(LedgerFault.Closed);
        Assert.False(File.Exists(folder.File + "-wal"));
    }

    [Fact]
    public void It_replaces_the_store_that_was_chosen_before_and_the_last_options_hold()
    {
        using StoreFolder folder = new();
        ServiceCollection services = new();
        services.AddPromoRec().UseInMemoryPushStore().UseSqlite("first.db").UseSqlite(options =>
        {
            options.Path = folder.File;
            options.MustExist = true;
        });
        using ServiceProvider provider = services.BuildServiceProvider();

        Assert.Same(provider.GetRequiredService<SqliteStore>().Ledger, Assert.Single(provider.GetServices<IReservationLedger>()));
        Assert.Same(provider.GetRequiredService<SqliteStore>().Consent, Assert.Single(provider.GetServices<IConsentStore>()));
        Assert.Equal(folder.File, provider.GetRequiredService<IOptions<SqliteOptions>>().Value.Path);
        Assert.True(provider.GetRequiredService<IOptions<SqliteOptions>>().Value.MustExist);
    }

    [Fact]
    public void Options_out_of_range_are_reported_when_the_host_starts()
    {
        using ServiceProvider provider = Services(":memory:").BuildServiceProvider();

        OptionsValidationException exception = Assert.Throws<OptionsValidationException>(provider.GetRequiredService<IStartupValidator>().Validate);

        Assert.Contains("plain path", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new ServiceCollection().AddPromoRec().UseSqlite(" "));
    }

    private static ServiceCollection Services(string path)
    {
        ServiceCollection services = new();
        services.AddPromoRec().UseSqlite(path);
        return services;
    }
}
