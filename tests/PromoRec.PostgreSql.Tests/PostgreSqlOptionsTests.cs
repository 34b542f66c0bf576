using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PromoRec.Consent;
using PromoRec.Push.Ledger;

namespace PromoRec.PostgreSql.Tests;

public class PostgreSqlOptionsTests
{
    private const string Address = "Host=localhost;Password=hush";

    [Fact]
    public void The_defaults_need_only_an_address()
    {
        Assert.True(new PostgreSqlOptionsValidator().Validate(null, new PostgreSqlOptions { ConnectionString = Address }).Succeeded);
        Assert.Contains("ConnectionString", new PostgreSqlOptionsValidator().Validate(null, new PostgreSqlOptions()).FailureMessage);
        Assert.Contains("must name the Host", new PostgreSqlOptionsValidator().Validate(null, new PostgreSqlOptions { ConnectionString = "Database=shop" }).FailureMessage);
    }

    [Theory]
    [InlineData("Public")]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a\"; DROP TABLE x; --")]
    [InlineData("1a")]
    [InlineData("pg_catalog")]
    [InlineData("a234567890123456789012345678901234567890123456789012345678901234")]
    public void A_schema_that_could_be_more_than_a_name_is_refused(string schema) =>
        Assert.Contains("Schema", new PostgreSqlOptionsValidator().Validate(null, new PostgreSqlOptions { ConnectionString = Address, Schema = schema }).FailureMessage);

    [Fact]
    public void Every_fault_is_named_at_once_and_none_repeats_the_password()
    {
        PostgreSqlOptions options = new()
        {
            ConnectionString = Address + ";Multiplexing=true",
            Lanes = 0,
            MaxBatch = 5001,
            BudgetShards = 65,
            CommandTimeout = TimeSpan.FromMilliseconds(1500),
            MaxWait = TimeSpan.Zero,
        };

        string message = Assert.Throws<ArgumentException>(() => new PostgreSqlStore(options)).Message;

        foreach (string name in new[] { "Multiplexing", "Lanes", "MaxBatch", "BudgetShards", "CommandTimeout", "MaxWait" })
        {
            Assert.Contains(name, message);
        }

        Assert.DoesNotContain("hush", message);
        Assert.DoesNotContain("hush", Assert.Throws<ArgumentException>(() => new PostgreSqlStore(new PostgreSqlOptions { ConnectionString = "Password=hush;Nonsense=1" })).Message);
    }

    [Fact]
    public async Task A_host_gets_one_store_for_both_and_faults_stop_it()
    {
        ServiceCollection services = new();
        services.AddPromoRec().UsePostgreSql(Address);
        await using (ServiceProvider provider = services.BuildServiceProvider())
        {
            PostgreSqlStore store = provider.GetRequiredService<PostgreSqlStore>();
            Assert.Same(store.Ledger, provider.GetRequiredService<IReservationLedger>());
            Assert.Same(store.Consent, provider.GetRequiredService<IConsentStore>());
        }

        ServiceCollection wrong = new();
        wrong.AddPromoRec().UsePostgreSql(options => options.Lanes = -1);
        await using ServiceProvider faulty = wrong.BuildServiceProvider();
        Assert.Throws<OptionsValidationException>(() => faulty.GetRequiredService<IReservationLedger>());
    }
}
