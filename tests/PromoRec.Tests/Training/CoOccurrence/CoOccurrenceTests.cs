using FsCheck.Fluent;
using PromoRec.Datasets;
using PromoRec.Interactions;
using PromoRec.Models;
using PromoRec.Models.CoOccurrence;
using PromoRec.Models.Knn;
using PromoRec.Tests.Datasets;
using PromoRec.Tests.Models;
using PromoRec.Tests.Properties;
using PromoRec.Training;
using PromoRec.Training.CoOccurrence;
using PromoRec.Training.Knn;

namespace PromoRec.Tests.Training.CoOccurrence;

public sealed class CoOccurrenceTests
{
    [Fact]
    public void The_textbook_baskets_have_the_support_confidence_and_lift_of_the_textbook()
    {
        // Tan, Steinbach and Kumar, Introduction to Data Mining, chapter 6: five transactions.
        string[][] baskets = [["bread", "milk"], ["bread", "diapers", "beer", "eggs"], ["milk", "diapers", "beer", "cola"], ["bread", "milk", "diapers", "beer"], ["bread", "milk", "diapers", "cola"]];
        Interaction[] events = [.. baskets.SelectMany((basket, n) => basket.Select(item => Events.Purchase($"u{n}", item)))];

        IReadOnlyList<AssociationRule> rules = new CoOccurrenceTrainer().FindRules(SmallShop.Dataset(events));

        AssociationRule diapersToBeer = rules.Single(rule => rule.Antecedent == "diapers" && rule.Consequent == "beer");
        AssociationRule beerToDiapers = rules.Single(rule => rule.Antecedent == "beer" && rule.Consequent == "diapers");
        Assert.Equal((3, 0.6, 0.75, 1.25), (diapersToBeer.Baskets, diapersToBeer.Support, diapersToBeer.Confidence, Math.Round(diapersToBeer.Lift, 12)));
        Assert.Equal((3, 0.6, 1.0, 1.25), (beerToDiapers.Baskets, beerToDiapers.Support, beerToDiapers.Confidence, Math.Round(beerToDiapers.Lift, 12)));
        Assert.DoesNotContain(rules, rule => rule.Antecedent == "eggs" || rule.Consequent == "eggs");
        Assert.Equal(rules.OrderByDescending(rule => rule.Confidence).ThenBy(rule => rule.Antecedent).ThenBy(rule => rule.Consequent), rules);
    }

    [Theory]
    [InlineData(CoOccurrenceMeasure.Confidence, 1, 0, 0, 1, 0)]
    [InlineData(CoOccurrenceMeasure.Lift, 2, 0, 0.8, 1, 0)]
    [InlineData(CoOccurrenceMeasure.Cosine, 3, 0.06, 0, 0.5, 0)]
    [InlineData(CoOccurrenceMeasure.Jaccard, 1, 0, 0, 0.7, 5)]
    [InlineData(CoOccurrenceMeasure.Count, 2, 0, 0, 1, 3)]
    public void Rules_and_weights_are_those_of_all_pairs_of_all_baskets(CoOccurrenceMeasure measure, int minSupport, double minConfidence, double minLift, double distanceDecay, double halfLifeDays)
    {
        CoOccurrenceOptions options = new()
        {
            Measure = measure,
            MinSupport = minSupport,
            MinConfidence = minConfidence,
            MinLift = minLift,
            DistanceDecay = distanceDecay,
            MaxBasketItems = 5,
            SessionGap = TimeSpan.FromHours(3),
            HalfLife = halfLifeDays > 0 ? TimeSpan.FromDays(halfLifeDays) : null,
        };
        Interaction[] events = SmallShop.Random(20 + (ulong)measure, 900);
        InteractionDataset dataset = SmallShop.Dataset(events);
        HashSet<ItemId> items = [.. Enumerable.Range(0, dataset.ItemCount).Select(row => new ItemId(dataset.Items.IdAt(row)))];
        Dictionary<(ItemId, ItemId), AssociationRule> expected = PlainCoOccurrence.Rules(events, items, options);

        IReadOnlyList<AssociationRule> rules = new CoOccurrenceTrainer(options).FindRules(dataset);
        ItemItemModel model = new CoOccurrenceTrainer(options).Train(dataset);

        // The weight of all baskets is what makes one count of the support of another: any rule tells it.
        AssociationRule any = expected.Values.First();
        double total = model.Weights.Count > 0 && measure == CoOccurrenceMeasure.Count ? Weight(model, any) / any.Support : double.NaN;
        Assert.InRange(rules.Count, 10, minLift + minConfidence > 0 ? 71 : 72);
        Assert.Equal(expected.Keys.Order(), rules.Select(rule => (rule.Antecedent, rule.Consequent)).Order());
        Assert.Equal(rules.Count, model.WeightCount);
        Assert.True(model.Manifest.Metrics["baskets-too-large"] > 0);
        foreach (AssociationRule rule in rules)
        {
            AssociationRule plain = expected[(rule.Antecedent, rule.Consequent)];
            Assert.Equal(plain.Baskets, rule.Baskets);
            Assert.Equal(plain.Support, rule.Support, 1e-9);
            Assert.Equal(plain.Confidence, rule.Confidence, 1e-9);
            Assert.Equal(plain.Lift, rule.Lift, 1e-9);

            // nᵢ / nᵢⱼ = 1 / confidence, and nⱼ / nᵢⱼ = N nᵢⱼ / (nᵢ nᵢⱼ lift) = confidence / (support lift).
            double ofOther = plain.Confidence / (plain.Support * plain.Lift);
            double weight = measure switch
            {
                CoOccurrenceMeasure.Lift => plain.Lift,
                CoOccurrenceMeasure.Cosine => Math.Sqrt(plain.Lift * plain.Support),
                CoOccurrenceMeasure.Jaccard => 1 / ((1 / plain.Confidence) + ofOther - 1),
                CoOccurrenceMeasure.Count => plain.Support * total,
                _ => plain.Confidence,
            };
            Assert.Equal(weight, Weight(model, rule), 1e-5 * Math.Max(1, weight));
        }
    }

    [Fact]
    public void Lift_is_the_same_in_both_directions_confidence_is_a_share_of_the_antecedent_and_the_order_of_events_changes_nothing() =>
        Prop.ForAll(Gen.Choose(1, 100_000).ToArbitrary(), seed =>
        {
            Interaction[] events = SmallShop.Random((ulong)seed, 120);
            CoOccurrenceOptions options = new() { MinSupport = 1, SessionGap = TimeSpan.FromHours(20), DistanceDecay = 0.9, HalfLife = TimeSpan.FromDays(3) };
            IReadOnlyList<AssociationRule> rules = new CoOccurrenceTrainer(options).FindRules(SmallShop.Dataset(events));
            Dictionary<(ItemId, ItemId), AssociationRule> byPair = rules.ToDictionary(rule => (rule.Antecedent, rule.Consequent));
            return rules.SequenceEqual(new CoOccurrenceTrainer(options).FindRules(SmallShop.Dataset(Events.Shuffled(events, seed))))
                && rules.All(rule => byPair[(rule.Consequent, rule.Antecedent)] is var back && back.Lift == rule.Lift && back.Support == rule.Support && back.Baskets == rule.Baskets)
                && rules.All(rule => rule is { Support: > 0 and <= 1, Confidence: > 0 and <= 1 } && rule.Confidence >= rule.Support && rule.Lift > 0);
        }).Holds();

    [Fact]
    public void Baskets_end_where_a_pause_is_longer_than_the_gap()
    {
        Interaction[] events = [Minute("a", 0), Minute("b", 30), Minute("c", 61)];

        Assert.Equal([("a", "b"), ("b", "a")], Pairs(new CoOccurrenceOptions { MinSupport = 1 }));
        Assert.Equal(6, Pairs(new CoOccurrenceOptions { MinSupport = 1, SessionGap = TimeSpan.FromMinutes(31) }).Length);
        Assert.Empty(Pairs(new CoOccurrenceOptions { MinSupport = 1, SessionGap = TimeSpan.FromMinutes(29) }));
        Assert.Empty(Pairs(new CoOccurrenceOptions { MinSupport = 2 }));

        (string, string)[] Pairs(CoOccurrenceOptions options) =>
            [.. new CoOccurrenceTrainer(options).FindRules(SmallShop.Dataset(events)).Select(rule => (rule.Antecedent.ToString(), rule.Consequent.ToString())).Order()];

        static Interaction Minute(string item, double minute) => Events.Purchase("u", item, minute / 1440);
    }

    [Fact]
    public void Who_has_an_item_is_offered_what_comes_with_it_and_it_is_said_because_of_which()
    {
        Interaction[] events = [.. Enumerable.Range(0, 6).SelectMany(n => new[] { Events.Purchase($"u{n}", "gin"), Events.Purchase($"u{n}", n < 4 ? "tonic" : "lime") }), Events.Purchase("new", "gin")];
        ItemItemModel model = new CoOccurrenceTrainer().Train(SmallShop.Dataset(events));

        RecommendedItems items = model.Recommend("new", 5);
        Assert.Equal([("tonic", 4 / 7f), ("lime", 2 / 7f)], items.Select(each => (each.Item.ToString(), each.Score)));
        Assert.Equal("co-occurrence", model.Manifest.Algorithm);
        Assert.Equal((ItemId)"gin", Assert.Single(model.Explain("new", "tonic")!.Contributions).Item);

        // What comes with gin, not what gin comes with: of seven with gin four have tonic, but all with tonic have gin.
        Assert.Equal([("tonic", 4 / 7f), ("lime", 2 / 7f)], model.SimilarItems("gin", 5).Select(each => (each.Item.ToString(), each.Score)));
        Assert.Equal([("gin", 1f)], model.SimilarItems("tonic", 5).Select(each => (each.Item.ToString(), each.Score)));
        RecommendationModel loaded = RecommendationModel.Load(SampleModel.Bytes(model));
        Assert.Equal(items, loaded.Recommend("new", 5));
        Assert.Equal(model.SimilarItems("gin", 5), loaded.SimilarItems("gin", 5));
    }

    [Fact]
    public void Without_times_a_customer_is_a_basket_and_the_cosine_is_that_of_item_neighbours()
    {
        Interaction[] events = [.. SmallShop.Random(34).Where(e => e.Kind == InteractionKind.Purchase && e.Value > 0).Select(e => e with { At = default })];
        InteractionDataset dataset = SmallShop.Dataset(events);
        ItemItemModel together = new CoOccurrenceTrainer(new CoOccurrenceOptions { MinSupport = 1, Measure = CoOccurrenceMeasure.Cosine }).Train(dataset);
        ItemItemModel neighbours = new ItemKnnTrainer(new KnnOptions { Weighting = KnnWeighting.Binary, Neighbours = 100, BinaryProfile = true }).Train(dataset);

        Assert.Equal(neighbours.WeightCount, together.WeightCount);
        Assert.All(Enumerable.Range(0, dataset.UserCount), user => Assert.All(Enumerable.Range(0, dataset.ItemCount), item => Assert.Equal(neighbours.ScoreOf(user, item), together.ScoreOf(user, item), 1e-5)));
    }

    [Fact]
    public void Of_the_items_that_come_with_an_item_those_of_the_largest_measure_are_kept()
    {
        InteractionDataset dataset = SmallShop.Dataset(SmallShop.Random(31, 900));
        CoOccurrenceOptions options = new() { MinSupport = 1, SessionGap = TimeSpan.FromHours(9), Neighbours = 100 };
        IReadOnlyList<AssociationRule> all = new CoOccurrenceTrainer(options).FindRules(dataset);
        options.Neighbours = 2;
        IReadOnlyList<AssociationRule> few = new CoOccurrenceTrainer(options).FindRules(dataset);

        Assert.True(few.Count < all.Count);
        Assert.Equal(all.GroupBy(rule => rule.Antecedent).SelectMany(rules => rules.Take(2)).OrderByDescending(rule => rule.Confidence).ThenBy(rule => rule.Antecedent).ThenBy(rule => rule.Consequent), few);
    }

    [Fact]
    public void Any_number_of_threads_gives_the_same_model_and_it_tells_how_far_it_is()
    {
        InteractionDataset dataset = SmallShop.Dataset(SmallShop.Random(32, 3000, users: 30, items: 200));
        List<TrainingProgress> told = [];
        ItemItemModel[] models = [.. new[] { 1, 2, 5 }.Select(threads =>
            new CoOccurrenceTrainer(new CoOccurrenceOptions { Threads = threads, MinSupport = 1, SessionGap = TimeSpan.FromHours(5), DistanceDecay = 0.8, HalfLife = TimeSpan.FromDays(1) }).Train(dataset, new Told(told)))];

        Assert.True(models[0].WeightCount > 1000);
        Assert.All(models, model => Assert.Equal(models[0].Weights.AllValues.ToArray(), model.Weights.AllValues.ToArray()));
        Assert.All(models, model => Assert.Equal(models[0].Manifest.Version, model.Manifest.Version));
        Assert.Equal(10, told[^1].Iteration);
    }

    [Fact]
    public void Faulty_options_and_data_are_named_and_what_has_faded_away_counts_nothing()
    {
        CoOccurrenceOptions options = new()
        {
            SessionGap = TimeSpan.FromTicks(-1),
            MinSupport = 0,
            MinConfidence = 2,
            MinLift = double.NaN,
            Measure = (CoOccurrenceMeasure)9,
            Neighbours = 0,
            DistanceDecay = 0,
            HalfLife = TimeSpan.Zero,
            MaxBasketItems = 1,
            Threads = -1,
        };
        string message = Assert.Throws<ArgumentException>(() => new CoOccurrenceTrainer(options)).Message;
        Assert.All(typeof(CoOccurrenceOptions).GetProperties().Where(property => property.PropertyType != typeof(bool)), property => Assert.Contains($"{property.Name} must be", message, StringComparison.Ordinal));

        InteractionDataset dataset = SmallShop.Dataset(SmallShop.Random(33));
        Assert.Contains("DatasetOptions.KeepEvents", Assert.Throws<ArgumentException>(() => new CoOccurrenceTrainer().Train(AlsData.Dataset(new double[1, 1]))).Message, StringComparison.Ordinal);
        Assert.Throws<OperationCanceledException>(() => new CoOccurrenceTrainer().Train(dataset, cancellationToken: new CancellationToken(true)));

        Interaction[] faded = [Events.Purchase("a", "x"), Events.Purchase("a", "y"), Events.Purchase("b", "x", 9), Events.Purchase("b", "z", 9)];
        CoOccurrenceOptions fading = new() { MinSupport = 1, HalfLife = TimeSpan.FromMinutes(20), Measure = CoOccurrenceMeasure.Lift };
        Assert.Equal(2, new CoOccurrenceTrainer(fading).FindRules(SmallShop.Dataset(faded)).Count);
        Assert.Empty(new CoOccurrenceTrainer(fading).FindRules(SmallShop.Dataset(faded, Events.Day(400))));
    }

    private static float Weight(ItemItemModel model, AssociationRule rule)
    {
        int row = RowOf(model, rule.Antecedent);
        return model.Weights.ValuesOf(row)[model.Weights.ColumnsOf(row).BinarySearch(RowOf(model, rule.Consequent))];
    }

    private static int RowOf(RecommendationModel model, ItemId item) => model.Items.TryGetRow(item.Value, out int row) ? row : -1;

    private sealed class Told(List<TrainingProgress> told) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => told.Add(value);
    }
}
