using PromoRec.Models;
using PromoRec.Ranking;

namespace PromoRec.Tests.Ranking;

public class RecentActivityTests
{
    private static readonly CatalogSnapshot Catalog = TestShop.Snapshot(TestShop.OnItems("b", "book"), TestShop.OnItems("m", "mug"), TestShop.OnItems("t", "tea"));

    [Fact]
    public void A_stranger_is_ranked_by_their_first_event()
    {
        using var shop = new TestShop(Catalog, Model());
        Assert.Equal(RankTier.Popularity, shop.Ranker.Rank("new").Summary.Tier);

        shop.Activity.Record("new", [Viewed("book")]);

        RankedOffers ranked = shop.Ranker.Rank("new");
        Assert.Equal(RankTier.Als, ranked.Summary.Tier);
        Assert.Equal("b", ranked[0].Offer.Id);
        Assert.Equal(new RankReason(RankReasonKind.BecauseYouLiked, "book", ranked[0].Score), ranked[0].Reasons[0]);
    }

    [Fact]
    public void A_known_customer_is_ranked_by_old_and_new_events_together()
    {
        using var shop = new TestShop(Catalog, Model());
        Assert.Equal("t", shop.Ranker.Rank("ann")[0].Offer.Id);

        shop.Activity.Record("ann", [Viewed("book", 50)]);

        RankedOffers ranked = shop.Ranker.Rank("ann");
        Assert.Equal("b", ranked[0].Offer.Id);
        Assert.Equal("book", ranked[0].Reasons[0].Item);
        Assert.Equal("tea", ranked.Single(offer => offer.Offer.Id == "t").Reasons[0].Item);
    }

    [Fact]
    public void What_was_redeemed_or_purchased_since_the_training_is_hidden_at_once()
    {
        using var shop = new TestShop(Catalog, Model());

        shop.Activity.Record("ann", [new CustomerEvent("tea", default, 0, true, null), new CustomerEvent(default, "b", 0, true, null)]);

        RankedOffers ranked = shop.Ranker.Rank("ann");
        Assert.Equal("m", Assert.Single(ranked).Offer.Id);
        Assert.Equal(new ExclusionCounts { Redeemed = 1, Purchased = 1 }, ranked.Summary.Excluded);
        Assert.Equal(3, shop.Ranker.Rank("ben").Count);
    }

    [Fact]
    public void A_model_trained_on_the_events_uses_its_own_vector()
    {
        using var shop = new TestShop(Catalog, Model());
        shop.Activity.Record("ann", [Viewed("book", 2), Viewed("book", 3)]);
        float before = shop.Ranker.Rank("ann")[0].Score;

        shop.Live.Publish(new TestModel { Version = "newer" }.User("ann", 0, 7).Item("book", 0, 1).Item("mug", 0, 0).Item("tea", 1, 0).Likes("ann", "book", 5).Build());

        Assert.Equal(7, shop.Ranker.Rank("ann")[0].Score);
        Assert.True(shop.Live.RestorePrevious());
        Assert.Equal(before, shop.Ranker.Rank("ann")[0].Score);
    }

    [Fact]
    public void Events_outlive_the_model_they_came_after()
    {
        using var shop = new TestShop(Catalog);
        shop.Activity.Record("new", [Viewed("book")]);
        Assert.Equal(RankTier.Rules, shop.Ranker.Rank("new").Summary.Tier);

        shop.Live.Publish(Model());
        Assert.Equal("b", shop.Ranker.Rank("new")[0].Offer.Id);
        shop.Live.Publish(Model());
        shop.Live.Publish(Model());
        Assert.Equal("b", shop.Ranker.Rank("new")[0].Offer.Id);
    }

    [Fact]
    public void An_event_id_counts_once()
    {
        using var once = new TestShop(Catalog, Model());
        using var twice = new TestShop(Catalog, Model());
        once.Activity.Record("new", [Viewed("book", id: "e")]);
        twice.Activity.Record("new", [Viewed("book", id: "e"), Viewed("book", id: "e")]);
        twice.Activity.Record("new", [Viewed("book", id: "e")]);

        Assert.Equal(once.Ranker.Rank("new")[0].Score, twice.Ranker.Rank("new")[0].Score);
    }

    [Fact]
    public void Events_of_items_no_model_knows_change_no_scores()
    {
        using var shop = new TestShop(Catalog, Model());

        shop.Activity.Record("new", [Viewed("unheard-of")]);

        Assert.Equal(RankTier.Popularity, shop.Ranker.Rank("new").Summary.Tier);
    }

    [Fact]
    public void Memory_holds_the_latest_customers_and_their_latest_events()
    {
        var options = new RankingOptions { MaxRecentCustomers = 16, MaxRecentEventsPerCustomer = 3 };
        using var shop = new TestShop(Catalog, Model(), options: options);
        for (int i = 0; i < 1000; i++)
        {
            shop.Activity.Record(i, [new CustomerEvent("tea", default, 0, true, null)]);
            Assert.InRange(shop.Activity.Count, Math.Min(i + 1, 14), 16);
            Assert.NotNull(shop.Activity.Find(i));
        }

        for (int i = 0; i < 10; i++)
        {
            shop.Activity.Record("ann", [new CustomerEvent($"item{i}", $"offer{i}", 1, true, null)]);
        }

        CustomerActivity ann = shop.Activity.Find("ann")!;
        Assert.Equal(["item7", "item8", "item9"], ann.ConsumedItems.ToArray().Select(item => item.ToString()));
        Assert.Equal(["offer7", "offer8", "offer9"], ann.RedeemedOffers.ToArray().Select(offer => offer.ToString()));
    }

    [Fact]
    public void Zero_customers_switch_it_off()
    {
        using var shop = new TestShop(Catalog, Model(), options: new RankingOptions { MaxRecentCustomers = 0 });

        shop.Activity.Record("new", [Viewed("book")]);

        Assert.Equal(0, shop.Activity.Count);
    }

    [Fact]
    public void Values_beyond_single_precision_leave_the_customer_with_the_model_s_vector()
    {
        using var shop = new TestShop(Catalog, Model());

        shop.Activity.Record("ann", [Viewed("book", float.MaxValue), Viewed("book", float.MaxValue)]);

        Assert.Equal("t", shop.Ranker.Rank("ann")[0].Offer.Id);
    }

    [Fact]
    public async Task Events_recorded_while_models_change_reach_every_later_request()
    {
        using var shop = new TestShop(Catalog, Model());
        FactorModel[] models = [Model(), Model()];
        using var stop = new CancellationTokenSource();
        Task publishing = Task.Run(() =>
        {
            for (int i = 0; !stop.IsCancellationRequested; i++)
            {
                shop.Live.Publish(models[i % 2]);
            }
        });

        for (int i = 0; i < 300; i++)
        {
            UserId user = 1000 + (i % 50);
            shop.Activity.Record(user, [Viewed(i % 2 == 0 ? "book" : "mug")]);
            Assert.Equal(RankTier.Als, shop.Ranker.Rank(user).Summary.Tier);
        }

        await stop.CancelAsync();
        await publishing;
    }

    private static FactorModel Model() => new TestModel()
        .User("ann", 1, 0).User("ben", 1, 0)
        .Item("book", 0, 1).Item("mug", 0.5f, 0.5f).Item("tea", 1, 0)
        .Likes("ann", "tea").Likes("ben", "tea")
        .Build();

    private static CustomerEvent Viewed(ItemId item, float value = 1, string? id = null) => new(item, default, value, false, id);
}
