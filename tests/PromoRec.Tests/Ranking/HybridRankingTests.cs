using FsCheck;
using FsCheck.Fluent;
using PromoRec.Models;
using PromoRec.Models.Hybrid;
using PromoRec.Models.Knn;
using PromoRec.Numerics;
using PromoRec.Ranking;
using PromoRec.Tests.Properties;

namespace PromoRec.Tests.Ranking;

public sealed class HybridRankingTests
{
    [Fact]
    public void Ranking_by_two_models_equals_its_plain_twin()
    {
        Gen<(RankScenario Scenario, HybridChoice Choice, int Count)> cases =
            from scenario in RankScenario.Generator
            from choice in HybridChoice.Of(HybridFusion.Weighted, HybridFusion.WeightedRoots, HybridFusion.ReciprocalRank)
            from count in Gen.Choose(0, 8)
            select (scenario, choice, count);
        Prop.ForAll(cases.ToArbitrary(), one => Check(one.Scenario, one.Choice, one.Count)).Holds();
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

    private static void Check(RankScenario scenario, HybridChoice choice, int count)
    {
        using var shop = new TestShop(new CatalogSnapshot(scenario.Offers, scenario.Items), choice.Model(scenario), new Segments([.. scenario.Members]), new RankingOptions { TargetSizeExponent = 0 });
        var everything = new RankRequest { HidePurchased = false, HideRedeemed = false };
        var places = new RankedOffer[count];
        var all = new RankedOffer[scenario.Offers.Length];
        foreach (UserId user in RankScenario.Users)
        {
            RankSummary summary = shop.Ranker.Rank(user, places, everything);
            OfferId[] admitted = [.. all[..shop.Ranker.Rank(user, all, everything).Count].Select(ranked => ranked.Offer.Id)];
            if (summary.Tier != RankTier.Hybrid)
            {
                Assert.DoesNotContain(HybridTwin.Scores(scenario, choice, user, scenario.Offers).SelectMany(scores => scores), score => score != 0);
                continue;
            }

            IEnumerable<(OfferId Id, float Score)> expected = HybridTwin.Candidates(scenario, choice, user, [.. scenario.Offers.Where(offer => admitted.Contains(offer.Id))], count).Take(count);
            Assert.Equal(expected, places.Take(summary.Count).Select(ranked => (ranked.Offer.Id, ranked.Score)));
        }
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
}
