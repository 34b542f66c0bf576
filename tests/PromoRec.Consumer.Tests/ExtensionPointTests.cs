using Microsoft.Extensions.DependencyInjection;
using PromoRec.Datasets;
using PromoRec.Interactions;
using PromoRec.Models.Content;
using PromoRec.Ranking;
using PromoRec.Training.Content;

namespace PromoRec.Consumer.Tests;

/// <summary>Every interface that a host may implement, implemented from outside and used through the container.</summary>
public sealed class ExtensionPointTests
{
    private static readonly Type[] Covered =
    [
        typeof(IOfferCatalog), typeof(ICustomerDirectory), typeof(IInteractionLog), typeof(IOfferRanker), typeof(ITextTokenizer),
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
    public void A_tokenizer_of_the_host_takes_the_texts_of_its_catalog_apart()
    {
        var builder = new DatasetBuilder();
        builder.Add(new Interaction("ann", (ItemId)"1", InteractionKind.Purchase, default));
        Item[] items = [new() { Id = "1", Text = "red shoe" }, new() { Id = "2", Text = "Shoes" }, new() { Id = "3", Text = "hat" }];

        ContentModel stemmed = new ContentTrainer(new ContentOptions { Tokenizer = new StemmingTokenizer() }).Train(builder.Build(), items);
        ContentModel plain = new ContentTrainer().Train(builder.Build(), items);

        Assert.Equal((ItemId)"2", Assert.Single(stemmed.SimilarItems("1", 3)).Item);
        Assert.Empty(plain.SimilarItems("1", 3));
        Assert.Equal((ItemId)"2", stemmed.Recommend("ann", 1)[0].Item);

        // A file holds no code: loaded with the tokenizer, the model takes apart what came later, too.
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.safetensors");
        stemmed.Save(path);
        try
        {
            Item[] later = [.. items, new() { Id = "4", Text = "shoes" }];
            CatalogSnapshot catalog = new([Buy("3"), Buy("4")], later);
            using ServiceProvider told = Build(host => host.UseOfferCatalog(new InMemoryOfferCatalog(catalog)).UseModel(path, loading => loading.Tokenizers.Add(new StemmingTokenizer())));
            using ServiceProvider untold = Build(host => host.UseOfferCatalog(new InMemoryOfferCatalog(catalog)).UseModel(path));

            Assert.Equal(["4", "3"], Ids(told.GetRequiredService<IOfferRanker>().Rank("ann")));
            Assert.Equal(["3", "4"], Ids(untold.GetRequiredService<IOfferRanker>().Rank("ann")));
            Assert.Equal((true, false), (Live(told).HasTokenizer, Live(untold).HasTokenizer));
        }
        finally
        {
            File.Delete(path);
        }

        static ContentModel Live(ServiceProvider provider) => (ContentModel)provider.GetRequiredService<LiveModel>().Current!;

        static Offer Buy(string item) => new() { Id = item, Terms = OfferTerms.CashOff(1), Targets = [OfferTarget.Item(item)] };
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
