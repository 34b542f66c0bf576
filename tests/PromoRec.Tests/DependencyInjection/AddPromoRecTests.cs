using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PromoRec.Interactions;
using PromoRec.Models;
using PromoRec.Ranking;
using PromoRec.Tests.Ranking;

namespace PromoRec.Tests.DependencyInjection;

public class AddPromoRecTests
{
    private static readonly CatalogSnapshot OneOffer = TestShop.Snapshot(TestShop.OnItems("t", "tea"));

    [Fact]
    public void A_ranker_without_anything_else_answers_with_nothing_in_the_rules_tier()
    {
        var services = new ServiceCollection();
        services.AddPromoRec();
        using ServiceProvider provider = services.BuildServiceProvider(validateScopes: true);

        RankedOffers ranked = provider.GetRequiredService<IOfferRanker>().Rank(42);

        Assert.Empty(ranked);
        Assert.Equal(new RankSummary(0, RankTier.Rules, "", default) { TierReason = RankTierReason.NoModel }, ranked.Summary);
    }

    [Fact]
    public void A_second_call_adds_nothing_and_configures_on()
    {
        var services = new ServiceCollection();
        services.AddPromoRec(options => options.Ranking.TargetSizeExponent = 1);
        int count = services.Count;
        services.AddPromoRec();
        Assert.Equal(count, services.Count);

        services.AddPromoRec(options => options.Ranking.MaxRecentCustomers = 7);
        using ServiceProvider provider = services.BuildServiceProvider();
        RankingOptions ranking = provider.GetRequiredService<IOptions<PromoRecOptions>>().Value.Ranking;
        Assert.Equal((1, 7), (ranking.TargetSizeExponent, ranking.MaxRecentCustomers));
    }

    [Fact]
    public void The_built_in_catalog_can_be_filled_later()
    {
        var services = new ServiceCollection();
        services.AddPromoRec();
        using ServiceProvider provider = services.BuildServiceProvider();
        IOfferRanker ranker = provider.GetRequiredService<IOfferRanker>();

        provider.GetRequiredService<InMemoryOfferCatalog>().Replace(OneOffer);

        Assert.Equal("t", ranker.Rank("ann")[0].Offer.Id);
    }

    [Fact]
    public void The_last_catalog_chosen_is_used()
    {
        var services = new ServiceCollection();
        services.AddPromoRec().UseOfferCatalog<HostCatalog>().UseOfferCatalog(new InMemoryOfferCatalog(OneOffer));
        using ServiceProvider first = services.BuildServiceProvider();
        Assert.Single(first.GetRequiredService<IOfferRanker>().Rank("ann"));
        Assert.Same(first.GetRequiredService<IOfferCatalog>(), first.GetRequiredService<InMemoryOfferCatalog>());

        services.AddPromoRec().UseOfferCatalog<HostCatalog>();
        using ServiceProvider second = services.BuildServiceProvider();
        Assert.Empty(second.GetRequiredService<IOfferRanker>().Rank("ann"));
        second.GetRequiredService<HostCatalog>().Set(OneOffer);
        Assert.Single(second.GetRequiredService<IOfferRanker>().Rank("ann"));
    }

    [Fact]
    public void Segments_come_from_the_directory_and_time_from_the_container()
    {
        Offer offer = TestShop.Offer("o") with { Segments = ["vip"], ValidTo = TestShop.Noon.AddHours(1) };
        var time = new ManualTime(TestShop.Noon);
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(time);
        services.AddPromoRec().UseOfferCatalog(new InMemoryOfferCatalog(TestShop.Snapshot(offer))).UseCustomerDirectory(new Segments(("ann", "vip")));
        using ServiceProvider provider = services.BuildServiceProvider();
        IOfferRanker ranker = provider.GetRequiredService<IOfferRanker>();

        Assert.Single(ranker.Rank("ann"));
        Assert.Empty(ranker.Rank("ben"));
        time.Now = TestShop.Noon.AddHours(1);
        Assert.Equal(1, ranker.Rank("ann").Summary.Excluded.NotValidNow);
    }

    [Fact]
    public void A_directory_that_the_container_makes_is_the_one_the_host_resolves()
    {
        var services = new ServiceCollection();
        services.AddSingleton(new Segments(("ann", "vip")));
        services.AddPromoRec()
            .UseOfferCatalog(new InMemoryOfferCatalog(TestShop.Snapshot(TestShop.Offer("o") with { Segments = ["vip"] })))
            .UseCustomerDirectory<Segments>();
        using ServiceProvider provider = services.BuildServiceProvider();

        Assert.Same(provider.GetRequiredService<Segments>(), provider.GetRequiredService<ICustomerDirectory>());
        Assert.Single(provider.GetRequiredService<IOfferRanker>().Rank("ann"));
    }

    [Fact]
    public void A_model_file_is_loaded_at_start_and_answers_like_the_model_that_was_saved()
    {
        FactorModel model = new TestModel { Version = "saved" }.User("ann", 2).User("ben", 1).Item("tea", 1.5f).Likes("ann", "tea").Redeemed("ben", "t").Build();
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.safetensors");
        model.Save(path);
        try
        {
            var services = new ServiceCollection();
            services.AddPromoRec().UseOfferCatalog(new InMemoryOfferCatalog(OneOffer)).UseModel(path);
            using ServiceProvider provider = services.BuildServiceProvider();
            RankedOffers ranked = provider.GetRequiredService<IOfferRanker>().Rank("ann");

            Assert.Equal(new RankSummary(1, RankTier.Als, "saved", default), ranked.Summary);
            Assert.Equal(3, ranked[0].Score);
            Assert.Equal(new RankReason(RankReasonKind.BecauseYouLiked, "tea", 3), ranked[0].Reasons[0]);
            Assert.Equal(1, provider.GetRequiredService<IOfferRanker>().Rank("ben").Summary.Excluded.Redeemed);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_file_that_is_no_model_is_refused_at_start()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "user,item\n1,2\n");
            var services = new ServiceCollection();
            services.AddPromoRec().UseModel(path);
            using ServiceProvider provider = services.BuildServiceProvider();

            Assert.Equal(PromoRecErrorCode.InvalidArtifact, Assert.ThrowsAny<PromoRecException>(provider.GetRequiredService<IOfferRanker>).Code);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void All_faults_of_the_options_are_reported_at_once()
    {
        string missing = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"), "model.safetensors");
        var services = new ServiceCollection();
        services.AddPromoRec(options =>
        {
            options.Ranking.TargetSizeExponent = double.NaN;
            options.Ranking.RankBy = (RankBy)7;
            options.Ranking.MaxRecentCustomers = -1;
            options.Ranking.MaxRecentEventsPerCustomer = 0;
            options.Weights[InteractionKind.View] = new InteractionWeight(double.PositiveInfinity);
        }).UseModel(missing);
        using ServiceProvider provider = services.BuildServiceProvider();

        OptionsValidationException fault = Assert.Throws<OptionsValidationException>(provider.GetRequiredService<IStartupValidator>().Validate);

        Assert.Equal(6, fault.Failures.Count());
        Assert.Contains(missing, fault.Message);
        Assert.Contains("TargetSizeExponent: must be from 0 to 1, but is NaN", fault.Message);
        Assert.Contains("RankBy: must be one of Score, ExpectedValue, but is 7", fault.Message);
        Assert.Contains("MaxRecentCustomers: must be from 0 to 10000000, but is -1", fault.Message);
        Assert.Contains("MaxRecentEventsPerCustomer: must be from 1 to 10000, but is 0", fault.Message);
        Assert.Contains("Weights: The weight of kind 'view'", fault.Message);
        Assert.Throws<OptionsValidationException>(provider.GetRequiredService<IOfferRanker>);
    }

    [Fact]
    public async Task What_is_appended_to_the_log_is_known_to_the_next_request()
    {
        var services = new ServiceCollection();
        services.AddPromoRec().UseOfferCatalog(new InMemoryOfferCatalog(TestShop.Snapshot(TestShop.OnItems("b", "book"), TestShop.OnItems("m", "mug"), TestShop.OnItems("t", "tea")))).UseInMemoryInteractionLog();
        await using ServiceProvider provider = services.BuildServiceProvider();
        provider.GetRequiredService<LiveModel>().Publish(new TestModel().User("ann", 1, 0).Item("book", 0, 1).Item("mug", 0.1f, 0.5f).Item("tea", 1, 0).Likes("ann", "tea").Build());
        IOfferRanker ranker = provider.GetRequiredService<IOfferRanker>();
        IInteractionLog log = provider.GetRequiredService<IInteractionLog>();

        await log.AppendAsync([
            new Interaction("new", (ItemId)"book", InteractionKind.View, default),
            new Interaction("new", (ItemId)"tea", InteractionKind.Purchase, TestShop.Noon),
            new Interaction("new", (ItemId)"mug", InteractionKind.Purchase, TestShop.Noon) { Value = -1 },
            new Interaction("ben", (OfferId)"m", InteractionKind.Redeem, TestShop.Noon),
            new Interaction("ben", (OfferId)"b", new InteractionKind("wishlist"), TestShop.Noon)]);

        RankedOffers ranked = ranker.Rank("new");
        Assert.Equal(RankTier.Als, ranked.Summary.Tier);
        Assert.Equal(["b", "m"], ranked.Select(offer => offer.Offer.Id.ToString()).Order());
        Assert.Equal(new ExclusionCounts { Redeemed = 1 }, ranker.Rank("ben").Summary.Excluded);
        Assert.Equal(5, provider.GetRequiredService<InMemoryInteractionLog>().Count);
        int read = 0;
        await foreach (Interaction _ in log.ReadAsync())
        {
            read++;
        }

        Assert.Equal(5, read);
    }

    [Fact]
    public async Task What_the_log_refuses_never_reaches_ranking()
    {
        var services = new ServiceCollection();
        services.AddPromoRec().UseInMemoryInteractionLog();
        await using ServiceProvider provider = services.BuildServiceProvider();
        IInteractionLog log = provider.GetRequiredService<IInteractionLog>();

        await Assert.ThrowsAsync<ArgumentException>(async () => await log.AppendAsync([new Interaction("ann", (ItemId)"tea", InteractionKind.Purchase, default), default]));

        Assert.Equal(0, provider.GetRequiredService<RecentActivity>().Count);
    }
}
