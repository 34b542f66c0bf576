using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PromoRec.Evaluation;
using PromoRec.Models;
using PromoRec.Models.Hybrid;
using PromoRec.Models.Linear;
using PromoRec.Ranking;
using PromoRec.Ranking.Reranking;
using PromoRec.Tests.Ranking.Reranking;
using PromoRec.Tuning;

namespace PromoRec.Tests.Ranking;

/// <summary>Offers in the order of probability · margin - cost.</summary>
public sealed class ExpectedValueRankingTests
{
    private static readonly RankRequest Everything = new() { HidePurchased = false, HideRedeemed = false };

    [Fact]
    public void Ranking_by_expected_value_and_its_explanations_equal_a_plain_twin()
    {
        var seen = new Dictionary<OfferStage, int>();
        int ties = 0;
        Gen<(RerankScenario Scenario, HybridChoice Choice, ProbabilityCalibrator? Calibrator, int Count)> cases =
            from scenario in RerankScenario.Generator
            from choice in HybridChoice.Of(HybridFusion.Stacked)
            from calibrator in Gen.Elements(null, new PlattCalibrator(0.3, -1), new IsotonicCalibrator([-2.5, -2.4, -1, 0], [0.1, 0.25, 0.25, 0.75]), (ProbabilityCalibrator)new IsotonicCalibrator([0], [0.5]))
            from count in Gen.Choose(1, 6)
            select (scenario, choice, calibrator, count);
        Prop.ForAll(cases.ToArbitrary(), one => ties += CheckTwin(one.Scenario.Shop, Calibrated(one.Choice.Model(one.Scenario.Shop), one.Calibrator), one.Count, seen)).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

        // The scenarios are worth something: every stage decided, and scores decided between equal expected values.
        Assert.Equal([OfferStage.LeftOut, OfferStage.NotNamed, OfferStage.Outscored, OfferStage.Returned], seen.Keys.Order());
        Assert.InRange(ties, 100, int.MaxValue);
    }

    [Fact]
    public void With_one_margin_for_all_and_no_costs_and_without_margins_the_order_is_that_of_the_scores()
    {
        Gen<(RankScenario Shop, HybridChoice Choice, decimal? Margin)> cases =
            from shop in RankScenario.Generator
            from choice in HybridChoice.Of(HybridFusion.Stacked)
            from margin in Gen.Elements<decimal?>(null, 0, 0.01m, 79_228_162_514_264_337_593_543_950_335m)
            select (shop, choice, margin);
        Prop.ForAll(cases.ToArbitrary(), one =>
        {
            RankScenario scenario = one.Shop with { Offers = [.. one.Shop.Offers.Select(offer => offer with { Margin = one.Margin })] };
            HybridModel model = one.Choice.Model(scenario);
            using TestShop byScore = Shop(scenario, model, RankBy.Score);
            using TestShop byValue = Shop(scenario, model, RankBy.ExpectedValue);
            foreach (UserId user in RankScenario.Users)
            {
                RankedOffers ranked = byValue.Ranker.Rank(user, Everything);
                Assert.Equal(byScore.Ranker.Rank(user, Everything).Select(offer => (offer.Offer.Id, offer.Score, offer.Probability, offer.ExpectedValue)), ranked.Select(offer => (offer.Offer.Id, offer.Score, offer.Probability, offer.ExpectedValue)));
                Assert.All(ranked, offer => Assert.True(float.IsFinite(offer.ExpectedValue ?? 0)));
            }
        }).QuickCheckThrowOnFailure();
    }

    /// <summary>Half of all take an offer with score 0, and the calibrator says so: the figures are round.</summary>
    [Fact]
    public void Margin_and_cost_count_with_the_probability_and_an_explanation_says_by_how_much_an_offer_lost()
    {
        Offer[] offers =
        [
            TestShop.OnItems("a-unknown", 0), TestShop.OnItems("b-cheap", 0) with { Margin = 2 }, TestShop.OnItems("c-dear", 0) with { Margin = 9, Cost = 1.25m }, TestShop.OnItems("d-loss", 0) with { Margin = -3 },
            TestShop.OnItems("e-mail", 0) with { Cost = 0.5m },
        ];
        using TestShop shop = Shop(offers, Calibrated(Stacked(), new IsotonicCalibrator([0], [0.5])));
        var request = new RankRequest { Count = 2, HidePurchased = false };

        RankedOffers ranked = shop.Ranker.Rank("ann", request);

        Assert.Equal(["c-dear", "b-cheap", "a-unknown", "e-mail", "d-loss"], shop.Order("ann", Everything).Split(' '));
        Assert.Equal([(0.5f, 3.25f), (0.5f, 1f)], ranked.Select(offer => (offer.Probability!.Value, offer.ExpectedValue!.Value)));
        Assert.Equal((RankTier.Hybrid, RankBy.ExpectedValue), (ranked.Summary.Tier, ranked.Summary.RankedBy));
        OfferExplanation loss = shop.Ranker.Explain("ann", "d-loss", request);
        Assert.Equal((OfferStage.Outscored, 5, -1.5f, 1f, 2.5f), (loss.Stage, loss.Place, loss.ExpectedValue, loss.LastExpectedValue, loss.Deficit));
        Assert.Equal(ranked[1].Score, loss.LastScore);
        OfferExplanation best = shop.Ranker.Explain("ann", "c-dear", request);
        Assert.Equal((OfferStage.Returned, 1, 3.25f, null), (best.Stage, best.Place, best.ExpectedValue, best.Deficit));
        Assert.Equal((null, 1f, null), (shop.Ranker.Explain("ann", "gone", request).ExpectedValue, shop.Ranker.Explain("ann", "gone", request).LastExpectedValue, shop.Ranker.Explain("ann", "gone", request).Deficit));
    }

    [Fact]
    public void What_re_ranking_took_away_is_told_from_what_the_expected_value_lost()
    {
        Offer[] offers = [.. Enumerable.Range(0, 4).Select(i => TestShop.OnItems($"o{i}", 0) with { Margin = 8 - i, Merchant = i < 2 ? "m" : "n" })];
        var reranking = new RerankingOptions { Quotas = { new SlotQuota { Merchant = "n", Minimum = 1 } } };
        using TestShop shop = Shop(offers, Calibrated(Stacked(), new IsotonicCalibrator([0], [0.5])), reranking);
        var request = new RankRequest { Count = 2, HidePurchased = false };

        Assert.Equal("o0 o2", shop.Order("ann", request));
        Assert.Equal([RankPlacement.Score, RankPlacement.Quota], shop.Ranker.Rank("ann", request).Select(offer => offer.Placement));
        Assert.Equal((OfferStage.Reranked, 2, null), (shop.Ranker.Explain("ann", "o1", request).Stage, shop.Ranker.Explain("ann", "o1", request).Place, shop.Ranker.Explain("ann", "o1", request).Deficit));
        Assert.Equal((OfferStage.Outscored, 4, 0.5f), (shop.Ranker.Explain("ann", "o3", request).Stage, shop.Ranker.Explain("ann", "o3", request).Place, shop.Ranker.Explain("ann", "o3", request).Deficit));
    }

    [Fact]
    public void By_score_the_expected_value_is_told_and_decides_nothing()
    {
        using var shop = new TestShop(TestShop.Snapshot(TestShop.OnItems("a", 0) with { Margin = 1 }, TestShop.OnItems("b", 0) with { Margin = 9 }), Calibrated(Stacked(), new IsotonicCalibrator([0], [0.5])));

        RankedOffers ranked = shop.Ranker.Rank("ann", Everything);

        Assert.Equal(RankBy.Score, ranked.Summary.RankedBy);
        Assert.Equal([("a", 0.5f), ("b", 4.5f)], ranked.Select(offer => (offer.Offer.Id.ToString(), offer.ExpectedValue!.Value)));
        Assert.Equal((0f, 0.5f), (shop.Ranker.Explain("ann", "b", new RankRequest { Count = 1, HidePurchased = false }).Deficit, shop.Ranker.Explain("ann", "b", new RankRequest { Count = 1, HidePurchased = false }).LastExpectedValue));
    }

    [Fact]
    public void Where_no_probability_is_known_the_order_is_that_of_the_scores_and_the_answer_says_so()
    {
        Offer[] offers = [TestShop.OnItems("a", 0) with { Margin = 1 }, TestShop.OnItems("b", 0) with { Margin = 9 }];
        using TestShop empty = Shop(offers, model: null);
        Assert.Equal((RankTier.Rules, RankBy.Score, null), (empty.Ranker.Rank("ann").Summary.Tier, empty.Ranker.Rank("ann").Summary.RankedBy, empty.Ranker.Rank("ann")[0].ExpectedValue));

        LadderRung[] ladder = [new(RankTier.Popularity, "popularity", 0.1, 0, true), new(RankTier.Als, "als", 0.2, 0.1, true), new(RankTier.Hybrid, "hybrid", 0.3, 0.1, true)];
        using TestShop laddered = Shop(offers, Stacked().WithLadder(ladder));
        RankedOffers stranger = laddered.Ranker.Rank("stranger", Everything);
        Assert.Equal((RankTier.Popularity, RankBy.Score), (stranger.Summary.Tier, stranger.Summary.RankedBy));
        Assert.Equal(["a", "b"], stranger.Select(offer => offer.Offer.Id.ToString()));
        Assert.All(stranger, offer => Assert.Equal((null, null), (offer.Probability, offer.ExpectedValue)));
        Assert.Equal(RankBy.ExpectedValue, laddered.Ranker.Rank("ann", Everything).Summary.RankedBy);

        using TestShop lost = Shop(offers, Stacked().WithLadder([.. ladder[..2], ladder[2] with { Serves = false }]));
        RankedOffers ann = lost.Ranker.Rank("ann", Everything);
        Assert.Equal((RankTier.Als, RankTierReason.HigherDidNotWin, RankBy.Score), (ann.Summary.Tier, ann.Summary.TierReason, ann.Summary.RankedBy));
        OfferExplanation explained = lost.Ranker.Explain("ann", "b", new RankRequest { Count = 1, HidePurchased = false });
        Assert.Equal((OfferStage.Outscored, 0f, null, null), (explained.Stage, explained.Deficit, explained.ExpectedValue, explained.LastExpectedValue));
    }

    [Fact]
    public void A_model_that_gives_no_probability_is_refused_and_what_was_in_use_stays()
    {
        HybridModel stacked = Stacked();
        using TestShop shop = Shop([TestShop.OnItems("a", 0)], stacked);
        RecommendationModel als = stacked.Members[0].Model;

        PromoRecException single = Assert.Throws<PromoRecException>(() => shop.Live.Publish(als));
        PromoRecException weighted = Assert.Throws<PromoRecException>(() => shop.Live.Publish(HybridModel.Of(stacked.Members)));

        Assert.Equal((PromoRecErrorCode.UnfitModel, PromoRecErrorCode.UnfitModel), (single.Code, weighted.Code));
        Assert.Contains("RankingOptions.RankBy is ExpectedValue", single.Message, StringComparison.Ordinal);
        Assert.Contains($"is one of '{als.Manifest.Algorithm}'", single.Message, StringComparison.Ordinal);
        Assert.Contains("is a hybrid whose fusion is Weighted", weighted.Message, StringComparison.Ordinal);
        Assert.Contains("HybridModel.Stacked", single.Message, StringComparison.Ordinal);
        Assert.Same(stacked, shop.Live.Current);
        Assert.False(shop.Live.RestorePrevious());
    }

    [Fact]
    public void A_stacked_hybrid_is_loaded_from_the_configured_file_and_ranks_by_expected_value()
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.safetensors");
        Calibrated(Stacked(), new IsotonicCalibrator([0], [0.5])).Save(path);
        try
        {
            Assert.Equal("b a", string.Join(' ', Host(path, RankBy.ExpectedValue).Select(offer => offer.Offer.Id)));
            Assert.Equal("a b", string.Join(' ', Host(path, RankBy.Score).Select(offer => offer.Offer.Id)));
            Stacked().Members[0].Model.Save(path);
            Assert.Equal(PromoRecErrorCode.UnfitModel, Assert.Throws<PromoRecException>(() => Host(path, RankBy.ExpectedValue)).Code);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Kinds_of_knowledge_are_compared_by_the_score()
    {
        Offer[] offers = [TestShop.OnItems("a", 0) with { Margin = 1 }, TestShop.OnItems("b", 1) with { Margin = 9 }];
        var later = new OfferOccasion(Stacked(), TestShop.Snapshot(offers), [new UserOffer("ann", "a")], TestShop.Noon);

        IReadOnlyList<LadderRung> byValue = OfferLadder.Compare(later, ranking: new RankingOptions { RankBy = RankBy.ExpectedValue }, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(OfferLadder.Compare(later, cancellationToken: TestContext.Current.CancellationToken), byValue);
    }

    /// <summary>Compares answers and explanations, and returns how often scores had to decide.</summary>
    private static int CheckTwin(RankScenario scenario, HybridModel model, int count, Dictionary<OfferStage, int> seen)
    {
        using TestShop pure = Shop(scenario, model, RankBy.Score);
        using TestShop shop = Shop(scenario, model, RankBy.ExpectedValue);
        var request = new RankRequest { Count = count, HidePurchased = false, HideRedeemed = false };
        int ties = 0;
        foreach (UserId user in RankScenario.Users)
        {
            RankedOffers byScore = pure.Ranker.Rank(user, request);
            if (byScore.Summary.Tier != RankTier.Hybrid)
            {
                Assert.Equal(byScore, shop.Ranker.Rank(user, request));
                Assert.Equal(byScore.Summary, shop.Ranker.Rank(user, request).Summary);
                continue;
            }

            // What the members named is put in order by score, so that the explanations of the ranking by score know all of it.
            (Offer Offer, float Score, float Probability, float Value)[] expected = [.. scenario.Offers
                .Select(offer => pure.Ranker.Explain(user, offer.Id, request))
                .Where(one => one.Place is not null)
                .Select(one => (one.Offer!, one.Score!.Value, one.Probability!.Value, (float)(((double)one.Probability.Value * (double)(one.Offer!.Margin ?? 0m)) - (double)(one.Offer.Cost ?? 0m))))
                .OrderByDescending(one => one.Item4).ThenByDescending(one => one.Item2).ThenBy(one => one.Item1.Id)];

            RankedOffers ranked = shop.Ranker.Rank(user, request);
            OfferExplanation[] all = Array.ConvertAll(scenario.Offers, offer => shop.Ranker.Explain(user, offer.Id, request));

            Assert.Equal(RankBy.ExpectedValue, ranked.Summary.RankedBy);
            Assert.Equal(expected.Take(count).Select(one => (one.Offer.Id, one.Score, (float?)one.Probability, (float?)one.Value)), ranked.Select(one => (one.Offer.Id, one.Score, one.Probability, one.ExpectedValue)));
            Assert.Equal(
                expected.Select((one, at) => (one.Offer.Id, at + 1, one.Score, one.Value, at < count ? OfferStage.Returned : OfferStage.Outscored, at < count ? null : (float?)(expected[count - 1].Value - one.Value))),
                all.Where(one => one.Place is not null).OrderBy(one => one.Place).Select(one => (one.OfferId, one.Place!.Value, one.Score!.Value, one.ExpectedValue!.Value, one.Stage, one.Deficit)));
            Assert.All(all, one => Assert.Equal((ranked.Summary, ranked.Count == 0 ? null : ranked[^1].ExpectedValue), (one.Summary, one.LastExpectedValue)));
            Array.ForEach(all, one => seen[one.Stage] = seen.GetValueOrDefault(one.Stage) + 1);
            ties += expected.Zip(expected.Skip(1)).Count(pair => pair.First.Value == pair.Second.Value && pair.First.Score > pair.Second.Score && pair.First.Offer.Id.CompareTo(pair.Second.Offer.Id) > 0);
        }

        return ties;
    }

    private static RankedOffers Host(string path, RankBy rankBy)
    {
        var services = new ServiceCollection();
        services.AddPromoRec(options => options.Ranking.RankBy = rankBy)
            .UseOfferCatalog(new InMemoryOfferCatalog(TestShop.Snapshot(TestShop.OnItems("a", 0) with { Margin = 1 }, TestShop.OnItems("b", 0) with { Margin = 9 })))
            .UseModel(path);
        using ServiceProvider provider = services.BuildServiceProvider();
        Assert.Equal(rankBy, provider.GetRequiredService<IOptions<PromoRecOptions>>().Value.Ranking.RankBy);
        return provider.GetRequiredService<IOfferRanker>().Rank("ann", Everything);
    }

    private static TestShop Shop(RankScenario scenario, HybridModel model, RankBy rankBy) => new(
        new CatalogSnapshot(scenario.Offers, scenario.Items), model, new Segments([.. scenario.Members]), new RankingOptions { TargetSizeExponent = 0, RankBy = rankBy });

    private static TestShop Shop(Offer[] offers, HybridModel? model, RerankingOptions? reranking = null) =>
        new(TestShop.Snapshot(offers), model, options: new RankingOptions { RankBy = RankBy.ExpectedValue, Reranking = reranking ?? new RerankingOptions() });

    private static HybridModel Calibrated(HybridModel model, ProbabilityCalibrator? calibrator) => HybridModel.Stacked(model.Members, model.Stacker!.WithCalibrator(calibrator));

    private static HybridModel Stacked()
    {
        FactorModel als = new TestModel().User("ann", 1, 0).Item(0, 3, 0).Item(1, 2, 0).Likes("ann", 0).Build();
        return HybridModel.Stacked([new("als", als), new("knn", HybridRankingTests.Knn(als, [0, 1, 1, 0]))], HybridChoice.Stacker());
    }
}
