using FsCheck;
using FsCheck.Fluent;
using PromoRec.Models;
using PromoRec.Models.Hybrid;
using PromoRec.Ranking;
using PromoRec.Ranking.Reranking;
using PromoRec.Tests.Properties;

namespace PromoRec.Tests.Ranking.Reranking;

public sealed class RerankTwinTests
{
    [Fact]
    public void Re_ranking_equals_its_plain_twin_for_any_shop_and_knobs()
    {
        var seen = new Seen();
        Prop.ForAll(RerankScenario.Generator.ToArbitrary(), scenario => CheckTwin(scenario, Model(scenario.Shop), choice: null, seen)).Holds(300);
        seen.AssertEverything();
    }

    [Fact]
    public void Re_ranking_a_hybrid_equals_its_plain_twin_for_any_shop_and_knobs()
    {
        var seen = new Seen();
        Gen<(RerankScenario Scenario, HybridChoice Choice)> cases =
            from scenario in RerankScenario.Generator
            from choice in HybridChoice.Of(HybridFusion.Weighted, HybridFusion.WeightedRoots, HybridFusion.ReciprocalRank, HybridFusion.Stacked)
            select (scenario, choice);
        Prop.ForAll(cases.ToArbitrary(), one => CheckTwin(one.Scenario, one.Choice.Model(one.Scenario.Shop), one.Choice, seen)).Holds(400);
        seen.AssertEverything();
        Assert.InRange(seen.Hybrids, 100, int.MaxValue);
    }

    [Fact]
    public void Re_ranking_by_expected_value_equals_its_plain_twin_for_any_shop_and_knobs()
    {
        var seen = new Seen();
        Gen<(RerankScenario Scenario, HybridChoice Choice)> cases =
            from scenario in RerankScenario.Generator
            from choice in HybridChoice.Of(HybridFusion.Stacked)
            select (scenario, choice);
        Prop.ForAll(cases.ToArbitrary(), one => CheckTwin(one.Scenario, one.Choice.Model(one.Scenario.Shop), one.Choice, seen, RankBy.ExpectedValue)).Check(Config.QuickThrowOnFailure.WithMaxTest(400));
        seen.AssertEverything();
        Assert.InRange(seen.Hybrids, 100, int.MaxValue);
    }

    [Fact]
    public void Limits_are_never_exceeded_minima_are_met_when_they_can_be_and_places_stay_empty_only_for_limits() =>
        Prop.ForAll(RerankScenario.Generator.ToArbitrary(), CheckRules).Holds(300);

    [Fact]
    public void With_every_knob_at_zero_the_ranking_is_the_pure_one_and_nothing_is_compiled() =>
        Prop.ForAll(RerankScenario.Generator.ToArbitrary(), CheckPure).Holds();

    [Fact]
    public void With_every_knob_at_zero_the_ranking_of_a_hybrid_is_the_pure_one()
    {
        Gen<(RerankScenario Scenario, HybridChoice Choice, RerankingOptions Idle)> cases =
            from scenario in RerankScenario.Generator
            from choice in HybridChoice.Of(HybridFusion.Weighted, HybridFusion.WeightedRoots, HybridFusion.ReciprocalRank, HybridFusion.Stacked)
            from idle in IdleKnobs()
            select (scenario, choice, idle);
        Prop.ForAll(cases.ToArbitrary(), one => CheckPureHybrid(one.Scenario, one.Choice, one.Idle)).Holds();
    }

    [Fact]
    public void A_knob_that_cannot_change_anything_leaves_order_and_scores_as_they_are() =>
        Prop.ForAll(RerankScenario.Generator.ToArbitrary(), CheckLoose).Holds();

    /// <summary>Compares answers and explanations, and notes how places were won and lost.</summary>
    private static void CheckTwin(RerankScenario scenario, RecommendationModel model, HybridChoice? choice, Seen seen, RankBy rankBy = RankBy.Score)
    {
        using TestShop pure = Shop(scenario.Shop, new RerankingOptions(), model);
        using TestShop shop = Shop(scenario.Shop, scenario.Options, model, rankBy);
        var twin = new RerankTwin(scenario.Shop, scenario.Options);
        for (int i = 0; i < scenario.Counts.Length; i++)
        {
            UserId user = RankScenario.Users[i];
            var places = new RankedOffer[scenario.Counts[i]];
            RankedOffers ranked = pure.Ranker.Rank(user, new RankRequest { Count = 100 });
            Offer[] admitted = [.. scenario.Shop.Offers.Where(offer => ranked.Any(one => one.Offer.Id == offer.Id))];
            OfferExplanation[] explanations = places.Length == 0 ? [] : Array.ConvertAll(scenario.Shop.Offers, offer => shop.Ranker.Explain(user, offer.Id, new RankRequest { Count = places.Length }));

            RankSummary summary = shop.Ranker.Rank(user, places);

            bool isHybrid = ranked.Summary.Tier == RankTier.Hybrid;
            bool byValue = rankBy == RankBy.ExpectedValue && isHybrid;
            Assert.Equal(byValue ? RankBy.ExpectedValue : RankBy.Score, summary.RankedBy);
            (List<RerankTwin.Place> expected, Dictionary<OfferId, OfferExclusion> heldBack) = twin.Rank(
                user, admitted, wanted => isHybrid ? Candidates(scenario, choice!, user, ranked, admitted, wanted, byValue) : [.. ranked.Select(one => (one.Offer, one.Score))], places.Length);
            Assert.Equal(
                string.Join(' ', expected.Select(place => $"{place.Offer.Id}:{place.Score}:{place.Placement}:{place.Propensity}")),
                string.Join(' ', places.Take(summary.Count).Select(place => $"{place.Offer.Id}:{(byValue ? place.ExpectedValue : place.Score)}:{place.Placement}:{place.Propensity}")));
            int held(OfferExclusion exclusion) => heldBack.Values.Count(one => one == exclusion);
            Assert.Equal(
                (held(OfferExclusion.OverCategoryLimit), held(OfferExclusion.OverBrandLimit), held(OfferExclusion.OverQuota), heldBack.Count),
                (summary.Excluded.OverCategoryLimit, summary.Excluded.OverBrandLimit, summary.Excluded.OverQuota, summary.Excluded.OverLimit));

            // The explanations came first, and nothing of what they did shows.
            Assert.All(explanations, one => CheckExplanation(one, summary, expected, heldBack, new RerankRules(scenario.Shop, scenario.Options)));
            seen.Note(expected, heldBack, isHybrid);
        }
    }

    private static (Offer Offer, float Score)[] Candidates(RerankScenario scenario, HybridChoice choice, UserId user, RankedOffers ranked, Offer[] admitted, int wanted, bool byValue)
    {
        Dictionary<OfferId, RankedOffer> pure = ranked.ToDictionary(one => one.Offer.Id);
        List<(OfferId Id, float Score)> candidates = [.. HybridTwin.Candidates(scenario.Shop, choice, user, admitted, wanted)];
        if (scenario.Options.ExplorationShare > 0)
        {
            candidates.AddRange(admitted.Where(offer => offer.ValidFrom > TestShop.Noon - scenario.Options.ExplorationAge && candidates.All(one => one.Id != offer.Id)).Select(offer => (offer.Id, 0f)));
        }

        // All but ranks are the same however many are wanted: those of a stack and of offers that nobody named are known from the pure ranking.
        IEnumerable<(Offer Offer, float Score)> ordered = candidates
            .Select(one => (pure[one.Id].Offer, choice.Fusion == HybridFusion.ReciprocalRank ? one.Score : pure[one.Id].Score))
            .OrderByDescending(one => one.Item2).ThenBy(one => one.Offer.Id);
        return byValue ? [.. ordered.Select(one => (one.Offer, pure[one.Offer.Id].ExpectedValue!.Value)).OrderByDescending(one => one.Value)] : [.. ordered];
    }

    private static void CheckExplanation(OfferExplanation one, RankSummary summary, List<RerankTwin.Place> expected, Dictionary<OfferId, OfferExclusion> heldBack, RerankRules rules)
    {
        Assert.Equal(summary, one.Summary);
        int place = expected.FindIndex(returned => returned.Offer.Id == one.OfferId);
        if (place >= 0)
        {
            Assert.Equal((OfferStage.Returned, OfferExclusion.None, null, place + 1, expected[place].Score), (one.Stage, one.Exclusion, one.Limit, one.Place, summary.RankedBy == RankBy.Score ? one.Score : one.ExpectedValue));
        }
        else if (heldBack.TryGetValue(one.OfferId, out OfferExclusion exclusion))
        {
            Assert.Equal((OfferStage.Reranked, exclusion), (one.Stage, one.Exclusion));
            Assert.Contains((exclusion, one.Limit!.Name, one.Limit.Most), rules.Reached([.. expected.Select(returned => returned.Offer)], one.Offer!));
            Assert.Equal(exclusion == OfferExclusion.OverQuota, one.Limit.Quota is not null);
        }
        else
        {
            Assert.Equal((null, one.Stage == OfferStage.LeftOut), (one.Limit, one.Exclusion != OfferExclusion.None));
            Assert.NotEqual(OfferStage.Returned, one.Stage);
            Assert.True(one.Stage != OfferStage.Outscored || one.Deficit >= 0);
        }
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
            (Offer Offer, float Score)[] all = [.. ranked.Select(one => (one.Offer, one.Score))];
            Assert.Equal(twin.Rank(user, [.. all.Select(one => one.Offer)], _ => all, 100).Places.Select(place => place.Offer), ranked.Select(one => one.Offer));
        }
    }

    private static void CheckPureHybrid(RerankScenario scenario, HybridChoice choice, RerankingOptions idle)
    {
        HybridModel model = choice.Model(scenario.Shop);
        using TestShop unset = Shop(scenario.Shop, new RerankingOptions(), model);
        using TestShop shop = Shop(scenario.Shop, idle, model);
        Assert.Null(shop.Live.State.Reranker);
        foreach (UserId user in RankScenario.Users)
        {
            RankedOffers ranked = shop.Ranker.Rank(user, new RankRequest { Count = 4 });
            Assert.Equal(
                unset.Ranker.Rank(user, new RankRequest { Count = 4 }).Select(one => (one.Offer, one.Score, one.Probability, one.Reasons, string.Join(',', one.Sources.ToArray()))),
                ranked.Select(one => (one.Offer, one.Score, one.Probability, one.Reasons, string.Join(',', one.Sources.ToArray()))));
            Assert.Equal(0, ranked.Summary.Excluded.OverLimit);
            Assert.All(ranked, one => Assert.Equal((RankPlacement.Score, null), (one.Placement, one.Propensity)));
            Assert.Equal(ranked.OrderByDescending(one => one.Score).ThenBy(one => one.Offer.Id), ranked);
            if (ranked.Summary.Tier == RankTier.Hybrid && choice.Fusion != HybridFusion.Stacked)
            {
                Offer[] admitted = [.. shop.Ranker.Rank(user, new RankRequest { Count = 100 }).Select(one => one.Offer)];
                Assert.Equal(HybridTwin.Candidates(scenario.Shop, choice, user, [.. scenario.Shop.Offers.Where(admitted.Contains)], 4).Take(4), ranked.Select(one => (one.Offer.Id, one.Score)));
            }
        }
    }

    /// <summary>Everything that says how, and nothing that says how much.</summary>
    private static Gen<RerankingOptions> IdleKnobs() =>
        from window in Gen.Choose(1, 50)
        from days in Gen.Choose(1, 100)
        from seconds in Gen.Choose(1, 10_000)
        from seed in Gen.Choose(0, 1000)
        from pool in Gen.Choose(1, 300)
        select new RerankingOptions
        {
            MerchantWindow = window,
            ExplorationAge = TimeSpan.FromDays(days),
            ExplorationPeriod = TimeSpan.FromSeconds(seconds),
            ExplorationSeed = (ulong)seed,
            PoolSize = pool,
        };

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

    private static TestShop Shop(RankScenario scenario, RerankingOptions reranking, RecommendationModel? model = null, RankBy rankBy = RankBy.Score)
    {
        var options = new RankingOptions { TargetSizeExponent = 0, RankBy = rankBy, Reranking = reranking };
        var shop = new TestShop(new CatalogSnapshot(scenario.Offers, scenario.Items), model ?? Model(scenario), new Segments([.. scenario.Members]), options);
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

    /// <summary>What the scenarios were worth.</summary>
    private sealed class Seen
    {
        private readonly Dictionary<RankPlacement, int> _placements = [];
        private readonly Dictionary<OfferExclusion, int> _limits = [];

        /// <summary>How many rankings were by a hybrid.</summary>
        public int Hybrids { get; private set; }

        public void Note(List<RerankTwin.Place> places, Dictionary<OfferId, OfferExclusion> heldBack, bool isHybrid)
        {
            places.ForEach(place => _placements[place.Placement] = _placements.GetValueOrDefault(place.Placement) + 1);
            heldBack.Values.ToList().ForEach(limit => _limits[limit] = _limits.GetValueOrDefault(limit) + 1);
            Hybrids += isHybrid ? 1 : 0;
        }

        /// <summary>Everything that can decide about a place has decided.</summary>
        public void AssertEverything()
        {
            Assert.All(Enum.GetValues<RankPlacement>(), placement => Assert.InRange(_placements.GetValueOrDefault(placement), 10, int.MaxValue));
            Assert.All([OfferExclusion.OverCategoryLimit, OfferExclusion.OverBrandLimit, OfferExclusion.OverQuota], limit => Assert.InRange(_limits.GetValueOrDefault(limit), 3, int.MaxValue));
        }
    }
}
