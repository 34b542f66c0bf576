using PromoRec.Models;
using PromoRec.Models.Hybrid;
using PromoRec.Ranking;
using PromoRec.Ranking.Reranking;

namespace PromoRec.Tests.Ranking.Reranking;

public sealed class RerankingTests
{
    /// <summary>Scores 9 to 4 for the offers a to f. a, b, c are of the category red, d, e of blue and f of none; a, b are of Acme.</summary>
    private static readonly Item[] SixItems =
    [
        new() { Id = "ia", Categories = ["red"], Brand = "Acme" }, new() { Id = "ib", Categories = ["red"], Brand = "Acme" }, new() { Id = "ic", Categories = ["red"] },
        new() { Id = "id", Categories = ["blue"] }, new() { Id = "ie", Categories = ["blue"] }, new() { Id = "if" },
    ];

    [Fact]
    public void Diversity_takes_the_least_alike_after_the_first()
    {
        // Likeness: a and b 2/4, c to each of them 1/4, d and e 1/3, the others 0. Scaled scores: a 1, b 0.8, c 0.6, d 0.4, e 0.2, f 0.
        Assert.Equal("a b c d e f", Order(new RerankingOptions { Diversity = 0 }));
        Assert.Equal("a d c b f e", Order(new RerankingOptions { Diversity = 0.5 }));
        Assert.Equal("a d f c e b", Order(new RerankingOptions { Diversity = 1 }));
    }

    [Fact]
    public void Limits_hold_offers_back_and_count_them()
    {
        Assert.Equal("a d f", Order(new RerankingOptions { MaxPerCategory = 1 }, out RankSummary summary));
        Assert.Equal((3, 3, 3), (summary.Count, summary.Excluded.OverLimit, summary.Excluded.Total));
        Assert.Equal("a c d e f", Order(new RerankingOptions { MaxPerBrand = 1 }, out summary));
        Assert.Equal(1, summary.Excluded.OverLimit);
        Assert.Equal("a c", Order(new RerankingOptions { MaxPerBrand = 1 }, out summary, count: 2));
        Assert.Equal("a b", Order(new RerankingOptions { MaxPerBrand = 2 }, out summary, count: 2));
        Assert.Equal(0, summary.Excluded.OverLimit);
        Assert.Equal("a d e f", Order(With(new SlotQuota { Category = "red", Maximum = 1 }), out summary));
        Assert.Equal(2, summary.Excluded.OverLimit);
    }

    [Fact]
    public void An_explanation_says_which_limit_held_an_offer_back()
    {
        RerankingOptions options = With(new SlotQuota { Form = OfferForm.CashOff, Category = "blue", Maximum = 1 });
        (options.MaxPerCategory, options.MaxPerBrand) = (2, 1);
        using TestShop shop = Shop(options, [.. SixOffers(), TestShop.OnItems("g", "ig")], [.. SixItems, new Item { Id = "ig", Categories = ["red"] }]);
        Assert.Equal("a c d f", shop.Order("ann"));

        OfferExplanation brand = shop.Ranker.Explain("ann", "b");
        OfferExplanation category = shop.Ranker.Explain("ann", "g");
        OfferExplanation quota = shop.Ranker.Explain("ann", "e");
        OfferExplanation outscored = shop.Ranker.Explain("ann", "c", new RankRequest { Count = 1 });

        Assert.Equal((OfferStage.Reranked, OfferExclusion.OverBrandLimit, new RerankLimit { Name = "Acme", Most = 1 }), (brand.Stage, brand.Exclusion, brand.Limit));
        Assert.Equal((OfferStage.Reranked, OfferExclusion.OverCategoryLimit, new RerankLimit { Name = "red", Most = 2 }), (category.Stage, category.Exclusion, category.Limit));
        Assert.Equal((OfferStage.Reranked, OfferExclusion.OverQuota, new RerankLimit { Name = "CashOff, category blue", Most = 1, Quota = 0 }), (quota.Stage, quota.Exclusion, quota.Limit));
        Assert.Equal((OfferStage.Outscored, OfferExclusion.None, null), (outscored.Stage, outscored.Exclusion, outscored.Limit));
        Assert.Equal((1, 1, 1), (brand.Summary.Excluded.OverCategoryLimit, brand.Summary.Excluded.OverBrandLimit, brand.Summary.Excluded.OverQuota));
        Assert.Equal((2, 8f, null), (brand.Place, brand.Score, brand.Deficit));
    }

    [Fact]
    public void Explaining_changes_nothing_that_a_later_ranking_sees()
    {
        Offer[] offers = [.. Enumerable.Range(0, 30).Select(i => TestShop.OnItems($"o{i:00}", $"i{i:00}") with { Merchant = $"m{i / 5}", ValidFrom = TestShop.Noon.AddDays(i % 3 == 0 ? -1 : -30) })];
        var options = new RerankingOptions { MerchantFloor = 0.12, MerchantWindow = 40, ExplorationShare = 0.2, MaxPerCategory = 3 };
        using TestShop silent = Shop(options, offers, []);
        using TestShop asked = Shop(options, offers, []);
        var request = new RankRequest { Count = 4 };
        int floors = 0;
        for (int i = 0; i < 60; i++)
        {
            UserId user = i % 2 == 0 ? "ann" : $"stranger {i}";
            OfferExplanation[] before = Array.ConvertAll(offers, offer => asked.Ranker.Explain(user, offer.Id, request));
            RankedOffers expected = silent.Ranker.Rank(user, request);

            RankedOffers ranked = asked.Ranker.Rank(user, request);

            // With one more offer served than were ranked, floors of merchants would be due earlier.
            Assert.Equal(expected, ranked);
            Assert.Equal(ranked.Select(one => one.Offer.Id), before.Where(one => one.Stage == OfferStage.Returned).OrderBy(one => one.Place).Select(one => one.OfferId));
            Assert.All(before, one => Assert.Equal(ranked.Summary, one.Summary));
            floors += ranked.Count(one => one.Placement == RankPlacement.MerchantFloor);
        }

        Assert.InRange(floors, 10, int.MaxValue);
    }

    [Fact]
    public void A_pool_that_limits_leave_too_small_grows_to_the_whole_catalog() =>
        Assert.Equal("a d f", Order(new RerankingOptions { MaxPerCategory = 1, PoolSize = 1 }, out _, count: 3));

    [Fact]
    public void A_minimum_takes_the_last_places_and_says_so()
    {
        using TestShop shop = Shop(With(new SlotQuota { Category = "blue", Minimum = 2 }, pool: 1));

        RankedOffers ranked = shop.Ranker.Rank("ann", new RankRequest { Count = 3 });

        Assert.Equal(["a", "d", "e"], ranked.Select(one => one.Offer.Id.ToString()));
        Assert.Equal([RankPlacement.Score, RankPlacement.Quota, RankPlacement.Quota], ranked.Select(one => one.Placement));
        Assert.Equal([9, 6, 5], ranked.Select(one => one.Score));
    }

    [Fact]
    public void Minima_that_a_greedy_choice_would_miss_are_met()
    {
        // a would be best, but it takes the place of category red that the only cash offer needs.
        Offer[] offers = [.. SixOffers().Select(offer => offer.Id == "c" ? offer with { Terms = OfferTerms.CashOff(1) } : offer with { Terms = OfferTerms.FreeShipping })];
        RerankingOptions options = With(new SlotQuota { Form = OfferForm.CashOff, Minimum = 1 });
        options.MaxPerCategory = 1;

        Assert.Equal("c d f", Order(options, out _, offers: offers));
    }

    [Fact]
    public void Where_not_all_minima_can_be_met_the_earlier_quota_goes_first()
    {
        RerankingOptions options = With(new SlotQuota { Category = "blue", Minimum = 2 });
        options.Quotas.Add(new SlotQuota { Brand = "Acme", Minimum = 2 });

        Assert.Equal("a d e", Order(options, out _, count: 3));
        (options.Quotas[0], options.Quotas[1]) = (options.Quotas[1], options.Quotas[0]);
        Assert.Equal("a b d", Order(options, out _, count: 3));
    }

    [Fact]
    public void A_search_that_would_never_end_gives_up_and_still_keeps_the_limits()
    {
        // Every offer of the quota is in three of thirty categories, and twelve of them cannot be packed.
        var random = new Random(3);
        Item[] items = [.. Enumerable.Range(0, 150).Select(i => new Item { Id = $"i{i}", Categories = [.. Enumerable.Range(0, 3).Select(_ => $"c{random.Next(30)}").Distinct()] })];
        Offer[] offers = [.. Enumerable.Range(0, 150).Select(i => TestShop.OnItems($"o{i}", $"i{i}"))];
        RerankingOptions options = With(new SlotQuota { Form = OfferForm.CashOff, Minimum = 12 });
        options.MaxPerCategory = 1;
        using TestShop shop = Shop(options, offers, items);

        RankedOffers ranked = shop.Ranker.Rank("ann", new RankRequest { Count = 14 });

        Assert.InRange(ranked.Count, 5, 10);
        string[] shown = [.. ranked.SelectMany(one => items.Single(item => item.Id == one.Offer.Targets[0].ItemId).Categories)];
        Assert.Equal(shown.Length, shown.Distinct().Count());
    }

    [Fact]
    public void Margin_and_popularity_move_offers_as_far_as_they_are_weighed()
    {
        Offer[] offers = [.. SixOffers().Select(offer => offer with { Margin = offer.Id == "f" ? 5 : offer.Id == "a" ? -1 : null })];

        Assert.Equal("a b c d e f", Order(new RerankingOptions { MarginWeight = 0 }, out _, offers: offers));

        // Scaled scores 1, 0.8 to 0; scaled margins 0 for a, 1/6 for the unknown and 1 for f.
        Assert.Equal("f b c d e a", Order(new RerankingOptions { MarginWeight = 1 }, out _, offers: offers));
        Assert.Equal("a f b c d e", Order(new RerankingOptions { MarginWeight = 0.49 }, out _, offers: offers));
        Assert.Equal("b c a d e f", Order(new RerankingOptions { PopularityDamping = 0.5 }));
    }

    [Fact]
    public void Every_merchant_reaches_its_floor_and_the_places_say_so()
    {
        // Scores fall with the number: without a floor m0 has all places.
        Offer[] offers = [.. Enumerable.Range(0, 30).Select(i => TestShop.OnItems($"o{i:00}", $"i{i:00}") with { Merchant = $"m{i / 5}" })];
        using TestShop pure = Shop(new RerankingOptions { MaxPerCategory = 9 }, offers, []);
        using TestShop shop = Shop(new RerankingOptions { MerchantFloor = 0.1, MerchantWindow = 100 }, offers, []);
        var served = new List<RankedOffer>();
        for (int i = 0; i < 200; i++)
        {
            served.AddRange(shop.Ranker.Rank(i % 2 == 0 ? "ann" : $"stranger {i}", new RankRequest { Count = 3 }));
            if (served.Count >= 100)
            {
                Assert.All(Enumerable.Range(0, 6), merchant => Assert.InRange(served.TakeLast(100).Count(one => one.Offer.Merchant == $"m{merchant}"), 10, 100));
            }
        }

        Assert.All(pure.Ranker.Rank("ann", new RankRequest { Count = 3 }), one => Assert.Equal("m0", one.Offer.Merchant));
        Assert.Equal(600, served.Count);
        Assert.Contains(served, one => one is { Placement: RankPlacement.MerchantFloor, Offer.Merchant: "m5" });
        Assert.DoesNotContain(served, one => one is { Placement: RankPlacement.MerchantFloor, Offer.Merchant: "m0" });

        // The floors take half of the places, give or take what lies at the edges of windows.
        Assert.InRange(served.Count(one => one.Offer.Merchant == "m0"), 290, 310);
    }

    [Fact]
    public void The_window_of_merchants_outlives_a_change_of_catalog_and_model()
    {
        Offer[] offers = [TestShop.OnItems("a", "ia") with { Merchant = "strong" }, TestShop.OnItems("b", "ib") with { Merchant = "weak" }];
        using TestShop shop = Shop(new RerankingOptions { MerchantFloor = 0.4, MerchantWindow = 10 }, offers, []);
        var one = new RankRequest { Count = 1 };
        Assert.Equal("a", shop.Order("ann", one));
        Assert.Equal("b", shop.Order("ann", one));
        Assert.Equal("a", shop.Order("ann", one));

        shop.Catalog.Replace(new CatalogSnapshot([TestShop.OnItems("aa", "ia") with { Merchant = "newcomer" }, .. offers], []));
        shop.Live.Publish(Model(["ia", "ib"], 9));

        // Places so far: strong, weak, strong. Of four, 0.4 is 1.6: newcomer lacks 1.6 and weak 0.6.
        Assert.Equal("aa", shop.Order("ann", one));

        // Of five, 0.4 is 2: both lack 1, and the better score decides. Of six it is 2.4: weak lacks 1.4, the others 0.4.
        Assert.Equal("aa", shop.Order("ann", one));
        Assert.Equal("b", shop.Order("ann", one));
    }

    [Fact]
    public void New_offers_get_their_share_of_places_on_average_each_as_often_as_the_others()
    {
        const int Customers = 4_000;
        const int Places = 5;
        Offer[] offers =
        [
            .. Enumerable.Range(0, 20).Select(i => TestShop.OnItems($"old{i:00}", $"i{i:00}")),
            .. Enumerable.Range(0, 4).Select(i => TestShop.OnItems($"new{i}", "unknown") with { ValidFrom = TestShop.Noon.AddDays(-6.9) }),
            TestShop.OnItems("aged", "unknown") with { ValidFrom = TestShop.Noon.AddDays(-7.1) },
        ];
        string[] customers = [.. Enumerable.Range(0, Customers).Select(i => $"c{i}")];
        using TestShop shop = Shop(new RerankingOptions { ExplorationShare = 0.1, PoolSize = 8 }, offers, [], customers);
        var shown = new List<RankedOffer>();
        var explored = new int[Places];
        foreach (string customer in customers)
        {
            RankedOffers ranked = shop.Ranker.Rank(customer, new RankRequest { Count = Places });
            shown.AddRange(ranked);
            for (int place = 0; place < Places; place++)
            {
                explored[place] += ranked[place].Placement == RankPlacement.Exploration ? 1 : 0;
            }
        }

        // 4.5 standard deviations of a binomial count on either side.
        Assert.All(explored, count => Assert.InRange(count, 400 - 85, 400 + 85));
        Assert.InRange(explored.Sum(), 2_000 - 190, 2_000 + 190);
        Assert.All(shown, one => Assert.Equal(one.Placement == RankPlacement.Exploration, one.Offer.Id.ToString().StartsWith("new", StringComparison.Ordinal)));
        Assert.All(Enumerable.Range(0, 4), i => Assert.InRange(shown.Count(one => one.Offer.Id == $"new{i}"), 500 - 100, 500 + 100));

        // The old ones are never drawn, so each has the probability of no draw; a new one shares the draw with those that are left.
        Assert.All(shown.Where(one => one.Placement == RankPlacement.Score), one => Assert.Equal(0.9f, one.Propensity));
        Assert.All(shown.Where(one => one.Placement == RankPlacement.Exploration), one => Assert.Contains(one.Propensity!.Value, new[] { 0.1f / 4, 0.1f / 3, (float)(0.1 / 3), 0.1f / 2, 0.1f }));

        // Weighing by the inverse of the propensity gives every new offer what it would have had if all first places were drawn evenly.
        double first = Enumerable.Range(0, Customers).Select(customer => shown[customer * Places]).Where(one => one.Offer.Id == "new2").Sum(one => 1 / one.Propensity!.Value) / Customers;
        Assert.InRange(first, 0.55, 1.45);
    }

    [Fact]
    public void A_customer_sees_the_same_draws_for_a_period_and_others_after_it()
    {
        Offer[] offers = [.. Enumerable.Range(0, 40).Select(i => TestShop.OnItems($"o{i:00}", $"i{i:00}") with { ValidFrom = TestShop.Noon.AddDays(-1) })];
        using TestShop shop = Shop(new RerankingOptions { ExplorationShare = 0.5, ExplorationPeriod = TimeSpan.FromHours(1) }, offers, []);
        string noon = shop.Order("ann");

        shop.Time.Now = TestShop.Noon.AddMinutes(59);
        Assert.Equal(noon, shop.Order("ann"));
        Assert.NotEqual(noon, shop.Order("ben"));
        shop.Time.Now = TestShop.Noon.AddMinutes(60);
        Assert.NotEqual(noon, shop.Order("ann"));
        using TestShop other = Shop(new RerankingOptions { ExplorationShare = 0.5, ExplorationPeriod = TimeSpan.FromHours(1), ExplorationSeed = 2 }, offers, []);
        Assert.NotEqual(noon, other.Order("ann"));
    }

    [Fact]
    public void Nothing_is_explored_where_nothing_is_new_and_then_nothing_was_drawn()
    {
        using TestShop shop = Shop(new RerankingOptions { ExplorationShare = 0.5 });

        RankedOffers ranked = shop.Ranker.Rank("ann");

        Assert.Equal("abcdef", string.Concat(ranked.Select(one => one.Offer.Id)));
        Assert.All(ranked, one => Assert.Equal((RankPlacement.Score, 1f), (one.Placement, one.Propensity)));
    }

    [Fact]
    public void A_hybrid_is_re_ranked_and_its_scores_sources_and_reasons_stay_what_they_were()
    {
        FactorModel model = Model(["ia", "ib", "ic", "id", "ie", "if"], 9);
        HybridModel hybrid = HybridModel.Of([new("als", model) { Candidates = 2 }, new("again", model) { Candidates = 2 }], HybridFusion.Weighted);
        using var pure = new TestShop(new CatalogSnapshot(SixOffers(), SixItems), hybrid, options: new RankingOptions { TargetSizeExponent = 0 });
        Offer late = TestShop.OnItems("late", "unknown") with { ValidFrom = TestShop.Noon };
        var options = new RerankingOptions { MaxPerCategory = 1, ExplorationShare = 0.5, PoolSize = 2 };
        using var shop = new TestShop(
            new CatalogSnapshot([.. SixOffers(), late], SixItems), hybrid, options: new RankingOptions { TargetSizeExponent = 0, Reranking = options });
        Dictionary<OfferId, RankedOffer> before = pure.Ranker.Rank("ann").ToDictionary(one => one.Offer.Id);
        int explored = 0;
        for (int hour = 0; hour < 50; hour++)
        {
            shop.Time.Now = TestShop.Noon.AddHours(hour);
            RankedOffers ranked = shop.Ranker.Rank("ann", new RankRequest { Count = 3 });

            Assert.Equal(RankTier.Hybrid, ranked.Summary.Tier);
            Assert.Equal(["a", "d", "f"], ranked.Where(one => one.Offer.Id != "late").Select(one => one.Offer.Id.ToString()).Concat(["d", "f"]).Distinct());
            Assert.All(ranked.Where(one => one.Placement == RankPlacement.Score), one => Assert.Equal(before[one.Offer.Id].Score, one.Score));
            Assert.All(ranked.Where(one => one.Placement == RankPlacement.Score), one => Assert.Equal(before[one.Offer.Id].Reasons, one.Reasons));
            Assert.All(ranked.Where(one => one.Placement == RankPlacement.Exploration), one => Assert.Equal(("late", 0f), (one.Offer.Id.ToString(), one.Score)));
            explored += ranked.Count(one => one.Placement == RankPlacement.Exploration);
            Assert.Equal(3, ranked.Count);
        }

        // One offer, drawn at the first of three places that says so: 1 - 1/8 of the requests.
        Assert.InRange(explored, 33, 50);
    }

    [Fact]
    public void An_empty_catalog_and_no_places_are_answered_with_nothing()
    {
        var options = new RerankingOptions { Diversity = 0.5, MaxPerCategory = 1, MarginWeight = 0.5, PopularityDamping = 0.5, MerchantFloor = 0.5, ExplorationShare = 0.5 };
        options.Quotas.Add(new SlotQuota { Form = OfferForm.CashOff, Minimum = 1 });
        using var empty = new TestShop(options: new RankingOptions { Reranking = options });
        using TestShop shop = Shop(options);

        Assert.Empty(empty.Ranker.Rank("ann"));
        Assert.Equal(0, shop.Ranker.Rank("ann", []).Count);
        Assert.Equal(6, shop.Ranker.Rank("ann", new RankRequest { HidePurchased = false }).Summary.Excluded.OverLimit + shop.Ranker.Rank("ann").Count);
    }

    [Fact]
    public void The_guide_names_every_knob_and_its_table_of_orders_is_true()
    {
        string guide = File.ReadAllText(Path.Combine(TestData.RepositoryRoot, "docs", "guide", "reranking.md"));
        Assert.All(typeof(RerankingOptions).GetProperties(), property => Assert.Contains($"| `{property.Name}` | ", guide, StringComparison.Ordinal));
        Offer[] offers = [.. SixOffers().Select(offer => offer with { Margin = offer.Id == "f" ? 5 : offer.Id == "a" ? -1 : null })];
        (string Set, RerankingOptions Options, int Count)[] rows =
        [
            ("nothing", new RerankingOptions(), 6),
            ("`Diversity` 0.5", new RerankingOptions { Diversity = 0.5 }, 6),
            ("`Diversity` 1", new RerankingOptions { Diversity = 1 }, 6),
            ("`MaxPerCategory` 1", new RerankingOptions { MaxPerCategory = 1 }, 6),
            ("`MaxPerBrand` 1", new RerankingOptions { MaxPerBrand = 1 }, 6),
            ("at least 2 of d's category, 3 places", With(new SlotQuota { Category = "blue", Minimum = 2 }), 3),
            ("`MarginWeight` 0.49", new RerankingOptions { MarginWeight = 0.49 }, 6),
            ("`PopularityDamping` 0.5", new RerankingOptions { PopularityDamping = 0.5 }, 6),
        ];
        Assert.All(rows, row => Assert.Contains($"\n| {row.Set} | {Order(row.Options, out _, row.Count, offers)} |\n", guide, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Floors_hold_and_nothing_breaks_when_many_threads_rank_while_the_catalog_changes()
    {
        Offer[] offers = [.. Enumerable.Range(0, 30).Select(i => TestShop.OnItems($"o{i:00}", $"i{i:00}") with { Merchant = $"m{i / 5}" })];
        using TestShop shop = Shop(new RerankingOptions { MerchantFloor = 0.1, MerchantWindow = 1_000_000, Diversity = 0.1 }, offers, []);
        var served = new System.Collections.Concurrent.ConcurrentDictionary<string, int>();
        Task[] ranking = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (int i = 0; i < 2_000; i++)
            {
                foreach (RankedOffer one in shop.Ranker.Rank("ann", new RankRequest { Count = 5 }))
                {
                    served.AddOrUpdate(one.Offer.Merchant!, 1, (_, count) => count + 1);
                }
            }
        }))];
        for (int i = 0; i < 50; i++)
        {
            shop.Catalog.Replace(new CatalogSnapshot(i % 2 == 0 ? [.. offers, TestShop.OnItems("x", "ix") with { Merchant = $"passing {i}" }] : offers, []));
        }

        await Task.WhenAll(ranking);

        // What four requests at a time do not know of each other is made up for by the next.
        Assert.Equal(40_000, served.Values.Sum());
        Assert.All(Enumerable.Range(0, 6), i => Assert.InRange(served[$"m{i}"], 4_000 - 20, 40_000));
    }

    private static string Order(RerankingOptions options) => Order(options, out _);

    private static string Order(RerankingOptions options, out RankSummary summary, int count = 10, Offer[]? offers = null)
    {
        using TestShop shop = Shop(options, offers);
        RankedOffers ranked = shop.Ranker.Rank("ann", new RankRequest { Count = count });
        summary = ranked.Summary;
        return string.Join(' ', ranked.Select(one => one.Offer.Id));
    }

    private static RerankingOptions With(SlotQuota quota, int pool = 200)
    {
        var options = new RerankingOptions { PoolSize = pool };
        options.Quotas.Add(quota);
        return options;
    }

    private static Offer[] SixOffers() => [.. SixItems.Select(item => TestShop.OnItems(item.Id.ToString()[1..], item.Id))];

    private static TestShop Shop(RerankingOptions reranking, Offer[]? offers = null, Item[]? items = null, params string[] customers)
    {
        offers ??= SixOffers();
        ItemId[] known = [.. offers.SelectMany(offer => offer.Targets).Select(target => target.ItemId).Where(item => item != "unknown").Distinct()];
        return new TestShop(new CatalogSnapshot(offers, items ?? SixItems), Model(known, Math.Max(9, known.Length), customers), options: new RankingOptions { TargetSizeExponent = 0, Reranking = reranking });
    }

    /// <summary>Scores fall by 1 from item to item. One customer likes the first, so that only it is popular.</summary>
    private static FactorModel Model(ItemId[] items, int best, params string[] customers)
    {
        TestModel model = new TestModel().User("ann", 1);
        Array.ForEach(customers, customer => model.User(customer, 1));
        for (int i = 0; i < items.Length; i++)
        {
            model.Item(items[i], best - i);
        }

        return model.Likes("ann", items[0]).Build();
    }
}
