using System.Text;
using System.Text.Json;
using PromoRec.Interactions;
using PromoRec.Profiles;

namespace PromoRec.Tests.Profiles;

public class CustomerProfilesTests
{
    [Fact]
    public void Erasing_leaves_nothing_not_even_the_ids_of_events_seen()
    {
        Interaction purchase = ProfileShop.Purchase(0) with { EventId = "e1" };
        ProfileShop shop = new ProfileShop().With(purchase, ProfileShop.Purchase(1) with { User = "ben" });
        shop.Profiles.SetTag("ann", new CustomerTag("vip", "shop", ProfileShop.Noon));
        shop.Profiles.Segment();
        byte[] ofBen = shop.Profiles.Export("ben")!;

        Assert.True(shop.Profiles.Forget("ann"));

        Assert.Null(shop.Profiles.Find("ann"));
        Assert.Null(shop.Profiles.Export("ann"));
        Assert.Equal(1, shop.Profiles.Count);
        Assert.False(shop.Profiles.Forget("ann"));
        Assert.Equal(ofBen, shop.Profiles.Export("ben"));
        Assert.Null(shop.Profiles.Segment().Find("ann"));

        // Had its id been remembered, the event would not count again.
        shop.With(purchase);
        string json = Encoding.UTF8.GetString(shop.Profiles.Export("ann")!);
        Assert.Equal((1, 1.0, null), (shop.Ann.Events, shop.Ann.InterestInCategory("tea"), shop.Ann.Segment));
        Assert.DoesNotContain("vip", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Whoever_is_erased_while_others_add_is_either_gone_or_begins_anew()
    {
        var shop = new ProfileShop();
        Parallel.For(0, 2_000, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i =>
        {
            if (i % 3 == 0)
            {
                shop.Profiles.Forget("ann");
            }
            else
            {
                shop.With(ProfileShop.Purchase(i % 2) with { EventId = $"e{i}" });
                shop.Profiles.Segment();
            }
        });

        shop.Profiles.Forget("ann");
        Assert.Equal((0, null), (shop.Profiles.Count, shop.Profiles.Export("ann")));
    }

    [Fact]
    public void The_export_tells_everything_that_is_kept_in_plain_words()
    {
        ProfileShop shop = new ProfileShop().With(
            new Interaction("ann", (ItemId)0, InteractionKind.Purchase, ProfileShop.Noon.AddHours(1).ToOffset(TimeSpan.FromHours(2)).AddDays(-1))
            {
                Value = 2,
                Offer = "summer <sale>",
                EventId = "\uD800 half",
                Details = new InteractionDetails { Amount = 3.50m, Discount = 0.5m, OrderId = "o-1", Channel = ChannelId.WeChat },
            },
            new Interaction("ann", (OfferId)9, InteractionKind.Click, default));
        shop.Profiles.SetTag("ann", new CustomerTag("Käufer", "CRM", ProfileShop.Noon));
        shop.Profiles.Segment();

        byte[] json = shop.Profiles.Export("ann")!;

        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement root = document.RootElement;
        Assert.Equal("ann", root.GetProperty("customer").GetString());
        Assert.Equal("Käufer", root.GetProperty("tags")[0].GetProperty("name").GetString());
        Assert.Equal("tea", root.GetProperty("categories")[0].GetProperty("name").GetString());
        Assert.Equal((1, 3.5m), (root.GetProperty("purchases").GetProperty("orders").GetInt32(), root.GetProperty("purchases").GetProperty("spent").GetDecimal()));
        Assert.Equal(24, root.GetProperty("hours").GetArrayLength());
        Assert.Equal(1, root.GetProperty("channels").GetProperty("wechat").GetDouble());
        Assert.Equal(3, root.GetProperty("segment").GetProperty("monetaryQuintile").GetInt32());
        JsonElement[] events = [.. root.GetProperty("events").EnumerateArray()];
        Assert.Equal(["click", "purchase"], events.Select(e => e.GetProperty("kind").GetString()));
        Assert.False(events[0].TryGetProperty("at", out _));
        Assert.Equal(ProfileShop.Noon.AddHours(1).AddDays(-1), events[1].GetProperty("at").GetDateTimeOffset());
        Assert.Equal(("summer <sale>", "o-1", 3.5m), (events[1].GetProperty("offer").GetString(), events[1].GetProperty("order").GetString(), events[1].GetProperty("amount").GetDecimal()));
        Assert.Contains("summer <sale>", Encoding.UTF8.GetString(json), StringComparison.Ordinal);
    }

    [Fact]
    public void Tags_have_a_source_and_a_time_and_the_last_word_counts()
    {
        var shop = new ProfileShop();
        CustomerTag bySurvey = new("parent", "survey", ProfileShop.Noon.AddDays(-2));
        CustomerTag byShop = new("parent", "shop", ProfileShop.Noon.AddDays(-1).ToOffset(TimeSpan.FromHours(3)));
        shop.Profiles.SetTag("ann", byShop);
        shop.Profiles.SetTag("ann", bySurvey);
        Assert.Equal([byShop, bySurvey], shop.Ann.Tags);

        shop.Profiles.RemoveTag("ann", "parent", "shop", ProfileShop.Noon.AddDays(-1));
        Assert.Equal([bySurvey], shop.Ann.Tags);
        shop.Profiles.SetTag("ann", byShop);
        Assert.Equal([bySurvey], shop.Ann.Tags);
        shop.Profiles.SetTag("ann", new CustomerTag("parent", "shop", ProfileShop.Noon.AddTicks(1)));
        Assert.Equal([bySurvey], shop.Ann.Tags);
        shop.Time.Now = ProfileShop.Noon.AddTicks(1);
        Assert.Equal(2, shop.Ann.Tags.Count);
        shop.Profiles.RemoveTag("ann", "parent", "shop");
        Assert.Equal([bySurvey], shop.Ann.Tags);
    }

    [Fact]
    public void A_tag_that_is_none_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new CustomerTag(" ", "shop", default));
        Assert.Throws<ArgumentException>(() => new CustomerTag("vip", "", default));
        Assert.Throws<ArgumentException>(() => new CustomerTag(new string('x', 129), "shop", default));
        Assert.Throws<ArgumentException>(() => new CustomerTag("\uDC00\uFFFD", "shop", default));
        Assert.Throws<ArgumentException>(() => new ProfileShop().Profiles.SetTag(default, new CustomerTag("😀", "shop", default)));
        Assert.Throws<ArgumentException>(() => new ProfileShop().Profiles.RemoveTag("ann", "", "shop"));
    }

    [Fact]
    public void Too_many_customers_drop_those_of_whom_nothing_was_heard_for_longest()
    {
        var shop = new ProfileShop(options => options.MaxCustomers = 16);
        shop.With([.. Enumerable.Range(0, 16).Select(user => ProfileShop.Purchase(0, user) with { User = user })]);
        Assert.Equal((16, 0), (shop.Profiles.Count, shop.Profiles.Dropped));
        shop.Profiles.SetTag(15, new CustomerTag("vip", "shop", ProfileShop.Noon));

        shop.With(ProfileShop.Purchase(0, 0.5) with { User = 99 });

        Assert.Equal((14, 3), (shop.Profiles.Count, shop.Profiles.Dropped));
        Assert.Equal([12, 13, 14], Enumerable.Range(0, 16).Where(user => shop.Profiles.Find(user) is null));
        Assert.NotNull(shop.Profiles.Find(99));
    }

    [Fact]
    public void Too_many_events_drop_the_oldest_and_purchases_last()
    {
        ProfileShop shop = new ProfileShop(options => options.MaxEventsPerCustomer = 3).With(
        [
            ProfileShop.Purchase(2, 100, 1m, "o1"),
            .. Enumerable.Range(0, 80).Select(i => new Interaction("ann", (ItemId)0, InteractionKind.View, ProfileShop.Noon.AddDays(-i))),
            ProfileShop.Purchase(2, 200, 2m, "o2"),
        ]);

        Assert.Equal((3, 2, 3m, 0.2), (shop.Ann.Events, shop.Ann.Rfm.Frequency, shop.Ann.Rfm.Monetary, shop.Ann.InterestInCategory("tea")));
    }

    [Fact]
    public void Events_that_say_nothing_are_not_kept()
    {
        ProfileShop shop = new ProfileShop(options => options.Weights[InteractionKind.Purchase] = new InteractionWeight(0)).With(
            new Interaction("ann", (ItemId)0, InteractionKind.Impression, ProfileShop.Noon),
            new Interaction("ann", (ItemId)0, new InteractionKind("wishlist"), ProfileShop.Noon));
        Assert.Equal(0, shop.Profiles.Count);

        Assert.Equal(1, shop.With(ProfileShop.Purchase(0)).Ann.Rfm.Frequency);
    }

    [Fact]
    public void A_batch_with_a_bad_event_is_refused_as_a_whole()
    {
        var shop = new ProfileShop();

        Assert.Throws<ArgumentException>(() => shop.With(ProfileShop.Purchase(0), default));
        Assert.Throws<ArgumentException>(() => shop.With(ProfileShop.Purchase(0), ProfileShop.Purchase(0) with { Value = double.NaN }));
        Assert.Throws<ArgumentNullException>(() => shop.Profiles.Add(null!));
        Assert.Equal(0, shop.Profiles.Count);
        Assert.Null(shop.Profiles.Find(default));
        Assert.False(shop.Profiles.Forget(default));
    }

    [Fact]
    public async Task A_log_is_loaded_and_what_came_meanwhile_counts_once()
    {
        var log = new InMemoryInteractionLog();
        Interaction[] events = [.. Enumerable.Range(0, 3_000).Select(i => ProfileShop.Purchase(i % 3, i * 0.01) with { User = i % 5, EventId = $"e{i}" })];
        await log.AppendAsync(events);
        ProfileShop shop = new ProfileShop().With(events[..100]);
        ProfileShop direct = new ProfileShop().With(events);

        Assert.Equal(3_000, await shop.Profiles.LoadAsync(log));

        Assert.All(Enumerable.Range(0, 5), user => Assert.Equal(direct.Profiles.Export(user), shop.Profiles.Export(user)));
    }

    [Fact]
    public void Every_fault_of_the_options_is_named_at_once()
    {
        var options = new CustomerProfileOptions
        {
            Weights = null!,
            HalfLife = TimeSpan.Zero,
            PurchaseWindow = TimeSpan.FromDays(36_501),
            TimeZone = "Nowhere",
            DiscountPriorShare = double.NaN,
            DiscountPriorOrders = 0,
            PricePriorPurchases = double.PositiveInfinity,
            HourPriorEvents = -1,
            MaxCustomers = 0,
            MaxEventsPerCustomer = 100_001,
            MaxTagsPerCustomer = 0,
            Clusters = 0,
            ClusterFeatures = 0,
            ClusterStarts = 101,
            Threads = -1,
        };

        string message = Assert.Throws<ArgumentException>(options.Validate).Message;

        Assert.All(
            ["Weights", "HalfLife", "PurchaseWindow", "TimeZone", "DiscountPriorShare", "DiscountPriorOrders", "PricePriorPurchases", "HourPriorEvents", "MaxCustomers", "MaxEventsPerCustomer", "MaxTagsPerCustomer", "Clusters", "ClusterFeatures", "ClusterStarts", "Threads"],
            name => Assert.Contains($"{name} must", message, StringComparison.Ordinal));
        Assert.Throws<ArgumentException>(() => new CustomerProfiles(new InMemoryOfferCatalog(), options));
        new CustomerProfileOptions().Validate();
    }
}
