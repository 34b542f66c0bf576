using PromoRec.Datasets;
using PromoRec.Interactions;

namespace PromoRec.Tests.Datasets;

public class DatasetBuilderTests
{
    [Fact]
    public void Values_are_weighted_decayed_and_added()
    {
        var options = new DatasetOptions();
        options.Weights[InteractionKind.Purchase] = new InteractionWeight(1, TimeSpan.FromDays(10));
        options.Weights[InteractionKind.View] = new InteractionWeight(0.2, TimeSpan.FromDays(5), Floor: 0.25);
        InteractionDataset dataset = Build(
            options,
            Events.Purchase("anna", "tea", day: 0) with { Value = 3 }, // two half-lives old: 3 / 4
            Events.Purchase("anna", "tea", day: 10),                   // one: 1 / 2
            Events.Of("anna", "tea", InteractionKind.View, Events.Day(0)), // four, but the floor holds: 0.2 / 4
            Events.Of("anna", "cup", InteractionKind.Dismiss, Events.Day(20)), // -0.5, no decay
            Events.Of("bert", "tea", InteractionKind.Cart, default), // time unknown: 0.5
            Events.Purchase("bert", "cup", day: 20));
        Assert.Equal(
            new() { [("anna", "tea")] = (float)1.3, [("anna", "cup")] = -0.5f, [("bert", "tea")] = 0.5f, [("bert", "cup")] = 1 },
            dataset.Values());
        Assert.Equal(new() { ("anna", "tea"), ("bert", "cup") }, dataset.ItemsConsumed());
        Assert.Equal((Events.Day(0), Events.Day(20), Events.Day(20), 1L), (dataset.Quality.First, dataset.Quality.Last, dataset.Quality.AsOf, dataset.Quality.UnknownTimes));
    }

    [Fact]
    public void An_event_of_exactly_one_half_life_counts_exactly_half()
    {
        var options = new DatasetOptions { AsOf = Events.Day(30) };
        options.Weights.SetHalfLife(TimeSpan.FromDays(30));
        Assert.Equal(0.5f, Assert.Single(Build(options, Events.Purchase(1, 1)).Values()).Value);
    }

    [Theory]
    [InlineData(ValueAggregation.Sum, 3.5f)]
    [InlineData(ValueAggregation.Max, 3f)]
    [InlineData(ValueAggregation.Latest, 0.5f)]
    public void Several_events_of_a_pair_are_combined_as_asked(ValueAggregation aggregation, float expected)
    {
        InteractionDataset dataset = Build(
            new DatasetOptions { Aggregation = aggregation },
            new Interaction(1, (ItemId)1, InteractionKind.Cart, Events.Day(3)),
            Events.Purchase(1, 1, day: 2) with { Value = 3 },
            new Interaction(1, (ItemId)1, InteractionKind.Dismiss, Events.Day(3)),
            new Interaction(1, (ItemId)1, InteractionKind.Cart, default));
        Assert.Equal(expected, Assert.Single(dataset.Values()).Value);
    }

    [Fact]
    public void A_sum_that_depends_on_its_order_is_always_added_in_the_same_one()
    {
        // What is small drowns in 1e17 unless 1e17 and -1e17 have cancelled out before it is added.
        Interaction[] events = [.. ((double[])[1e17, -1e17, 0.3, 1]).Select(value => Events.Purchase(1, 1) with { Value = value })];
        IEnumerable<int[]> orders = from a in Enumerable.Range(0, 4)
                                    from b in Enumerable.Range(0, 4)
                                    from c in Enumerable.Range(0, 4)
                                    where a != b && b != c && a != c
                                    select (int[])[a, b, c, 6 - a - b - c];
        Assert.Single(orders.Select(order => Build(new DatasetOptions(), [.. order.Select(place => events[place])]).Fingerprint).Distinct());
    }

    [Fact]
    public void What_cancels_out_exactly_is_not_stored_but_a_purchase_keeps_its_row()
    {
        InteractionDataset dataset = Build(
            new DatasetOptions(),
            Events.Purchase("anna", "tea"),
            Events.Purchase("anna", "tea", day: 1) with { Value = -1 },
            Events.Of("bert", "cup", InteractionKind.Cart, Events.Day(0)),
            Events.Of("bert", "cup", InteractionKind.Dismiss, Events.Day(0)));
        Assert.Equal((1, 1, 0), (dataset.UserCount, dataset.ItemCount, dataset.Count));
        Assert.Equal(new() { ("anna", "tea") }, dataset.ItemsConsumed());
    }

    [Fact]
    public void Who_only_has_weightless_events_gets_no_row_and_they_are_counted()
    {
        InteractionDataset dataset = Build(
            new DatasetOptions(),
            Events.Purchase("anna", "tea"),
            Events.Of("bert", "cup", InteractionKind.Impression, Events.Day(0)),
            new Interaction("cleo", (OfferId)"o1", InteractionKind.Unsubscribe, Events.Day(0)));
        Assert.Equal((1, 1, 0, 2L, 3L), (dataset.UserCount, dataset.ItemCount, dataset.Offers.Count, dataset.Quality.Weightless, dataset.Quality.Kept));
        Assert.Equal(Build(new DatasetOptions(), Events.Purchase("anna", "tea")).Fingerprint, dataset.Fingerprint);
    }

    [Fact]
    public void A_redemption_consumes_the_offer_and_the_item()
    {
        InteractionDataset dataset = Build(
            new DatasetOptions(),
            new Interaction("anna", (OfferId)"o1", InteractionKind.Redeem, Events.Day(0)) { Item = "tea" },
            new Interaction("bert", (OfferId)"o2", InteractionKind.Purchase, Events.Day(0)),
            new Interaction("bert", (OfferId)"o3", InteractionKind.Click, Events.Day(0)),
            new Interaction("bert", (OfferId)"o4", InteractionKind.Redeem, Events.Day(0)) { Value = -1 });
        Assert.Equal(new() { ("anna", "o1"), ("bert", "o2") }, dataset.OffersConsumed());
        Assert.Equal(new() { ("anna", "tea") }, dataset.ItemsConsumed());
        Assert.Equal((2, 1, 2), (dataset.UserCount, dataset.ItemCount, dataset.Offers.Count));
    }

    [Fact]
    public void What_is_left_out_is_counted_under_its_first_cause()
    {
        var options = new DatasetOptions
        {
            AsOf = Events.Day(10),
            KnownItems = new HashSet<ItemId> { "tea" },
            KnownOffers = new HashSet<OfferId> { "o1" },
            MaxValue = 5,
            MaxEventsPerUser = 2,
            ExcludeOutlierUsers = true,
        };
        InteractionDataset dataset = Build(
            options,
            Events.Purchase("anna", "tea") with { EventId = "1" },
            Events.Purchase("anna", "tea") with { EventId = "1" },
            Events.Purchase("anna", "tea", day: 1) with { EventId = "1" },
            Events.Purchase("anna", "cup", day: 99),
            new Interaction("anna", (OfferId)"o2", InteractionKind.Redeem, Events.Day(0)),
            Events.Purchase("anna", "tea", day: 11),
            Events.Purchase("anna", "tea", day: 10) with { Value = 7 },
            Events.Purchase("robot", "tea"),
            Events.Purchase("robot", "tea"),
            Events.Purchase("robot", "tea"),
            Events.Of("bert", "tea", InteractionKind.Impression, default));
        Assert.Equal(
            new DataQualityReport
            {
                Events = 11,
                Duplicates = 2,
                ConflictingDuplicates = 1,
                Orphans = 2,
                FutureTimes = 1,
                OutlierUsers = 1,
                OutlierUserEvents = 3,
                Kept = 3,
                OutlierValues = 1,
                Weightless = 1,
                UnknownTimes = 1,
                First = Events.Day(0),
                Last = Events.Day(99),
                AsOf = Events.Day(10),
            },
            dataset.Quality);
        Assert.Equal(6f, Assert.Single(dataset.Values()).Value);
    }

    [Fact]
    public void Outlier_customers_stay_unless_they_are_to_be_excluded()
    {
        InteractionDataset dataset = Build(new DatasetOptions { MaxEventsPerUser = 1 }, Events.Purchase("robot", "tea"), Events.Purchase("robot", "cup"));
        Assert.Equal((1L, 0L, 2), (dataset.Quality.OutlierUsers, dataset.Quality.OutlierUserEvents, dataset.Count));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void A_value_that_is_not_finite_is_refused_by_name_and_value(double value)
    {
        ArgumentException refused = Assert.Throws<ArgumentException>(() => new DatasetBuilder().Add(Events.Purchase(1, 1) with { Value = value }));
        Assert.Contains($"Value of an interaction must be a finite number, but is {value:R}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_without_customer_target_or_weight_is_refused_and_leaves_nothing()
    {
        var builder = new DatasetBuilder();
        Assert.Contains("User", Assert.Throws<ArgumentException>(() => builder.Add(default)).Message, StringComparison.Ordinal);
        Assert.Contains("Item", Assert.Throws<ArgumentException>(() => builder.Add(Events.Purchase(1, default))).Message, StringComparison.Ordinal);
        Assert.Contains("'wishlist' has no weight", Assert.Throws<ArgumentException>(() => builder.Add(new Interaction(1, (ItemId)1, new InteractionKind("wishlist"), default))).Message, StringComparison.Ordinal);
        Assert.Equal(PromoRecErrorCode.InvalidDataset, Assert.Throws<PromoRecException>(() => builder.Build()).Code);
    }

    [Fact]
    public void Values_too_large_for_float32_are_refused_with_what_to_do()
    {
        PromoRecException refused = Assert.Throws<PromoRecException>(() => Build(new DatasetOptions(), Events.Purchase(1, 1) with { Value = 1e300 }));
        Assert.Equal(PromoRecErrorCode.InvalidDataset, refused.Code);
        Assert.Contains("MaxValue", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_customer_one_item_and_a_customer_with_everything_work()
    {
        Assert.Equal((1, 1, 1), Shape(Build(new DatasetOptions(), Events.Purchase("anna", "tea"))));
        Interaction[] everything = [.. Enumerable.Range(0, 5_000).Select(item => Events.Purchase("anna", item)), Events.Purchase("bert", 77)];
        InteractionDataset dataset = Build(new DatasetOptions(), everything);
        Assert.Equal((2, 5_000, 5_001), Shape(dataset));
        Assert.Equal(5_000, dataset.ByUser.RowLength(0));
    }

    [Fact]
    public void Ids_of_any_script_and_length_get_rows_in_ordinal_order()
    {
        string[] ids = ["客户", "😀", "10", "9", new string('z', 4096), "\uFFFD", "a"];
        InteractionDataset dataset = Build(new DatasetOptions(), [.. ids.Select(id => Events.Purchase(id, id))]);
        Assert.Equal(ids.Order(StringComparer.Ordinal), Enumerable.Range(0, ids.Length).Select(row => dataset.Users.IdAt(row).ToString()));
    }

    [Fact]
    public void More_events_and_another_dataset_can_follow()
    {
        var builder = new DatasetBuilder();
        builder.Add(Events.Purchase("anna", "tea"));
        InteractionDataset first = builder.Build(TestContext.Current.CancellationToken);
        builder.Add(Events.Purchase("bert", "cup"));
        InteractionDataset second = builder.Build(TestContext.Current.CancellationToken);
        Assert.Equal((1, 1, 1), Shape(first));
        Assert.Equal((2, 2, 2), Shape(second));
        Assert.NotEqual(first.Fingerprint, second.Fingerprint);
    }

    [Fact]
    public void The_fingerprint_is_of_the_content_and_the_same_everywhere()
    {
        InteractionDataset dataset = Build(new DatasetOptions(), Events.Purchase("anna", "tea"), Events.Purchase(42, "cup") with { Value = 2.5 });
        Assert.Equal("381a6ae730aed0f656d430214f11149a57d799646df190871df2019e0737a54c", dataset.Fingerprint);
        Assert.NotEqual(dataset.Fingerprint, Build(new DatasetOptions(), Events.Purchase("anna", "tea"), Events.Purchase(42, "cup")).Fingerprint);
        Assert.NotEqual(dataset.Fingerprint, Build(new DatasetOptions(), Events.Purchase("anna", "tea") with { At = Events.Day(1) }, Events.Purchase(42, "cup") with { Value = 2.5 }).Fingerprint);
        Assert.NotEqual(dataset.Fingerprint, Build(new DatasetOptions(), Events.Purchase("anna", "teacup"), Events.Purchase(42, "cup") with { Value = 2.5 }).Fingerprint);
    }

    [Fact]
    public void Later_changes_of_the_options_do_not_reach_the_builder()
    {
        var options = new DatasetOptions();
        var builder = new DatasetBuilder(options);
        options.Weights[InteractionKind.Purchase] = new InteractionWeight(9);
        builder.Add(Events.Purchase(1, 1));
        Assert.Equal(1f, Assert.Single(builder.Build(TestContext.Current.CancellationToken).Values()).Value);
    }

    [Fact]
    public async Task A_log_is_read_into_the_builder()
    {
        var log = new InMemoryInteractionLog();
        await log.AppendAsync([Events.Purchase("anna", "tea"), Events.Purchase("bert", "cup")], TestContext.Current.CancellationToken);
        var builder = new DatasetBuilder();
        await builder.AddRangeAsync(log.ReadAsync(TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        Assert.Equal((2, 2, 2), Shape(builder.Build(TestContext.Current.CancellationToken)));
    }

    [Fact]
    public void A_cancelled_build_stops_and_can_be_repeated()
    {
        var builder = new DatasetBuilder();
        builder.Add(Events.Purchase(1, 1));
        Assert.ThrowsAny<OperationCanceledException>(() => builder.Build(new CancellationToken(canceled: true)));
        Assert.Equal((1, 1, 1), Shape(builder.Build(TestContext.Current.CancellationToken)));
    }

    [Fact]
    public void All_faults_of_the_options_are_named_at_once()
    {
        var options = new DatasetOptions { Aggregation = (ValueAggregation)9, MaxValue = double.NaN, MaxEventsPerUser = 0, AsOf = default(DateTimeOffset) };
        options.Weights[InteractionKind.View] = new InteractionWeight(double.NaN, TimeSpan.Zero, 1.5);
        string message = Assert.Throws<ArgumentException>(() => new DatasetBuilder(options)).Message;
        Assert.All(
            ["weight of kind 'view'", "half-life of kind 'view'", "decay floor of kind 'view'", "Aggregation", "MaxValue", "MaxEventsPerUser", "AsOf"],
            part => Assert.Contains(part, message, StringComparison.Ordinal));
        Assert.True(new DatasetOptionsValidator().Validate(null, options).Failed);
        Assert.True(new DatasetOptionsValidator().Validate(null, new DatasetOptions()).Succeeded);
    }

    private static (int Users, int Items, int Count) Shape(InteractionDataset dataset) => (dataset.UserCount, dataset.ItemCount, dataset.Count);

    private static InteractionDataset Build(DatasetOptions options, params Interaction[] events)
    {
        var builder = new DatasetBuilder(options);
        builder.AddRange(events);
        return builder.Build(TestContext.Current.CancellationToken);
    }
}
