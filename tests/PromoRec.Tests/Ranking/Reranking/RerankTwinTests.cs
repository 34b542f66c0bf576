using FsCheck;
using FsCheck.Fluent;
using PromoRec.Models;
using PromoRec.Ranking;
using PromoRec.Ranking.Reranking;

namespace PromoRec.Tests.Ranking.Reranking;

public sealed class RerankTwinTests
{
    [Fact]
    public void Re_ranking_equals_its_plain_twin_for_any_shop_and_knobs()
    {
        var seen = new Dictionary<RankPlacement, int>();
        int heldBack = 0;
        Prop.ForAll(RerankScenario.Generator.ToArbitrary(), scenario => { heldBack += CheckTwin(scenario, seen); }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

        // The scenarios are worth something: everything that can decide about a place has decided.
        Assert.All(Enum.GetValues<RankPlacement>(), placement => Assert.InRange(seen.GetValueOrDefault(placement), 10, int.MaxValue));
        Assert.InRange(heldBack, 10, int.MaxValue);
    }

    [Fact]
    public void Limits_are_never_exceeded_minima_are_met_when_they_can_be_and_places_stay_empty_only_for_limits() =>
        Prop.ForAll(RerankScenario.Generator.ToArbitrary(), CheckRules).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void With_every_knob_at_zero_the_ranking_is_the_pure_one_and_nothing_is_compiled() =>
        Prop.ForAll(RerankScenario.Generator.ToArbitrary(), CheckPure).QuickCheckThrowOnFailure();

    [Fact]
    public void A_knob_that_cannot_change_anything_leaves_order_and_scores_as_they_are() =>
        Prop.ForAll(RerankScenario.Generator.ToArbitrary(), CheckLoose).QuickCheckThrowOnFailure();

    /// <summary>Compares, notes how places were won, and returns how many offers limits held back.</summary>
    private static int CheckTwin(RerankScenario scenario, Dictionary<RankPlacement, int> seen)
    {
        int heldBackInAll = 0;
        using TestShop pure = Shop(scenario.Shop, new RerankingOptions());
        using TestShop shop = Shop(scenario.Shop, scenario.Options);
        var twin = new RerankTwin(scenario.Shop, scenario.Options);
        var all = new RankedOffer[scenario.Shop.Offers.Length];
        for (int i = 0; i < scenario.Counts.Length; i++)
        {
            UserId user = RankScenario.Users[i];
            var places = new RankedOffer[scenario.Counts[i]];
            RankedOffer[] ranked = all[..pure.Ranker.Rank(user, all).Count];

            RankSummary summary = shop.Ranker.Rank(user, places);

            (List<RerankTwin.Place> expected, int heldBack) = twin.Rank(user, ranked, places.Length);
            Assert.Equal(
                string.Join(' ', expected.Select(place => $"{place.Offer.Id}:{place.Score}:{place.Placement}:{place.Propensity}")),
                string.Join(' ', places.Take(summary.Count).Select(place => $"{place.Offer.Id}:{place.Score}:{place.Placement}:{place.Propensity}")));
            Assert.Equal(heldBack, summary.Excluded.OverLimit);
            heldBackInAll += heldBack;
            expected.ForEach(place => seen[place.Placement] = seen.GetValueOrDefault(place.Placement) + 1);
        }

        return heldBackInAll;
    }

    private static void CheckRules(RerankScenario scenario)
    {
        RerankingOptions options = scenario.Options;
        var rules = new RerankRules(scenario.Shop, options);
        using TestShop pure = Shop(scenario.Shop, new RerankingOptions());
        using TestShop shop = Shop(scenario.Shop, options);
        using TestShop again = Shop(scenario.Shop, options);
        for (int i = 0; i < scenario.Counts.Length; i++)
        {
            var request = new RankRequest { Count = scenario.Counts[i] + 1 };
            Offer[] admitted = [.. pure.Ranker.Rank(RankScenario.Users[i], new RankRequest { Count = 100 }).Select(one => one.Offer)];

            RankedOffers ranked = shop.Ranker.Rank(RankScenario.Users[i], request);

            Offer[] shown = [.. ranked.Select(one => one.Offer)];
            Assert.Equal(ranked, again.Ranker.Rank(RankScenario.Users[i], request));
            Assert.Equal(shown.Length, shown.Distinct().Count());
            Assert.Subset(admitted.ToHashSet(), shown.ToHashSet());
            Assert.True(rules.KeepsLimits(shown));
            Assert.True(shown.Length == Math.Min(request.Count, admitted.Length) || admitted.Except(shown).All(other => !rules.KeepsLimits([.. shown, other])));
            AssertMinima(options, rules, admitted, shown, request.Count);
        }
    }

    /// <summary>No set of offers that keeps the limits serves the quotas better: the first that differs is served less by it.</summary>
    private static void AssertMinima(RerankingOptions options, RerankRules rules, Offer[] admitted, Offer[] shown, int count)
    {
        int[] served(IReadOnlyList<Offer> offers) => [.. options.Quotas.Zip(rules.Counts(offers), (quota, count) => Math.Min(quota.Minimum, count))];
        int[] own = served(shown);
        for (int set = 0; set < 1 << admitted.Length; set++)
        {
            Offer[] offers = [.. admitted.Where((_, i) => (set & (1 << i)) != 0)];
            if (offers.Length <= count && rules.KeepsLimits(offers))
            {
                Assert.True(served(offers).Zip(own).Select(pair => pair.First.CompareTo(pair.Second)).FirstOrDefault(order => order != 0) <= 0);
            }
        }
    }

    private static void CheckPure(RerankScenario scenario)
    {
        using TestShop shop = Shop(scenario.Shop, new RerankingOptions { PoolSize = 1, MerchantWindow = 3, ExplorationSeed = 5 });
        var twin = new RerankTwin(scenario.Shop, new RerankingOptions());
        Assert.Null(shop.Live.State.Reranker);
        foreach (UserId user in RankScenario.Users)
        {
            RankedOffers ranked = shop.Ranker.Rank(user, new RankRequest { Count = 100 });
            string order = string.Join(' ', ranked.Select(one => $"{one.Offer.Id}:{one.Score}"));

            Assert.Equal(RankPipelineTwin.Rank(scenario.Shop, user, new RankRequest(), 100), (order, ranked.Summary.Tier, ranked.Summary.Excluded));
            Assert.All(ranked, one => Assert.Equal((RankPlacement.Score, null), (one.Placement, one.Propensity)));
            Assert.Equal(twin.Rank(user, ranked, 100).Places.Select(place => place.Offer), ranked.Select(one => one.Offer));
        }
    }

    private static void CheckLoose(RerankScenario scenario)
    {
        using TestShop pure = Shop(scenario.Shop, new RerankingOptions());
        using TestShop shop = Shop(scenario.Shop, new RerankingOptions { MaxPerCategory = 10_000, PoolSize = 2 });
        Assert.NotNull(shop.Live.State.Reranker);
        foreach (UserId user in RankScenario.Users)
        {
            RankedOffers expected = pure.Ranker.Rank(user);
            RankedOffers ranked = shop.Ranker.Rank(user);

            Assert.Equal(expected, ranked);
            Assert.Equal(expected.Summary, ranked.Summary);
        }
    }

    private static TestShop Shop(RankScenario scenario, RerankingOptions reranking)
    {
        var options = new RankingOptions { TargetSizeExponent = 0, Reranking = reranking };
        var shop = new TestShop(new CatalogSnapshot(scenario.Offers, scenario.Items), Model(scenario), new Segments([.. scenario.Members]), options);
        foreach ((UserId user, ItemId item) in scenario.BoughtSince)
        {
            shop.Activity.Record(user, [new CustomerEvent(item, default, 0, true, null)]);
        }

        foreach ((UserId user, OfferId offer) in scenario.RedeemedSince)
        {
            shop.Activity.Record(user, [new CustomerEvent(default, offer, 0, true, null)]);
        }

        return shop;
    }

    private static FactorModel Model(RankScenario scenario)
    {
        var model = new TestModel();
        scenario.ItemVectors.ToList().ForEach(pair => model.Item(pair.Key, pair.Value));
        scenario.UserVectors.ToList().ForEach(pair => model.User(pair.Key, pair.Value));
        scenario.Likes.ToList().ForEach(pair => model.Likes(pair.User, pair.Item));
        scenario.Bought.ToList().ForEach(pair => model.Consumed(pair.User, pair.Item));
        scenario.Redeemed.ToList().ForEach(pair => model.Redeemed(pair.User, pair.Offer));
        return model.Build();
    }
}
