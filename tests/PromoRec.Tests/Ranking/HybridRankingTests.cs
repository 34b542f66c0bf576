using FsCheck;
using FsCheck.Fluent;
using PromoRec.Models;
using PromoRec.Models.Hybrid;
using PromoRec.Models.Knn;
using PromoRec.Numerics;
using PromoRec.Ranking;

namespace PromoRec.Tests.Ranking;

public sealed class HybridRankingTests
{
    private static readonly ItemId[] Items = [0, 1, 2, 3, 4, 5];

    [Fact]
    public void Ranking_by_two_models_equals_its_plain_twin()
    {
        Gen<(RankScenario Scenario, Choice Choice)> cases =
            from scenario in RankScenario.Generator
            from fusion in Gen.Elements(HybridFusion.Weighted, HybridFusion.ReciprocalRank)
            from weights in Gen.ArrayOf(Gen.Choose(-1, 2), Items.Length * Items.Length)
            from quota in Gen.Choose(1, 4)
            from count in Gen.Choose(0, 8)
            from first in Gen.Elements(0.5, 1, 3)
            select (scenario, new Choice(fusion, weights, quota, count, first));
        Prop.ForAll(cases.ToArbitrary(), one => Check(one.Scenario, one.Choice)).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_customer_of_whom_nothing_is_known_gets_what_is_popular_and_is_told_why()
    {
        using var shop = new TestShop(TestShop.Snapshot(TestShop.OnItems("a", 1), TestShop.OnItems("b", 2)), Hybrid(HybridFusion.Weighted));

        RankedOffers ranked = shop.Ranker.Rank("stranger");

        Assert.Equal((RankTier.Popularity, RankTierReason.NothingKnown), (ranked.Summary.Tier, ranked.Summary.TierReason));
        Assert.Equal(0, ranked[0].Sources.Count);
    }

    [Fact]
    public void An_answer_says_which_members_named_an_offer_and_for_whose_reasons_it_stands_there()
    {
        using var shop = new TestShop(TestShop.Snapshot(TestShop.OnItems("a", 1), TestShop.OnItems("b", 2)), Hybrid(HybridFusion.Weighted));

        RankedOffers ranked = shop.Ranker.Rank("ann", new RankRequest { HidePurchased = false });

        Assert.Equal(RankTier.Hybrid, ranked.Summary.Tier);
        Assert.Equal(RankTierReason.Highest, ranked.Summary.TierReason);
        Assert.Equal("b", ranked[0].Offer.Id.ToString());
        Assert.Equal(["als", "knn"], ranked[0].Sources.ToArray());
        Assert.True(ranked[0].Sources.Contains("knn"));
        Assert.False(ranked[0].Sources.Contains("content"));
        Assert.Equal(new RankReason(RankReasonKind.BecauseYouBought, 1, 1), ranked[0].Reasons[0] with { Weight = 1 });
    }

    [Fact]
    public void An_event_of_a_moment_ago_counts_for_every_member()
    {
        using var shop = new TestShop(TestShop.Snapshot(TestShop.OnItems("a", 1), TestShop.OnItems("b", 2)), Hybrid(HybridFusion.Weighted));
        shop.Activity.Record("newcomer", [new CustomerEvent(1, default, 1, false, null)]);

        RankedOffers ranked = shop.Ranker.Rank("newcomer");

        Assert.Equal(RankTier.Hybrid, ranked.Summary.Tier);
        Assert.Equal(["als", "knn"], ranked[0].Sources.ToArray());
    }

    [Fact]
    public void Faulty_members_are_refused_all_at_once()
    {
        FactorModel als = Als();
        ArgumentException fault = Assert.Throws<ArgumentException>(() => HybridModel.Of(
        [
            new("a b", als) { Weight = 0 }, new("als", als) { Candidates = 0 }, new("als", als), new("other", new TestModel().User("x", 1, 1).Item("y", 1, 1).Build()),
            new("nested", HybridModel.Of([new("als", als)])),
        ]));

        Assert.Contains("but is 'a b'", fault.Message, StringComparison.Ordinal);
        Assert.Contains("the Weight of 'a b' must be above 0 and at most 1,000,000, but is 0", fault.Message, StringComparison.Ordinal);
        Assert.Contains("the Candidates of 'als' must be 1 to 100,000, but is 0", fault.Message, StringComparison.Ordinal);
        Assert.Contains("2 members are named 'als'", fault.Message, StringComparison.Ordinal);
        Assert.Contains("'nested' is a hybrid itself", fault.Message, StringComparison.Ordinal);
        Assert.Contains("'other' knows customers or items that another does not", fault.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => HybridModel.Of([]));
    }

    private static void Check(RankScenario scenario, Choice choice)
    {
        FactorModel als = AlsOf(scenario);
        HybridModel hybrid = HybridModel.Of(
            [new("als", als) { Weight = choice.First, Candidates = choice.Quota }, new("knn", Knn(als, choice.Weights)) { Candidates = choice.Quota }], choice.Fusion);
        using var shop = new TestShop(new CatalogSnapshot(scenario.Offers, scenario.Items), hybrid, new Segments([.. scenario.Members]), new RankingOptions { TargetSizeExponent = 0 });
        var everything = new RankRequest { HidePurchased = false, HideRedeemed = false };
        var places = new RankedOffer[choice.Count];
        var all = new RankedOffer[scenario.Offers.Length];
        foreach (UserId user in RankScenario.Users)
        {
            RankSummary summary = shop.Ranker.Rank(user, places, everything);
            OfferId[] admitted = [.. all[..shop.Ranker.Rank(user, all, everything).Count].Select(ranked => ranked.Offer.Id)];
            if (summary.Tier != RankTier.Hybrid)
            {
                Assert.DoesNotContain(Scores(scenario, choice, user, scenario.Offers).SelectMany(scores => scores), score => score != 0);
                continue;
            }

            IEnumerable<(OfferId Id, float Score)> expected = Twin(scenario, choice, user, [.. scenario.Offers.Where(offer => admitted.Contains(offer.Id))]);
            Assert.Equal(expected, places.Take(summary.Count).Select(ranked => (ranked.Offer.Id, ranked.Score)));
        }
    }

    /// <summary>Each model names its best offers with a score above zero; the terms of the named ones, over the largest of the catalog, are added up, and the list is filled up by id.</summary>
    private static IEnumerable<(OfferId Id, float Score)> Twin(RankScenario scenario, Choice choice, UserId user, Offer[] admitted)
    {
        float[] weights = [(float)choice.First, 1];
        float[][] scores = Scores(scenario, choice, user, admitted);
        float[][] ofAll = Scores(scenario, choice, user, scenario.Offers);
        var terms = new Dictionary<OfferId, float[]>();
        for (int member = 0; member < 2; member++)
        {
            (OfferId Id, float Score)[] named = [.. admitted.Select((offer, at) => (offer.Id, scores[member][at]))
                .OrderByDescending(one => one.Item2).ThenBy(one => one.Id).Where(one => one.Item2 > 0).Take(Math.Max(choice.Quota, choice.Count))];
            for (int place = 0; place < named.Length; place++)
            {
                terms.TryAdd(named[place].Id, [0, 0]);
                terms[named[place].Id][member] = choice.Fusion == HybridFusion.ReciprocalRank ? weights[member] / (60 + place + 1) : 0;
            }
        }

        foreach (OfferId id in admitted.Select(offer => offer.Id).Order().Where(id => !terms.ContainsKey(id)).Take(Math.Max(0, choice.Count - terms.Count)).ToArray())
        {
            terms[id] = [0, 0];
        }

        if (choice.Fusion == HybridFusion.Weighted)
        {
            foreach ((OfferId id, float[] own) in terms)
            {
                int at = Array.FindIndex(admitted, offer => offer.Id == id);
                for (int member = 0; member < 2; member++)
                {
                    float largest = ofAll[member].Max();
                    own[member] = largest > 0 ? weights[member] * Math.Clamp(scores[member][at] / largest, -1, 1) : 0;
                }
            }
        }

        return terms.Select(pair => (pair.Key, pair.Value[0] + pair.Value[1])).OrderByDescending(pair => pair.Item2).ThenBy(pair => pair.Key).Take(choice.Count);
    }

    /// <summary>By factors, and by neighbours; β = 0 and small whole numbers, so that sums are exact in any order.</summary>
    private static float[][] Scores(RankScenario scenario, Choice choice, UserId user, Offer[] offers)
    {
        float[] vector = scenario.UserVectors.GetValueOrDefault(user) ?? [0, 0];
        float als(ItemId item) => (vector[0] * scenario.ItemVectors[item][0]) + (vector[1] * scenario.ItemVectors[item][1]);
        float knn(ItemId item) => scenario.Likes.Where(like => like.User == user).Sum(like => choice.Weights[(Array.IndexOf(Items, like.Item) * Items.Length) + Array.IndexOf(Items, item)]);
        return [Array.ConvertAll(offers, offer => RankPipelineTwin.Items(scenario, offer).Sum(als)), Array.ConvertAll(offers, offer => RankPipelineTwin.Items(scenario, offer).Sum(knn))];
    }

    internal static FactorModel AlsOf(RankScenario scenario)
    {
        var model = new TestModel();
        foreach ((ItemId item, float[] vector) in scenario.ItemVectors)
        {
            model.Item(item, vector);
        }

        foreach ((UserId user, float[] vector) in scenario.UserVectors)
        {
            model.User(user, vector);
        }

        foreach ((UserId user, ItemId item) in scenario.Likes)
        {
            model.Likes(user, item);
        }

        return model.Build();
    }

    private static FactorModel Als() => new TestModel().User("ann", 1, 0).Item(1, 0.5f, 0).Item(2, 1, 0).Likes("ann", 1).Consumed("ann", 1).Build();

    private static HybridModel Hybrid(HybridFusion fusion)
    {
        FactorModel als = Als();
        return HybridModel.Of([new("als", als), new("knn", Knn(als, [0, 1, 1, 0]))], fusion);
    }

    /// <summary>An item-to-item model with given weights, row by row.</summary>
    internal static ItemItemModel Knn(FactorModel like, int[] weights)
    {
        int items = like.ItemCount;
        var offsets = new List<long> { 0 };
        var columns = new List<int>();
        var values = new List<float>();
        for (int row = 0; row < items; row++)
        {
            for (int column = 0; column < items; column++)
            {
                if (weights[(row * items) + column] != 0)
                {
                    columns.Add(column);
                    values.Add(weights[(row * items) + column]);
                }
            }

            offsets.Add(columns.Count);
        }

        return new ItemItemModel(like.Users, like.Items, new CsrMatrix(items, offsets.ToArray(), columns.ToArray(), values.ToArray()), false, like.History, new ModelManifest { Version = "knn", Algorithm = "item-knn" });
    }

    private sealed record Choice(HybridFusion Fusion, int[] Weights, int Quota, int Count, double First);
}
