using PromoRec.Datasets;
using PromoRec.Evaluation;
using PromoRec.Interactions;
using PromoRec.Models;
using PromoRec.Models.Popularity;
using PromoRec.Tests.Datasets;
using PromoRec.Tests.Models;
using PromoRec.Training.Popularity;

namespace PromoRec.Tests.Training.Popularity;

public sealed class PopularityTests
{
    private static readonly Item[] Catalog =
    [
        new() { Id = "i0", Categories = ["fruit"] }, new() { Id = "i1", Categories = ["fruit", "sale"] }, new() { Id = "i2", Categories = ["sale", "sale"] }, new() { Id = "i3" },
        new() { Id = "i4", Categories = ["tools"] }, new() { Id = "unknown", Categories = ["nothing"] },
    ];

    [Theory]
    [InlineData(PopularityMeasure.Share, PopularityCounting.Customers, 1, 1)]
    [InlineData(PopularityMeasure.Share, PopularityCounting.Events, 7, 2)]
    [InlineData(PopularityMeasure.Trend, PopularityCounting.Customers, 7, 3)]
    [InlineData(PopularityMeasure.Trend, PopularityCounting.Events, 1, 4)]
    public void Scores_are_those_of_the_formulas_among_all_and_in_each_segment(PopularityMeasure measure, PopularityCounting counting, int minSupport, ulong seed)
    {
        PopularityOptions options = new()
        {
            Measure = measure,
            Counting = counting,
            MinSupport = minSupport,
            HalfLife = TimeSpan.FromDays(4),
            RecentHalfLife = TimeSpan.FromDays(1.5),
            UsualHalfLife = TimeSpan.FromDays(6),
            SegmentPriorStrength = 7,
            ItemPriorStrength = 0.8,
            TrendPriorStrength = 3,
            Segments = ["even", "nobody", "first"],
        };
        Interaction[] events = SmallShop.Random(seed, 150);
        PopularityModel model = new PopularityTrainer(options).Train(SmallShop.Dataset(events), Catalog, new Groups());
        PlainPopularity plain = new(events, Catalog, new Groups(), options);

        Assert.Equal(["even", "first", "nobody"], model.Segments);
        Assert.Equal(["fruit", "sale", "tools"], model.Categories);
        int zeros = 0;
        foreach (string? segment in (string?[])[null, "even", "nobody", "first"])
        {
            IReadOnlyList<ScoredItem> top = model.Top(99, segment);
            Assert.Equal(model.ItemCount, top.Count);
            Assert.Equal(top.OrderByDescending(each => each.Score).ThenBy(each => each.Item), top);
            foreach (ScoredItem each in top)
            {
                double expected = measure == PopularityMeasure.Share ? plain.Share(each.Item, segment) : plain.Trend(each.Item, segment);
                Assert.Equal(expected, each.Score, 1e-6 + (Math.Abs(expected) * 1e-5));
                zeros += each.Score == 0 ? 1 : 0;
            }
        }

        Assert.Equal(minSupport > 1, zeros > 0);
        Assert.All(events.Select(e => e.User).Distinct(), user => Assert.All(Catalog.SkipLast(1), item =>
        {
            string[] segments = [.. model.Segments.Where(segment => new Groups().IsInSegment(user, segment))];
            double mean = segments.Length == 0 ? Score(null) : segments.Average(Score);
            Assert.Equal(mean, model.Score(user, item.Id)!.Value, 1e-6);

            double Score(string? segment) => model.Top(99, segment).Single(each => each.Item == item.Id).Score;
        }));
    }

    [Fact]
    public void An_item_of_the_last_days_overtakes_one_that_was_popular_long_ago_and_exactly_at_one_half_life_it_counts_half()
    {
        Interaction[] events =
        [
            Events.Purchase("a", "old", 0), Events.Purchase("b", "old", 0), Events.Purchase("c", "old", 0), Events.Purchase("d", "new", 10), Events.Purchase("e", "new", 10),
        ];
        IReadOnlyList<ScoredItem> without = Train(events, new PopularityOptions { HalfLife = null, ItemPriorStrength = 1e-9 }).Top(2);
        IReadOnlyList<ScoredItem> with = Train(events, new PopularityOptions { HalfLife = TimeSpan.FromDays(10), ItemPriorStrength = 1e-9 }).Top(2);

        Assert.Equal([("old", 0.6f), ("new", 0.4f)], without.Select(each => (each.Item.ToString(), each.Score)));
        Assert.Equal(["new", "old"], with.Select(each => each.Item.ToString()));
        Assert.Equal(2 / 3.5, with[0].Score, 1e-6);
    }

    [Fact]
    public void A_constant_rate_has_the_trend_one_and_what_rises_more_and_what_falls_less()
    {
        List<Interaction> events = [];
        for (int day = 0; day <= 60; day++)
        {
            events.Add(Events.Purchase($"c{day}", "constant", day));
            events.AddRange(Enumerable.Range(0, day / 10).Select(n => Events.Purchase($"r{day}-{n}", "rising", day)));
            events.AddRange(Enumerable.Range(0, 6 - (day / 10)).Select(n => Events.Purchase($"f{day}-{n}", "falling", day)));
        }

        PopularityModel model = Train([.. events], new PopularityOptions { Measure = PopularityMeasure.Trend, TrendPriorStrength = 0.01 });

        IReadOnlyList<ScoredItem> top = model.Top(3);
        Assert.Equal(["rising", "constant", "falling"], top.Select(each => each.Item.ToString()));
        Assert.InRange(top[0].Score, 1.2, 3);
        Assert.InRange(top[1].Score, 0.9, 1.15);
        Assert.InRange(top[2].Score, 0, 0.6);
    }

    [Fact]
    public void The_less_a_segment_has_done_the_more_it_is_like_the_whole()
    {
        Interaction[] events =
        [
            .. Enumerable.Range(0, 50).Select(n => Events.Purchase($"x{n}", "common")),
            .. Enumerable.Range(0, 5).Select(n => Events.Purchase($"y{n}", "rare")),
        ];
        float[] ofRare = [.. new double[] { 0, 10, 1e9 }.Select(strength =>
            Train(events, new PopularityOptions { Segments = ["first"], SegmentPriorStrength = strength, ItemPriorStrength = 1e-6 }, new Prefix("y")).Top(2, "first").Single(each => each.Item == "rare").Score)];

        Assert.Equal(1, ofRare[0], 1e-5);
        Assert.InRange(ofRare[1], 0.2, 0.9);
        Assert.Equal(5 / 55.0, ofRare[2], 1e-5);
    }

    [Fact]
    public void Of_a_category_only_its_items_come_and_of_an_unknown_one_none()
    {
        PopularityModel model = new PopularityTrainer().Train(SmallShop.Dataset(SmallShop.Random(5)), Catalog);

        Assert.Equal(["i0", "i1"], model.Top(9, category: "fruit").Select(each => each.Item.ToString()).Order());
        Assert.Equal(model.Top(9).Where(each => each.Item == "i0" || each.Item == "i1"), model.Top(9, category: "fruit"));
        Assert.Empty(model.Top(9, category: "Fruit"));
        Assert.Empty(model.Top(9, category: " "));
        Assert.Equal(model.Top(9), model.Top(9, segment: "no such"));
        Assert.Empty(model.Top(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Top(-1));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_customer_whom_nobody_knows_is_evaluated_with_what_the_model_gives_them(bool amongCandidates)
    {
        Interaction[] events = [Events.Purchase("a", "old", 0), Events.Purchase("b", "old", 0), Events.Purchase("c", "old", 0), Events.Purchase("d", "new", 90)];
        PopularityModel model = Train(events, new PopularityOptions());
        UserItem[]? candidates = amongCandidates ? [new UserItem("stranger", "old")] : null;

        EvaluationResult result = new RankingEvaluator().EvaluateItems(ItemScorer.FromModel(model), [new UserItem("stranger", "new")], RankingMetric.ParseList("hr@1"), candidates);

        Assert.Equal("new", model.Recommend("stranger", 1)[0].Item.ToString());
        Assert.Equal(1, result["hr@1"].Mean);
    }

    [Fact]
    public void Everybody_gets_what_is_popular_without_what_they_have_and_nobody_is_given_a_reason_of_theirs()
    {
        Interaction[] events = SmallShop.Random(6);
        PopularityModel model = new PopularityTrainer(new PopularityOptions { Segments = ["even"] }).Train(SmallShop.Dataset(events), [], new Groups());
        UserId known = "u02";

        RecommendedItems own = model.Recommend(known, 99, includeSeen: true);
        Assert.Equal(RankTier.Popularity, own.Tier);
        Assert.Equal(model.Top(99, "even"), own);
        Assert.DoesNotContain(model.Recommend(known, 99), each => events.Any(e => e.User == known && e.Item == each.Item && e.Kind == InteractionKind.Purchase && e.Value > 0));
        Assert.Equal(model.Top(5), model.Recommend("nobody", 5));
        Assert.Equal(model.Top(99).Skip(1), model.Recommend([new ItemEvidence(model.Top(1)[0].Item, 1)], 99));
        Assert.Empty(model.SimilarItems("i1", 5));
        ScoreExplanation why = model.Explain(known, "i1")!;
        Assert.Equal(model.Score(known, "i1")!.Value, why.Score);
        Assert.Empty(why.Contributions);
        Assert.Null(model.Explain("nobody", "i1"));
    }

    [Fact]
    public void The_order_of_the_events_changes_no_bit_and_groups_make_other_versions()
    {
        Interaction[] events = SmallShop.Random(7);
        PopularityModel[] models = [.. Enumerable.Range(0, 3).Select(seed => new PopularityTrainer(new PopularityOptions { Segments = ["even"] }).Train(SmallShop.Dataset(Events.Shuffled(events, seed)), Catalog, new Groups()))];

        Assert.All(models, model => Assert.Equal(models[0].Tables.Scores.ToArray(), model.Tables.Scores.ToArray()));
        Assert.All(models, model => Assert.Equal(models[0].Manifest.Version, model.Manifest.Version));
        Assert.NotEqual(models[0].Manifest.Version, new PopularityTrainer(new PopularityOptions { Segments = ["even"] }).Train(SmallShop.Dataset(events), Catalog, new Prefix("u1")).Manifest.Version);
        Assert.NotEqual(models[0].Manifest.Version, new PopularityTrainer(new PopularityOptions { Segments = ["even"] }).Train(SmallShop.Dataset(events), [], new Groups()).Manifest.Version);
    }

    [Fact]
    public void A_saved_model_comes_back_with_the_same_bits_and_forgets_segments_of_customers_with_their_history()
    {
        PopularityModel model = new PopularityTrainer(new PopularityOptions { Segments = ["even", "first"] }).Train(SmallShop.Dataset(SmallShop.Random(8)), Catalog, new Groups());
        byte[] file = SampleModel.Bytes(model);
        var loaded = (PopularityModel)RecommendationModel.Load(file);
        var anonymous = (PopularityModel)RecommendationModel.Load(SampleModel.Bytes(model, includeHistory: false));

        Assert.Equal(file, SampleModel.Bytes(loaded));
        Assert.Equal(model.Top(99, "even", "fruit"), loaded.Top(99, "even", "fruit"));
        Assert.Equal(model.Recommend("u02", 9), loaded.Recommend("u02", 9));
        Assert.Equal(model.Top(99, "even"), anonymous.Top(99, "even"));
        Assert.Equal(model.Top(99), anonymous.Recommend("u02", 99));
    }

    [Theory]
    [InlineData(PopularityMeasure.Share)]
    [InlineData(PopularityMeasure.Trend)]
    public void Events_without_times_of_one_moment_or_only_of_aversion_give_finite_scores(PopularityMeasure measure)
    {
        Interaction[][] shops =
        [
            [new("a", (ItemId)"x", InteractionKind.Purchase, default), new("b", (ItemId)"y", InteractionKind.Purchase, default)],
            [Events.Purchase("a", "x"), Events.Purchase("b", "y")],
            [new("a", (ItemId)"x", InteractionKind.Dismiss, Events.Day(1)), new("b", (ItemId)"y", InteractionKind.Dismiss, Events.Day(2))],
        ];
        foreach (PopularityCounting counting in Enum.GetValues<PopularityCounting>())
        {
            Assert.All(shops, events => Assert.All(
                Train(events, new PopularityOptions { Measure = measure, Counting = counting, Segments = ["even"], SegmentPriorStrength = 0 }).Top(9, "even"),
                each => Assert.True(float.IsFinite(each.Score) && each.Score >= 0)));
        }
    }

    [Fact]
    public void Faulty_options_and_data_are_named()
    {
        PopularityOptions options = new()
        {
            Measure = (PopularityMeasure)9,
            Counting = (PopularityCounting)9,
            HalfLife = TimeSpan.Zero,
            RecentHalfLife = TimeSpan.Zero,
            UsualHalfLife = TimeSpan.Zero,
            MinSupport = 0,
            SegmentPriorStrength = -1,
            ItemPriorStrength = 1e300,
            TrendPriorStrength = double.NaN,
            Segments = [" "],
        };
        string message = Assert.Throws<ArgumentException>(() => new PopularityTrainer(options)).Message;
        Assert.All(typeof(PopularityOptions).GetProperties(), property => Assert.Contains($"{property.Name} must be", message, StringComparison.Ordinal));
        Assert.Contains("a name that is there twice", Assert.Throws<ArgumentException>(() => new PopularityTrainer(new PopularityOptions { Segments = ["a", "a"] })).Message, StringComparison.Ordinal);
        Assert.Contains("Segments must be a list", Assert.Throws<ArgumentException>(() => new PopularityTrainer(new PopularityOptions { Segments = null! })).Message, StringComparison.Ordinal);

        InteractionDataset dataset = SmallShop.Dataset(SmallShop.Random(9));
        Assert.Contains("DatasetOptions.KeepEvents", Assert.Throws<ArgumentException>(() => new PopularityTrainer().Train(AlsData.Dataset(new double[1, 1]))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new PopularityTrainer().Train(dataset, [null!]));
        Assert.Throws<ArgumentException>(() => new PopularityTrainer().Train(dataset, [new Item { Id = "i1", Categories = [" "] }]));
        Assert.Throws<OperationCanceledException>(() => new PopularityTrainer().Train(dataset, cancellationToken: new CancellationToken(true)));
    }

    private static PopularityModel Train(Interaction[] events, PopularityOptions options, ICustomerDirectory? customers = null) =>
        new PopularityTrainer(options).Train(SmallShop.Dataset(events), null, customers);

    private sealed class Groups : ICustomerDirectory
    {
        public bool IsInSegment(UserId userId, string segment) => segment switch
        {
            "even" => (userId.ToString()[^1] - '0') % 2 == 0,
            "first" => userId.ToString().StartsWith("u0", StringComparison.Ordinal),
            _ => false,
        };
    }

    private sealed class Prefix(string prefix) : ICustomerDirectory
    {
        public bool IsInSegment(UserId userId, string segment) => userId.ToString().StartsWith(prefix, StringComparison.Ordinal);
    }
}
