using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PromoRec.Interactions;
using PromoRec.Profiles;
using PromoRec.Tests.Profiles;
using PromoRec.Tests.Ranking;

namespace PromoRec.Tests.DependencyInjection;

public class AddCustomerProfilesTests
{
    [Fact]
    public async Task What_is_appended_to_the_log_is_in_the_profile_when_the_append_is_complete()
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(new ManualTime(ProfileShop.Noon));
        services.AddPromoRec(options => options.Weights[InteractionKind.Purchase] = new InteractionWeight(3))
            .UseOfferCatalog(new InMemoryOfferCatalog(ProfileShop.Catalog))
            .UseInMemoryInteractionLog()
            .AddCustomerProfiles(options => options.HalfLife = TimeSpan.FromDays(1))
            .AddCustomerProfiles(options => options.MaxCustomers = 2);
        await using ServiceProvider provider = services.BuildServiceProvider();
        CustomerProfiles profiles = provider.GetRequiredService<CustomerProfiles>();

        await provider.GetRequiredService<IInteractionLog>().AppendAsync([ProfileShop.Purchase(0, 1)]);

        Assert.Equal(1.5, profiles.Find("ann")!.InterestInCategory("tea"));
        Assert.Equal(2, provider.GetRequiredService<IOptions<CustomerProfileOptions>>().Value.MaxCustomers);
    }

    [Fact]
    public async Task Without_it_nothing_is_kept_of_customers()
    {
        var services = new ServiceCollection();
        services.AddPromoRec().UseInMemoryInteractionLog();
        await using ServiceProvider provider = services.BuildServiceProvider();
        await provider.GetRequiredService<IInteractionLog>().AppendAsync([ProfileShop.Purchase(0)]);

        Assert.Null(provider.GetService<CustomerProfiles>());
    }

    [Fact]
    public async Task What_a_laxer_log_accepts_but_is_not_valid_is_passed_over()
    {
        var services = new ServiceCollection();
        services.AddPromoRec().UseOfferCatalog(new InMemoryOfferCatalog(ProfileShop.Catalog)).UseInteractionLog<LaxLog>().AddCustomerProfiles();
        await using ServiceProvider provider = services.BuildServiceProvider();

        await provider.GetRequiredService<IInteractionLog>().AppendAsync([ProfileShop.Purchase(0) with { Value = double.NaN }, ProfileShop.Purchase(0, 9_000)]);

        Assert.Equal(1, provider.GetRequiredService<CustomerProfiles>().Find("ann")!.Events);
    }

    [Fact]
    public void All_faults_of_the_options_are_reported_when_the_host_starts()
    {
        var services = new ServiceCollection();
        services.AddPromoRec().AddCustomerProfiles(options => (options.Clusters, options.MaxCustomers) = (0, 0));
        using ServiceProvider provider = services.BuildServiceProvider();

        OptionsValidationException fault = Assert.Throws<OptionsValidationException>(provider.GetRequiredService<IStartupValidator>().Validate);

        Assert.Equal(2, fault.Failures.Count());
        Assert.Throws<OptionsValidationException>(provider.GetRequiredService<CustomerProfiles>);
    }

    private sealed class LaxLog : IInteractionLog
    {
        public ValueTask AppendAsync(IReadOnlyList<Interaction> batch, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

        public IAsyncEnumerable<Interaction> ReadAsync(CancellationToken cancellationToken = default) => AsyncEnumerable.Empty<Interaction>();
    }
}
