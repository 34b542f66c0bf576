using PromoRec.Models;
using PromoRec.Models.Hybrid;
using PromoRec.Ranking;
using PromoRec.Ranking.Reranking;

namespace PromoRec.Tests.Ranking;

// A listener makes tracing allocate, so what listens and what counts allocations take turns.
[Collection("telemetry")]
public class AllocationTests
{
    [Theory]
    [InlineData(true, false, false)]
    [InlineData(false, false, false)]
    [InlineData(true, true, false)]
    [InlineData(false, true, false)]
    [InlineData(true, false, true)]
    [InlineData(false, true, true)]
    public async Task The_span_form_allocates_nothing(bool numericIds, bool reranked, bool hybrid)
    {
        UserId User(int i) => numericIds ? new UserId(i) : new UserId($"customer {i}");
        ItemId Item(int i) => numericIds ? new ItemId(i) : new ItemId($"Artikel {i} 茶");
        OfferId Offer(int i) => numericIds ? new OfferId(i) : new OfferId($"offer {i}");
        var model = new TestModel();
        for (int i = 0; i < 40; i++)
        {
            model.Item(Item(i), i % 7, i % 5).User(User(i), i % 3, 1).Likes(User(i), Item(i)).Likes(User(i), Item((i * 3) % 40)).Consumed(User(i), Item(i)).Redeemed(User(i), Offer(i));
        }

        Offer[] offers = [.. Enumerable.Range(0, 300).Select(i => TestShop.OnItems(Offer(i), Item(i % 50), Item(i % 31)) with { Segments = i % 4 == 0 ? ["vip"] : [], ValidTo = i % 9 == 0 ? TestShop.Noon.AddDays(1) : null, ValidFrom = i % 10 == 0 ? TestShop.Noon.AddDays(-1) : null, Merchant = $"m{i % 6}", Margin = i % 8 })];
        UserId known = User(7);
        UserId stranger = numericIds ? new UserId(99_999) : new UserId("nobody");
        UserId active = User(8);
        FactorModel factors = model.Build();
        using var shop = new TestShop(TestShop.Snapshot(offers), hybrid ? HybridModel.Of([new("als", factors), new("again", factors)]) : factors, new Segments((known, "vip")), new RankingOptions { Reranking = reranked ? EveryKnob() : new RerankingOptions() });
        shop.Activity.Record(active, [new(Item(11), default, 1, true, "e1"), new(default, Offer(12), 0, true, "e2")]);
        var request = new RankRequest { Except = new HashSet<OfferId> { Offer(3) }, Where = static offer => offer.Terms.Form == OfferForm.CashOff };
        var places = new RankedOffer[20];

        Assert.Equal(0, await SteadyAllocation.OfAsync(RankAll));
        Assert.True(places[0].Reasons.Count > 0);

        void RankAll()
        {
            shop.Ranker.Rank(active, places, request);
            shop.Ranker.Rank(stranger, places, request);
            shop.Ranker.Rank(known, places, request);
            shop.Ranker.Rank(known, places);
        }
    }

    [Theory]
    [InlineData(true, false, false, RankBy.Score)]
    [InlineData(true, false, true, RankBy.Score)]
    [InlineData(true, true, false, RankBy.Score)]
    [InlineData(true, true, true, RankBy.Score)]
    [InlineData(false, false, true, RankBy.Score)]
    [InlineData(false, true, true, RankBy.Score)]
    [InlineData(true, false, true, RankBy.ExpectedValue)]
    [InlineData(false, true, true, RankBy.ExpectedValue)]
    public async Task The_span_form_of_a_full_stacked_hybrid_allocates_nothing(bool numericIds, bool reranked, bool live, RankBy rankBy)
    {
        var hybrid = new FullHybrid(numericIds);
        UserId known = hybrid.User(7);
        UserId active = hybrid.User(8);
        UserId newcomer = numericIds ? new UserId(99_998) : new UserId("newcomer");
        UserId stranger = numericIds ? new UserId(99_999) : new UserId("nobody");
        using var shop = new TestShop(hybrid.Catalog, hybrid.Model, new Segments((known, "vip")), new RankingOptions { RankBy = rankBy, Reranking = reranked ? EveryKnob() : new RerankingOptions() });
        if (live)
        {
            shop.Activity.Record(active, [new(hybrid.Item(11), default, 1, true, "e1"), new(default, hybrid.Offer(12), 0, true, "e2")]);
            shop.Activity.Record(newcomer, [new(hybrid.Item(3), default, 1, true, "e3"), new(hybrid.Item(52), default, 1, false, "e4")]);
        }

        var request = new RankRequest { Except = new HashSet<OfferId> { hybrid.Offer(3) }, Where = static offer => offer.Terms.Form == OfferForm.CashOff };
        var places = new RankedOffer[20];
        RankTier tier = default;
        Assert.Equal(0, await SteadyAllocation.OfAsync(() => tier = RankAll()));
        Assert.Equal(live ? RankTier.Hybrid : RankTier.Popularity, tier);
        Assert.True(places[0].Reasons.Count > 0);
        Assert.NotNull(places[0].Probability);
        Assert.Equal(rankBy, shop.Ranker.Rank(known, places).RankedBy);

        RankTier RankAll()
        {
            shop.Ranker.Rank(stranger, places, request);
            RankTier tier = shop.Ranker.Rank(newcomer, places).Tier;
            shop.Ranker.Rank(active, places, request);
            shop.Ranker.Rank(known, places, request);
            shop.Ranker.Rank(known, places);
            return tier;
        }
    }

    private static RerankingOptions EveryKnob()
    {
        var options = new RerankingOptions
        {
            Diversity = 0.3,
            MaxPerCategory = 2,
            MaxPerBrand = 2,
            MarginWeight = 0.2,
            PopularityDamping = 0.1,
            MerchantFloor = 0.1,
            MerchantWindow = 500,
            ExplorationShare = 0.2,
            PoolSize = 50,
        };
        options.Quotas.Add(new SlotQuota { Merchant = "m5", Minimum = 3 });
        options.Quotas.Add(new SlotQuota { Form = OfferForm.CashOff, Maximum = 19 });
        return options;
    }
}
