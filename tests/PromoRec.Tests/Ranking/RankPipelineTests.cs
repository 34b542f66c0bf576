using FsCheck;
using FsCheck.Fluent;
using PromoRec.Models;
using PromoRec.Ranking;
using PromoRec.Tests.Properties;

namespace PromoRec.Tests.Ranking;

public class RankPipelineTests
{
    [Fact]
    public void Ranking_equals_its_plain_twin_for_any_shop_and_request()
    {
        Gen<(RankScenario Scenario, RankRequest Request, int Count)> cases =
            from scenario in RankScenario.Generator from request in RankScenario.Requests from count in Gen.Choose(0, 12) select (scenario, request, count);
        Prop.ForAll(cases.ToArbitrary(), one => Check(one.Scenario, one.Request, one.Count)).Holds();
    }

    [Fact]
    public void Offers_begin_and_end_at_their_instant_however_time_passes()
    {
        var random = new Random(5);
        Offer[] offers = [.. Enumerable.Range(0, 500).Select(i => TestShop.Offer(i) with
        {
            ValidFrom = i % 3 == 0 ? null : TestShop.Noon.AddTicks(random.Next(20)),
            ValidTo = i % 4 == 0 ? null : TestShop.Noon.AddTicks(20 + random.Next(20)),
            Segments = i % 101 == 0 ? ["vip"] : [],
        })];
        using var shop = new TestShop(TestShop.Snapshot(offers), directory: new Segments(("ann", "vip")));
        for (int i = 0; i < 300; i++)
        {
            shop.Time.Now = TestShop.Noon.AddTicks(random.Next(-2, 45));
            UserId user = i % 2 == 0 ? "ann" : "ben";

            RankedOffers ranked = shop.Ranker.Rank(user, new RankRequest { Count = 1000 });

            bool valid(Offer offer) => (offer.ValidFrom ?? DateTimeOffset.MinValue) <= shop.Time.Now && shop.Time.Now < (offer.ValidTo ?? DateTimeOffset.MaxValue);
            bool isMember(Offer offer) => offer.Segments.Count == 0 || user == "ann";
            Assert.Equal(offers.Where(offer => valid(offer) && isMember(offer)).Select(offer => offer.Id).Order(), ranked.Select(one => one.Offer.Id));
            Assert.Equal((offers.Count(offer => !valid(offer)), offers.Count(offer => valid(offer) && !isMember(offer))), (ranked.Summary.Excluded.NotValidNow, ranked.Summary.Excluded.NotInSegment));
        }
    }

    private static void Check(RankScenario scenario, RankRequest request, int count)
    {
        using var shop = new TestShop(
            new CatalogSnapshot(scenario.Offers, scenario.Items), Model(scenario), new Segments([.. scenario.Members]), new RankingOptions { TargetSizeExponent = 0 });
        foreach ((UserId user, ItemId item) in scenario.BoughtSince)
        {
            shop.Activity.Record(user, [new CustomerEvent(item, default, 0, true, null)]);
        }

        foreach ((UserId user, OfferId offer) in scenario.RedeemedSince)
        {
            shop.Activity.Record(user, [new CustomerEvent(default, offer, 0, true, null)]);
        }

        var places = new RankedOffer[count];
        foreach (UserId user in RankScenario.Users)
        {
            RankSummary summary = shop.Ranker.Rank(user, places, request);
            string order = string.Join(' ', places.Take(summary.Count).Select(ranked => $"{ranked.Offer.Id}:{ranked.Score}"));

            Assert.Equal(RankPipelineTwin.Rank(scenario, user, request, count), (order, summary.Tier, summary.Excluded));
        }
    }

    private static FactorModel Model(RankScenario scenario)
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

        foreach ((UserId user, ItemId item) in scenario.Bought)
        {
            model.Consumed(user, item);
        }

        foreach ((UserId user, OfferId offer) in scenario.Redeemed)
        {
            model.Redeemed(user, offer);
        }

        return model.Build();
    }
}
