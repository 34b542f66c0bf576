using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PromoRec.Models.Hybrid;
using PromoRec.Ranking;
using PromoRec.Ranking.Reranking;

namespace PromoRec.Tests.Ranking.Reranking;

/// <summary>Options as a host keeps them: in appsettings.json or the environment.</summary>
public sealed class RerankingConfigurationTests
{
    [Fact]
    public void Every_knob_can_be_bound_to_configuration()
    {
        using ServiceProvider provider = Host(
            ("Diversity", "0.3"),
            ("MaxPerCategory", "3"),
            ("MaxPerBrand", "4"),
            ("MarginWeight", "0.25"),
            ("PopularityDamping", "0.5"),
            ("MerchantFloor", "0.05"),
            ("MerchantWindow", "500"),
            ("ExplorationShare", "0.1"),
            ("ExplorationAge", "3.00:00:00"),
            ("ExplorationPeriod", "00:30:00"),
            ("ExplorationSeed", "7"),
            ("PoolSize", "300"),
            ("Quotas:0:Form", "FreeShipping"),
            ("Quotas:0:Minimum", "1"),
            ("Quotas:0:Maximum", "2"),
            ("Quotas:1:Category", "tea"),
            ("Quotas:1:Brand", "Acme"),
            ("Quotas:1:Merchant", "m"),
            ("Quotas:1:Maximum", "5"));
        var expected = new RerankingOptions
        {
            Diversity = 0.3,
            MaxPerCategory = 3,
            MaxPerBrand = 4,
            MarginWeight = 0.25,
            PopularityDamping = 0.5,
            MerchantFloor = 0.05,
            MerchantWindow = 500,
            ExplorationShare = 0.1,
            ExplorationAge = TimeSpan.FromDays(3),
            ExplorationPeriod = TimeSpan.FromMinutes(30),
            ExplorationSeed = 7,
            PoolSize = 300,
        };
        expected.Quotas.Add(new SlotQuota { Form = OfferForm.FreeShipping, Minimum = 1, Maximum = 2 });
        expected.Quotas.Add(new SlotQuota { Category = "tea", Brand = "Acme", Merchant = "m", Maximum = 5 });

        RerankingOptions bound = provider.GetRequiredService<IOptions<PromoRecOptions>>().Value.Ranking.Reranking;

        Assert.Equivalent(expected, bound, strict: true);

        // A knob that this test forgot would still have the value that it has unless set.
        Assert.DoesNotContain(typeof(RerankingOptions).GetProperties(), property => Equals(property.GetValue(bound), property.GetValue(new RerankingOptions())));
    }

    [Fact]
    public void What_is_configured_decides_about_the_ranking_and_code_has_the_last_word()
    {
        Assert.Equal("a b c d e f", Order(Host()));
        Assert.Equal("a d f", Order(Host(("MaxPerCategory", "1"))));
        Assert.Equal("a b d e f", Order(Host(options => options.Ranking.Reranking.MaxPerCategory = 2, ("MaxPerCategory", "1"))));
        Assert.Equal("a d c b f e", Order(Host(("Diversity", "0.5"))));
    }

    [Fact]
    public void Without_configuration_the_order_is_the_pure_score_and_nothing_is_compiled_for_re_ranking()
    {
        using ServiceProvider provider = Host();

        Assert.Equivalent(new RerankingOptions(), provider.GetRequiredService<IOptions<PromoRecOptions>>().Value.Ranking.Reranking, strict: true);
        Assert.Null(provider.GetRequiredService<LiveModel>().State.Reranker);
    }

    [Fact]
    public void Bad_values_are_named_when_the_host_starts()
    {
        using ServiceProvider provider = Host(("Diversity", "1.5"), ("MaxPerCategory", "-1"), ("Quotas:0:Minimum", "2"));

        string message = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate()).Message;

        Assert.Contains("Ranking.Reranking.Diversity: must be from 0 to 1, but is 1.5", message, StringComparison.Ordinal);
        Assert.Contains("Ranking.Reranking.MaxPerCategory: must be from 0 to 10000, but is -1", message, StringComparison.Ordinal);
        Assert.Contains("Ranking.Reranking.Quotas[0]: must say which offers it is for", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Diversity", "much")]
    [InlineData("MaxPerCategory", "1.5")]
    [InlineData("Quotas:0:Form", "Free")]
    [InlineData("ExplorationAge", "a week")]
    [InlineData("Diversty", "0.3")]
    public void What_is_no_value_of_its_sort_is_refused_with_its_path(string knob, string value)
    {
        using ServiceProvider provider = Host((knob, value));

        string message = Assert.Throws<InvalidOperationException>(() => provider.GetRequiredService<IStartupValidator>().Validate()).ToString();

        // As docs/guide/reranking.md binds it; otherwise the binder passes over names that it does not know, and over whole quotas with a value that it cannot read.
        Assert.Contains(value == "0.3" ? $"'{knob}'" : $"'PromoRec:Ranking:Reranking:{knob}'", message, StringComparison.Ordinal);
    }

    private static string Order(ServiceProvider provider)
    {
        using (provider)
        {
            provider.GetRequiredService<LiveModel>().Publish(Model());
            return string.Join(' ', provider.GetRequiredService<IOfferRanker>().Rank("ann").Select(ranked => ranked.Offer.Id));
        }
    }

    private static ServiceProvider Host(params (string Knob, string Value)[] configured) => Host(_ => { }, configured);

    /// <summary>A shop as a host would open it, six offers as in docs/guide/reranking.md.</summary>
    private static ServiceProvider Host(Action<PromoRecOptions> configure, params (string Knob, string Value)[] configured)
    {
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(configured.Select(one => KeyValuePair.Create($"PromoRec:Ranking:Reranking:{one.Knob}", (string?)one.Value)))
            .Build();
        Item[] items =
        [
            new() { Id = "ia", Categories = ["red"], Brand = "Acme" }, new() { Id = "ib", Categories = ["red"], Brand = "Acme" }, new() { Id = "ic", Categories = ["red"] },
            new() { Id = "id", Categories = ["blue"] }, new() { Id = "ie", Categories = ["blue"] }, new() { Id = "if" },
        ];
        var services = new ServiceCollection();
        services.AddOptions<PromoRecOptions>().Bind(configuration.GetSection("PromoRec"), binder => binder.ErrorOnUnknownConfiguration = true);
        services.AddPromoRec(configure)
            .UseOfferCatalog(new InMemoryOfferCatalog(new CatalogSnapshot([.. items.Select(item => TestShop.OnItems(item.Id.ToString()[1..], item.Id))], items)));
        return services.BuildServiceProvider();
    }

    private static HybridModel Model()
    {
        TestModel model = new TestModel().User("ann", 1);
        for (int i = 0; i < 6; i++)
        {
            model.Item($"i{(char)('a' + i)}", 9 - i);
        }

        return HybridModel.Of([new HybridMember("als", model.Likes("ann", "ia").Build())]);
    }
}
