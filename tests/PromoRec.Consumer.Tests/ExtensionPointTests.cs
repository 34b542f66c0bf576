using Microsoft.Extensions.DependencyInjection;
using PromoRec.Interactions;

namespace PromoRec.Consumer.Tests;

/// <summary>Every interface that a host may implement, implemented from outside and used through the container.</summary>
public sealed class ExtensionPointTests
{
    private static readonly Type[] Covered =
    [
        typeof(IOfferCatalog), typeof(ICustomerDirectory), typeof(IInteractionLog), typeof(IOfferRanker),
        .. PushExtensionPointTests.Covered,
    ];

    [Fact]
    public void No_extension_point_is_forgotten_here() =>
        Assert.Equal(
            Covered.Select(type => type.FullName).Order(StringComparer.Ordinal),
            typeof(IOfferRanker).Assembly.GetExportedTypes().Where(type => type.IsInterface).Select(type => type.FullName).Order(StringComparer.Ordinal));

    [Fact]
    public void A_catalog_of_the_host_is_ranked_and_its_changes_are_followed()
    {
        using ServiceProvider provider = Build(builder => builder.UseOfferCatalog<TableOfferCatalog>());
        IOfferRanker ranker = provider.GetRequiredService<IOfferRanker>();
        Assert.Equal(["old"], Ids(ranker.Rank("ann")));

        provider.GetRequiredService<TableOfferCatalog>().ChangeTo("b", "a");

        Assert.Equal(["a", "b"], Ids(ranker.Rank("ann")));
    }

    [Fact]
    public void Offers_for_a_segment_go_to_those_whom_the_host_puts_into_it()
    {
        CatalogSnapshot catalog = new([new Offer { Id = "gold-only", Terms = OfferTerms.Points(100), Segments = ["gold"] }], []);
        using ServiceProvider provider = Build(builder => builder.UseOfferCatalog(new InMemoryOfferCatalog(catalog)).UseCustomerDirectory<LoyaltyDirectory>());
        IOfferRanker ranker = provider.GetRequiredService<IOfferRanker>();

        Assert.Equal(["gold-only"], Ids(ranker.Rank("ann")));
        Assert.Empty(ranker.Rank("bea"));
        Assert.Equal(1, ranker.Rank("bea").Summary.Excluded.NotInSegment);
    }

    [Fact]
    public async Task What_goes_into_the_log_of_the_host_is_known_to_the_next_ranking()
    {
        CatalogSnapshot catalog = new([new Offer { Id = "once", Terms = OfferTerms.FreeShipping }], []);
        await using ServiceProvider provider = Build(builder => builder.UseOfferCatalog(new InMemoryOfferCatalog(catalog)).UseInteractionLog<ListInteractionLog>());
        IOfferRanker ranker = provider.GetRequiredService<IOfferRanker>();
        IInteractionLog log = provider.GetRequiredService<IInteractionLog>();
        Assert.Equal(["once"], Ids(ranker.Rank("ann")));

        Interaction redeemed = new("ann", new OfferId("once"), InteractionKind.Redeem, new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.Zero));
        await log.AppendAsync([redeemed], TestContext.Current.CancellationToken);

        Assert.Empty(ranker.Rank("ann"));
        Assert.Equal(1, ranker.Rank("ann").Summary.Excluded.Redeemed);
        Assert.Equal([redeemed], await log.ReadAsync(TestContext.Current.CancellationToken).ToArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_host_may_put_its_own_ranker_around_the_one_of_the_library()
    {
        ServiceCollection services = new();
        services.AddPromoRec().UseOfferCatalog<TableOfferCatalog>();
        ServiceDescriptor inner = services.Last(service => service.ServiceType == typeof(IOfferRanker));
        services.AddSingleton<IOfferRanker>(provider => new CountingRanker((IOfferRanker)inner.ImplementationFactory!(provider)));
        using ServiceProvider provider = services.BuildServiceProvider();

        Assert.Equal(["old"], Ids(provider.GetRequiredService<IOfferRanker>().Rank("ann")));
        Assert.Equal(1, ((CountingRanker)provider.GetRequiredService<IOfferRanker>()).Calls);
    }

    private static ServiceProvider Build(Action<PromoRecBuilder> configure)
    {
        ServiceCollection services = new();
        configure(services.AddPromoRec());
        return services.BuildServiceProvider();
    }

    private static IEnumerable<string> Ids(RankedOffers ranking) => ranking.Select(ranked => ranked.Offer.Id.ToString());
}
