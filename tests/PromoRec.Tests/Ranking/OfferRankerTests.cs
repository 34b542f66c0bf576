using PromoRec.Models;

namespace PromoRec.Tests.Ranking;

public class OfferRankerTests
{
    private static readonly DateTimeOffset Noon = TestShop.Noon;

    // Ann likes tea most, then coffee; tea is bought by both, coffee by Ben.
    private static FactorModel Model() => new TestModel { Version = "v1" }
        .User("ann", 1, 0.5f).User("ben", 0, 1).User("new", 0, 0)
        .Item("coffee", 0, 1).Item("tea", 1, 0)
        .Likes("ann", "tea").Likes("ben", "tea").Likes("ben", "coffee")
        .Build();

    [Fact]
    public void Offers_come_by_affinity_and_a_cold_offer_stands_at_score_zero()
    {
        using var shop = new TestShop(TestShop.Snapshot(TestShop.OnItems("cold", "unheard-of"), TestShop.OnItems("c", "coffee"), TestShop.OnItems("t", "tea")), Model());

        RankedOffers ranked = shop.Ranker.Rank("ann");

        Assert.Equal(["t", "c", "cold"], ranked.Select(offer => offer.Offer.Id.ToString()));
        Assert.Equal([1f, 0.5f, 0f], ranked.Select(offer => offer.Score));
        Assert.Equal(new RankSummary(3, RankTier.Als, "v1", default), ranked.Summary);
    }

    [Theory]
    [InlineData("stranger")]
    [InlineData("new")]
    public void A_customer_of_whom_nothing_is_known_gets_popular_offers(string user)
    {
        using var shop = new TestShop(TestShop.Snapshot(TestShop.OnItems("a", "unheard-of"), TestShop.OnItems("c", "coffee"), TestShop.OnItems("t", "tea")), Model());

        RankedOffers ranked = shop.Ranker.Rank(user);

        Assert.Equal(["t", "c", "a"], ranked.Select(offer => offer.Offer.Id.ToString()));
        Assert.Equal([2f, 1f, 0f], ranked.Select(offer => offer.Score));
        Assert.Equal(RankTier.Popularity, ranked.Summary.Tier);
        Assert.Equal(RankReasonKind.Popular, ranked[0].Reasons[0].Kind);
        Assert.Equal(0, ranked[2].Reasons.Count);
    }

    [Fact]
    public void Without_a_model_offers_come_by_id_in_the_rules_tier()
    {
        using var shop = new TestShop(TestShop.Snapshot(TestShop.Offer(9), TestShop.Offer(10), TestShop.Offer("a"), TestShop.Offer(-1)));

        Assert.Equal("-1 10 9 a", shop.Order("ann"));
        Assert.Equal(new RankSummary(4, RankTier.Rules, "", default) { TierReason = RankTierReason.NoModel }, shop.Ranker.Rank("ann").Summary);
    }

    [Fact]
    public void An_imported_model_without_history_ranks_strangers_by_id()
    {
        using var shop = new TestShop(TestShop.Snapshot(TestShop.OnItems("t", "tea")), new TestModel().User("ann", 1).Item("tea", 1).Build());

        Assert.Equal(RankTier.Rules, shop.Ranker.Rank("stranger").Summary.Tier);
        Assert.Equal(RankTier.Als, shop.Ranker.Rank("ann").Summary.Tier);
    }

    [Fact]
    public void An_empty_catalog_gives_an_empty_ranking()
    {
        using var shop = new TestShop(model: Model());

        Assert.Empty(shop.Ranker.Rank("ann"));
        Assert.Equal(0, shop.Ranker.Rank("ann", new RankedOffer[5]).Count);
    }

    [Fact]
    public void An_empty_customer_id_is_refused_without_saying_more()
    {
        using var shop = new TestShop();

        Assert.Throws<ArgumentException>("userId", () => shop.Ranker.Rank(default));
    }

    [Fact]
    public void Equal_scores_stand_in_ordinal_order_of_ids()
    {
        using var shop = new TestShop(TestShop.Snapshot([.. new[] { "b", "é", "B", "9", "10", "a" }.Select(id => TestShop.OnItems(id, "tea"))]), Model());

        Assert.Equal("10 9 B a b é", shop.Order("ann"));
        Assert.Equal("10 9 B", shop.Order("ann", new RankRequest { Count = 3 }));
    }

    [Fact]
    public void It_returns_exactly_as_many_as_wanted_or_all_that_are_left()
    {
        using var shop = new TestShop(TestShop.Snapshot([.. Enumerable.Range(0, 20).Select(i => TestShop.Offer(i))]), Model());

        Assert.Equal(10, shop.Ranker.Rank("ann").Count);
        Assert.Equal(20, shop.Ranker.Rank("ann", new RankRequest { Count = 50 }).Count);
        Assert.Equal(7, shop.Ranker.Rank("ann", new RankRequest { Count = 7, Where = offer => offer.Id != 3 }).Count);
        Assert.Equal(19, shop.Ranker.Rank("ann", new RankRequest { Count = 20, Where = offer => offer.Id != 3 }).Count);
        var places = new RankedOffer[30];
        Assert.Equal(20, shop.Ranker.Rank("ann", places, new RankRequest { Count = 1 }).Count);
        Assert.Equal(0, shop.Ranker.Rank("ann", default(Span<RankedOffer>)).Count);
    }

    [Fact]
    public void Validity_includes_its_start_and_excludes_its_end()
    {
        using var shop = new TestShop(TestShop.Snapshot(TestShop.Offer("o") with { ValidFrom = Noon, ValidTo = Noon.AddHours(1) }));

        Assert.Equal([0, 1, 1, 0], ((DateTimeOffset[])[Noon.AddTicks(-1), Noon, Noon.AddHours(1).AddTicks(-1), Noon.AddHours(1)]).Select(now =>
        {
            shop.Time.Now = now;
            RankSummary summary = shop.Ranker.Rank("ann").Summary;
            Assert.Equal(1 - summary.Count, summary.Excluded.NotValidNow);
            return summary.Count;
        }));
    }

    [Fact]
    public void Validity_compares_instants_and_not_local_times()
    {
        using var shop = new TestShop(TestShop.Snapshot(TestShop.Offer("o") with { ValidFrom = new DateTimeOffset(2026, 3, 1, 14, 0, 0, TimeSpan.FromHours(2)) }));

        Assert.Equal("o", shop.Order("ann"));
    }

    [Fact]
    public void Every_exclusion_is_counted_once_under_the_first_reason_that_applies()
    {
        Offer outOfAll = TestShop.OnItems("1", "tea") with { ValidTo = Noon, Segments = ["vip"] };
        FactorModel model = new TestModel().User("ann", 1).Item("tea", 1).Item("milk", 1).Consumed("ann", "tea")
            .Redeemed("ann", "1").Redeemed("ann", "2").Redeemed("ann", "3").Redeemed("ann", "4").Build();
        using var shop = new TestShop(
            TestShop.Snapshot(
                outOfAll,
                outOfAll with { Id = "2", ValidTo = null },
                outOfAll with { Id = "3", ValidTo = null, Segments = [] },
                TestShop.OnItems("4", "tea"),
                TestShop.OnItems("5", "tea"),
                TestShop.OnItems("6", "milk"),
                TestShop.OnItems("7", "milk")),
            model,
            new Segments());

        var request = new RankRequest { Except = new HashSet<OfferId> { "1", "2", "3" }, Where = offer => offer.Id == 7 };
        RankSummary summary = shop.Ranker.Rank("ann", request).Summary;

        Assert.Equal(new ExclusionCounts { NotValidNow = 1, NotInSegment = 1, NotRequested = 1, Redeemed = 1, Purchased = 1, NotWhere = 1 }, summary.Excluded);
        Assert.Equal(6, summary.Excluded.Total);
        Assert.Equal(1, summary.Count);
    }

    [Fact]
    public void Offers_for_segments_need_a_directory_that_says_yes()
    {
        CatalogSnapshot catalog = TestShop.Snapshot(TestShop.Offer("all"), TestShop.Offer("vip") with { Segments = ["gold", "vip"] }, TestShop.Offer("vip2") with { Segments = ["vip"] });
        var segments = new Segments(("ann", "vip"));
        using var open = new TestShop(catalog, directory: segments);
        using var closed = new TestShop(catalog);

        Assert.Equal("all vip vip2", open.Order("ann"));
        Assert.Equal(2, segments.Questions);
        Assert.Equal("all", open.Order("ben"));
        Assert.Equal("all", closed.Order("ann"));
    }

    [Fact]
    public void Redeemed_and_purchased_offers_are_hidden_unless_asked_for_and_viewed_ones_are_not()
    {
        FactorModel model = new TestModel().User("ann", 1).Item("tea", 3).Item("milk", 2).Item("seen", 1)
            .Likes("ann", "seen", 0.2f).Consumed("ann", "tea").Redeemed("ann", "r").Build();
        using var shop = new TestShop(
            TestShop.Snapshot(TestShop.OnItems("both", "tea", "milk"), TestShop.OnItems("r", "milk"), TestShop.OnItems("s", "seen"), TestShop.OnItems("t", "tea", "tea")),
            model);

        Assert.Equal("both s", shop.Order("ann"));
        Assert.Equal("both r s", shop.Order("ann", new RankRequest { HideRedeemed = false }));
        Assert.Equal("both t s", shop.Order("ann", new RankRequest { HidePurchased = false }));
        Assert.Equal(4, shop.Ranker.Rank("stranger").Count);
    }

    [Fact]
    public void An_offer_on_a_category_is_never_purchased_by_its_items()
    {
        FactorModel model = new TestModel().User("ann", 1).Item("tea", 1).Consumed("ann", "tea").Build();
        var catalog = new CatalogSnapshot([TestShop.Offer("c", OfferTarget.Category("drinks"), OfferTarget.Item("tea"))], [new Item { Id = "tea", Categories = ["drinks"] }]);
        using var shop = new TestShop(catalog, model);

        Assert.Equal("c", shop.Order("ann"));
    }

    [Fact]
    public void Only_and_Except_ignore_ids_that_are_not_in_the_catalog()
    {
        using var shop = new TestShop(TestShop.Snapshot(TestShop.Offer(1), TestShop.Offer(2), TestShop.Offer(3)));

        Assert.Equal("1 2", shop.Order("ann", new RankRequest { Only = new HashSet<OfferId> { 2, 1, 99 } }));
        Assert.Equal("1", shop.Order("ann", new RankRequest { Only = new HashSet<OfferId> { 2, 1 }, Except = new HashSet<OfferId> { "2", 98 } }));
    }

    [Fact]
    public void A_filter_may_rank_itself_and_may_fail()
    {
        using var shop = new TestShop(TestShop.Snapshot([.. Enumerable.Range(0, 9).Select(i => TestShop.Offer(i))]), Model());
        var inner = new RankRequest { Count = 3 };
        var outer = new RankRequest { Where = offer => shop.Order("ben", inner).Contains(offer.Id.ToString(), StringComparison.Ordinal) };

        Assert.Equal("0 1 2", shop.Order("ann", outer));
        Assert.Throws<InvalidDataException>(() => shop.Ranker.Rank("ann", new RankRequest { Where = _ => throw new InvalidDataException() }));
        Assert.Equal("0 1 2", shop.Order("ann", inner));
    }

    [Fact]
    public void A_number_and_its_text_are_the_same_customer()
    {
        using var shop = new TestShop(TestShop.Snapshot(TestShop.OnItems("t", 7)), new TestModel().User(42, 2).Item(7, 1).Build());

        Assert.Equal(2, shop.Ranker.Rank("42")[0].Score);
        Assert.Equal(2, shop.Ranker.Rank(42)[0].Score);
    }

    [Fact]
    public void Factors_that_are_no_numbers_do_not_cost_an_offer_its_place()
    {
        using var shop = new TestShop(TestShop.Snapshot(TestShop.OnItems("a", "bad"), TestShop.OnItems("b", "tea")), new TestModel().User("ann", 1).Item("bad", float.NaN).Item("tea", -1).Build());

        Assert.Equal("a b", shop.Order("ann"));
        Assert.Equal(0, shop.Ranker.Rank("ann")[0].Score);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10_001)]
    public void A_request_refuses_a_count_outside_its_range(int count) =>
        Assert.Throws<ArgumentOutOfRangeException>("Count", () => new RankRequest { Count = count });
}
