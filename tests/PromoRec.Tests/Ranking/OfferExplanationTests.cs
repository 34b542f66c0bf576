using FsCheck;
using FsCheck.Fluent;
using PromoRec.Datasets;
using PromoRec.Interactions;
using PromoRec.Models;
using PromoRec.Models.Hybrid;
using PromoRec.Ranking;
using PromoRec.Tests.Properties;
using PromoRec.Training.Knn;

namespace PromoRec.Tests.Ranking;

public sealed class OfferExplanationTests
{
    private const int Items = 6;

    [Theory]
    [InlineData(null)]
    [InlineData(HybridFusion.Weighted)]
    [InlineData(HybridFusion.WeightedRoots)]
    [InlineData(HybridFusion.ReciprocalRank)]
    [InlineData(HybridFusion.Stacked)]
    public void Every_explanation_says_exactly_what_the_ranking_did(HybridFusion? fusion)
    {
        var seen = new Dictionary<OfferStage, int>();
        Gen<(RankScenario Scenario, RankRequest Request, int[] Weights, int Quota)> cases =
            from scenario in RankScenario.Generator
            from request in RankScenario.Requests
            from count in Gen.Choose(1, 8)
            from weights in Gen.ArrayOf(Gen.Choose(-1, 2), Items * Items)
            from quota in Gen.Choose(1, 3)
            select (scenario, Wanting(request, count), weights, quota);
        Prop.ForAll(cases.ToArbitrary(), one => Check(one.Scenario, one.Request, Model(one.Scenario, fusion, one.Weights, one.Quota), fusion, one.Quota, seen)).Holds();

        // The scenarios are worth something: every stage decided, but one model alone names every offer.
        OfferStage[] expected = [OfferStage.LeftOut, .. fusion is null ? Array.Empty<OfferStage>() : [OfferStage.NotNamed], OfferStage.Outscored, OfferStage.Returned];
        Assert.Equal(expected, seen.Keys.Order());
    }

    [Fact]
    public void An_offer_that_the_catalog_does_not_have_is_a_stage_and_no_fault()
    {
        using var shop = new TestShop(TestShop.Snapshot(TestShop.OnItems("t", "tea")), new TestModel().User("ann", 1).Item("tea", 1).Build());

        OfferExplanation explanation = shop.Ranker.Explain("ann", "gone");

        Assert.Equal((OfferStage.NotInCatalog, null, null, null), (explanation.Stage, explanation.Offer, explanation.Score, explanation.Place));
        Assert.Equal((1, 1f), (explanation.Summary.Count, explanation.LastScore));
        Assert.Empty(explanation.Sources);
        Assert.Equal(OfferStage.NotInCatalog, shop.Ranker.Explain("ann", default).Stage);
    }

    [Fact]
    public void An_empty_customer_id_is_refused_and_an_unknown_customer_is_not()
    {
        using var shop = new TestShop(TestShop.Snapshot(TestShop.OnItems("t", "tea")), new TestModel().User("ann", 1).Item("tea", 1).Likes("ann", "tea").Build());

        Assert.Throws<ArgumentException>("userId", () => shop.Ranker.Explain(default, "t"));
        OfferExplanation stranger = shop.Ranker.Explain("stranger", "t");
        Assert.Equal((RankTier.Popularity, RankTierReason.NothingKnown), (stranger.Summary.Tier, stranger.Summary.TierReason));
        Assert.Equal(("popularity", 1f, 1), (stranger.Sources[0].Name, stranger.Sources[0].Score, stranger.Sources[0].Rank));
        Assert.Equal(RankReasonKind.Popular, stranger.Reasons[0].Kind);
    }

    [Fact]
    public void Before_the_first_model_the_rules_explain_themselves()
    {
        using var shop = new TestShop(TestShop.Snapshot(TestShop.Offer(1), TestShop.Offer(2)));

        OfferExplanation explanation = shop.Ranker.Explain("ann", 2, new RankRequest { Count = 1 });

        Assert.Equal((OfferStage.Outscored, 2, 0f, 0f), (explanation.Stage, explanation.Place, explanation.Score, explanation.Deficit));
        Assert.Equal((RankTier.Rules, RankTierReason.NoModel, "rules"), (explanation.Summary.Tier, explanation.Summary.TierReason, explanation.Sources[0].Name));
    }

    [Fact]
    public void A_hybrid_says_which_place_each_member_gave_and_which_quota_it_missed()
    {
        FactorModel als = new TestModel().User("ann", 1, 0).Item(0, 3, 0).Item(1, 2, 0).Item(2, 1, 0).Likes("ann", 0).Build();
        HybridModel hybrid = HybridModel.Of([new("als", als) { Candidates = 2, Weight = 2 }, new("knn", HybridRankingTests.Knn(als, [0, 5, 0, 0, 0, 0, 0, 0, 0])) { Candidates = 1 }]);
        using var shop = new TestShop(TestShop.Snapshot(TestShop.OnItems("a", 0), TestShop.OnItems("b", 1), TestShop.OnItems("c", 2)), hybrid);

        OfferExplanation explanation = shop.Ranker.Explain("ann", "c", new RankRequest { Count = 1, WithReasons = false });

        Assert.Equal(OfferStage.NotNamed, explanation.Stage);
        Assert.Null(explanation.Score);
        Assert.Null(explanation.Deficit);
        SourceStanding als1 = explanation.Sources[0];
        Assert.Equal(("als", RankTier.Als, true, 2f, 1f, 3, 2, false, 2f), (als1.Name, als1.Tier, als1.Answered, als1.Weight, als1.Score, als1.Rank, als1.Quota, als1.Named, als1.LastNamedScore));
        Assert.Equal(2f / 3, als1.Term!.Value, 1e-6f);
        SourceStanding knn = explanation.Sources[1];
        Assert.Equal((0f, 3, 1, 5f), (knn.Score, knn.Rank, knn.Quota, knn.LastNamedScore));
        Assert.Equal(RankReasonKind.BecauseYouLiked, explanation.Reasons[0].Kind);
    }

    [Fact]
    public void Past_items_carry_exactly_the_score_of_an_offer_on_one_item()
    {
        var builder = new DatasetBuilder();
        foreach ((int user, int item) in Enumerable.Range(0, 8).SelectMany(user => Enumerable.Range(0, 12).Where(item => ((user * 7) + (item * item * 3) + (user * item)) % 5 < 2).Select(item => (user, item))))
        {
            builder.Add(new Interaction(user, (ItemId)item, InteractionKind.Purchase, TestShop.Noon.AddHours(-item)));
        }

        RecommendationModel knn = new ItemKnnTrainer().Train(builder.Build());
        Offer[] offers = [.. Enumerable.Range(0, 12).Select(item => TestShop.OnItems($"o{item}", item)), TestShop.OnItems("two", 3, 4)];
        using var single = new TestShop(TestShop.Snapshot(offers), knn);
        using var hybrid = new TestShop(TestShop.Snapshot(offers), HybridModel.Of([new("a", knn) { Weight = 0.5 }, new("b", knn)]));
        var request = new RankRequest { HidePurchased = false, Count = 3 };
        int explained = 0;
        foreach (TestShop shop in new[] { single, hybrid })
        {
            foreach (OfferExplanation one in offers[..12].Select(offer => shop.Ranker.Explain(1, offer.Id, request)).Where(one => one.Score > 0))
            {
                Assert.Equal(one.Score!.Value, one.PastItems.Sum(item => item.Contribution), 1e-5);
                Assert.Equal(one.PastItems.OrderByDescending(item => item.Contribution), one.PastItems);
                explained++;
            }

            Assert.Empty(shop.Ranker.Explain(1, "two", request).PastItems);
        }

        Assert.InRange(explained, 10, 24);
        single.Activity.Record(1, [new CustomerEvent(4, default, 1, true, null)]);
        single.Activity.Prepare(knn, null);
        Assert.Empty(single.Ranker.Explain(1, "o4", request).PastItems);
    }

    [Fact]
    public void Scores_that_are_no_numbers_never_leave_an_explanation()
    {
        using var shop = new TestShop(TestShop.Snapshot(TestShop.OnItems("a", "bad"), TestShop.OnItems("b", "tea")), new TestModel().User("ann", 1).Item("bad", float.NaN).Item("tea", -1).Likes("ann", "tea").Build());

        OfferExplanation explanation = shop.Ranker.Explain("ann", "a");

        Assert.Equal((OfferStage.Returned, 1, 0f, 0f), (explanation.Stage, explanation.Place, explanation.Score, explanation.Sources[0].Score));
        Assert.All(explanation.PastItems, item => Assert.True(double.IsFinite(item.Contribution)));
    }

    private static void Check(RankScenario scenario, RankRequest request, RecommendationModel model, HybridFusion? fusion, int quota, Dictionary<OfferStage, int> seen)
    {
        using var shop = new TestShop(new CatalogSnapshot(scenario.Offers, scenario.Items), model, new Segments([.. scenario.Members]), new RankingOptions { TargetSizeExponent = 0 });
        foreach ((UserId user, OfferId offer) in scenario.RedeemedSince)
        {
            shop.Activity.Record(user, [new CustomerEvent(default, offer, 0, true, null)]);
        }

        foreach (UserId user in RankScenario.Users)
        {
            RankedOffers ranked = shop.Ranker.Rank(user, request);
            OfferExplanation[] all = Array.ConvertAll(scenario.Offers, offer => shop.Ranker.Explain(user, offer.Id, request));
            foreach (OfferExplanation one in all)
            {
                Assert.Equal(ranked.Summary, one.Summary);
                Assert.Equal(ranked.Count == 0 ? null : ranked[^1].Score, one.LastScore);
                seen[one.Stage] = seen.GetValueOrDefault(one.Stage) + 1;
            }

            CheckReturned(ranked, all);
            CheckLeftOut(ranked.Summary.Excluded, all);
            CheckOrder(all);
            if (fusion is null)
            {
                RankedOffers whole = shop.Ranker.Rank(user, Wanting(request, RankRequest.MaxCount));
                Assert.Equal(whole.Select(offer => (offer.Offer.Id, offer.Score)), InOrder(all).Select(one => (one.OfferId, one.Score!.Value)));
            }
            else if (ranked.Summary.Tier == RankTier.Hybrid)
            {
                CheckSources(all, fusion.Value, Math.Max(quota, Math.Min(request.Count, scenario.Offers.Length)), Math.Min(request.Count, scenario.Offers.Length));
            }
        }
    }

    private static void CheckReturned(RankedOffers ranked, OfferExplanation[] all)
    {
        OfferExplanation[] returned = [.. InOrder(all).Where(one => one.Stage == OfferStage.Returned)];
        Assert.Equal(
            ranked.Select((offer, place) => (offer.Offer.Id, place + 1, offer.Score, offer.Probability, offer.Reasons)),
            returned.Select(one => (one.OfferId, one.Place!.Value, one.Score!.Value, one.Probability, one.Reasons)));
        for (int place = 0; place < returned.Length; place++)
        {
            Assert.Equal(ranked.Summary.Tier == RankTier.Hybrid ? ranked[place].Sources.ToArray() : [], returned[place].Sources.Where(source => source.Named && ranked.Summary.Tier == RankTier.Hybrid).Select(source => source.Name));
        }
    }

    private static void CheckLeftOut(ExclusionCounts excluded, OfferExplanation[] all)
    {
        int count(OfferExclusion exclusion) => all.Count(one => one.Exclusion == exclusion);
        Assert.Equal(excluded, new ExclusionCounts
        {
            NotValidNow = count(OfferExclusion.NotValidNow),
            NotInSegment = count(OfferExclusion.NotInSegment),
            NotRequested = count(OfferExclusion.NotRequested),
            Redeemed = count(OfferExclusion.Redeemed),
            Purchased = count(OfferExclusion.Purchased),
            NotWhere = count(OfferExclusion.NotWhere),
        });
        Assert.All(all, one => Assert.Equal(one.Stage == OfferStage.LeftOut, one.Exclusion != OfferExclusion.None));
        Assert.All(all.Where(one => one.Stage == OfferStage.LeftOut), one => Assert.Equal((null, null, null), (one.Score, one.Place, one.Sources[0].Rank)));
    }

    /// <summary>All that were put in order have the places from 1 on, by score and then by id; those behind the last returned lost by what their scores differ.</summary>
    private static void CheckOrder(OfferExplanation[] all)
    {
        OfferExplanation[] ordered = InOrder(all);
        Assert.Equal(Enumerable.Range(1, ordered.Length), ordered.Select(one => one.Place!.Value));
        Assert.Equal(ordered.OrderByDescending(one => one.Score).ThenBy(one => one.OfferId).Select(one => one.OfferId), ordered.Select(one => one.OfferId));
        foreach (OfferExplanation one in ordered)
        {
            Assert.Equal(one.Place <= one.Summary.Count ? OfferStage.Returned : OfferStage.Outscored, one.Stage);
            Assert.Equal(one.Stage == OfferStage.Outscored ? one.LastScore - one.Score : null, one.Deficit);
        }
    }

    private static void CheckSources(OfferExplanation[] all, HybridFusion fusion, int quota, int wanted)
    {
        OfferExplanation[] admitted = [.. all.Where(one => one.Stage != OfferStage.LeftOut)];
        for (int member = 0; member < 2 && admitted.Length > 0; member++)
        {
            SourceStanding[] standings = Array.ConvertAll(admitted, one => one.Sources[member]);
            if (!standings[0].Answered)
            {
                continue;
            }

            OfferExplanation[] byScore = [.. admitted.OrderByDescending(one => one.Sources[member].Score).ThenBy(one => one.OfferId)];
            Assert.Equal(Enumerable.Range(1, byScore.Length), byScore.Select(one => one.Sources[member].Rank!.Value));
            Assert.Equal(byScore.Take(quota).Select(one => one.Sources[member].Score > 0), byScore.Take(quota).Select(one => one.Sources[member].Named));
            Assert.DoesNotContain(byScore.Skip(quota), one => one.Sources[member].Named);
            float? last = standings.Where(one => one.Named).Select(one => one.Score).DefaultIfEmpty(null).Min();
            Assert.All(standings, one => Assert.Equal((last, Math.Min(quota, admitted.Length)), (one.LastNamedScore, one.Quota!.Value)));
        }

        int named = admitted.Count(one => one.Sources.Any(source => source.Named));
        Assert.Equal(Math.Max(named, Math.Min(wanted, admitted.Length)), InOrder(all).Length);
        Assert.All(admitted.Where(one => one.Sources.Any(source => source.Named)), one => Assert.NotEqual(OfferStage.NotNamed, one.Stage));
        foreach (OfferExplanation one in InOrder(all))
        {
            double terms = one.Sources.Sum(source => source.Term ?? 0);
            Assert.Equal(one.Score!.Value, fusion == HybridFusion.Stacked ? one.Intercept!.Value + one.Signals.Sum(signal => signal.Contribution) : terms, 1e-4);
            Assert.Equal(fusion == HybridFusion.Stacked ? terms : 0, one.Signals.Where(signal => signal.Name.StartsWith("score.", StringComparison.Ordinal)).Sum(signal => signal.Contribution), 1e-4);
        }
    }

    private static OfferExplanation[] InOrder(OfferExplanation[] all) => [.. all.Where(one => one.Place is not null).OrderBy(one => one.Place)];

    private static RankRequest Wanting(RankRequest request, int count) => new()
    {
        Count = count,
        Only = request.Only,
        Except = request.Except,
        Where = request.Where,
        HideRedeemed = request.HideRedeemed,
        HidePurchased = request.HidePurchased,
    };

    private static RecommendationModel Model(RankScenario scenario, HybridFusion? fusion, int[] weights, int quota)
    {
        FactorModel als = HybridRankingTests.AlsOf(scenario);
        HybridMember[] members = [new("als", als) { Weight = 2, Candidates = quota }, new("knn", HybridRankingTests.Knn(als, weights)) { Candidates = quota }];
        return fusion switch
        {
            null => als,
            HybridFusion.Stacked => HybridModel.Stacked(members, HybridChoice.Stacker()),
            _ => HybridModel.Of(members, fusion.Value),
        };
    }
}
