using PromoRec.Datasets;
using PromoRec.Evaluation;
using PromoRec.Interactions;
using PromoRec.Models;
using PromoRec.Models.Hybrid;
using PromoRec.Models.Popularity;
using PromoRec.Tests.Models;
using PromoRec.Tests.Ranking;
using PromoRec.Training;
using PromoRec.Training.ImplicitAls;
using PromoRec.Training.Knn;
using PromoRec.Training.Popularity;
using PromoRec.Training.Repeat;
using PromoRec.Tuning;

namespace PromoRec.Tests.Tuning;

public sealed class HybridTrainerTests
{
    private static readonly DateTimeOffset Day = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly HybridRecipe Als = new("als", (dataset, stop) => new ImplicitAlsTrainer(new ImplicitAlsOptions { Factors = 8, Threads = 1 }).Train(dataset, cancellationToken: stop));
    private static readonly HybridRecipe Knn = new("knn", (dataset, stop) => new ItemKnnTrainer().Train(dataset, cancellationToken: stop));
    private static readonly HybridRecipe Repeat = new("repeat", (dataset, stop) => new RepeatTrainer().Train(dataset, cancellationToken: stop));

    [Fact]
    public void Members_that_help_get_the_weight_and_rungs_that_lead_serve()
    {
        HybridOutcome outcome = new HybridTrainer(new HybridOptions { Trials = 50 }).Train(Build(Groups()), [Als, Knn, Repeat], cancellationToken: TestContext.Current.CancellationToken);

        // What a customer has is never asked for here, so that repeating says nothing.
        Assert.DoesNotContain("repeat", outcome.Model.Members.Select(member => member.Name));
        Assert.Equal([RankTier.Popularity, .. outcome.Model.Members.Select(member => member.Model.Tier).Distinct().Order(), RankTier.Hybrid], outcome.Model.Ladder.Select(rung => rung.Tier));
        LadderRung serving = outcome.Model.Ladder[0];
        foreach (LadderRung rung in outcome.Model.Ladder.Skip(1))
        {
            Assert.Equal(rung.Value - serving.Value, rung.Lead, 1e-12);
            Assert.Equal(rung.Lead > 0, rung.Serves);
            serving = rung.Serves ? rung : serving;
        }

        Assert.True(outcome.Model.Ladder[1].Value > 2 * outcome.Model.Ladder[0].Value);
        Assert.NotNull(outcome.Cut);
        Assert.InRange(outcome.Customers, 1, 60);
    }

    [Fact]
    public void Where_things_are_bought_again_repeating_counts_if_that_is_asked_for()
    {
        // Every customer buys their own nine things over and over.
        Interaction[] events = [.. Groups().SelectMany(one => Enumerable.Range(0, 4).Select(week => one with { At = one.At.AddDays(30 * week) }))];

        HybridOutcome again = new HybridTrainer(new HybridOptions { Trials = 50, RankSeenItems = true }).Train(Build(events), [Knn, Repeat], cancellationToken: TestContext.Current.CancellationToken);
        HybridOutcome onlyNew = new HybridTrainer(new HybridOptions { Trials = 50 }).Train(Build(Groups()), [Knn, Repeat], cancellationToken: TestContext.Current.CancellationToken);

        Assert.Contains("repeat", again.Model.Members.Select(member => member.Name));
        Assert.Equal(["knn"], onlyNew.Model.Members.Select(member => member.Name));
    }

    [Fact]
    public void Weights_and_ladder_come_from_different_customers()
    {
        HybridOutcome outcome = new HybridTrainer(new HybridOptions { Trials = 5 }).Train(Build(Groups()), [Als, Knn], cancellationToken: TestContext.Current.CancellationToken);
        DatasetSplit split = DatasetSplit.ByTime(Build(Groups()), new HybridOptions().ValidationShare)!;

        Assert.InRange(outcome.Customers, 1, split.Later.Select(pair => pair.User).Distinct().Count() - 1);
    }

    /// <remarks>Everybody bought old things often, long ago, and lately new ones: only with the half-life is it the new ones that are bought again.</remarks>
    [Fact]
    public void Members_are_weighed_on_data_that_fade_as_those_of_the_dataset_do()
    {
        var options = new DatasetOptions { KeepEvents = true };
        options.Weights.SetHalfLife(TimeSpan.FromDays(10));
        Interaction[] events = [.. Enumerable.Range(0, 40).SelectMany(customer => (Interaction[])
        [
            .. Enumerable.Range(0, 30).Select(at => new Interaction(customer, (ItemId)$"old{customer % 7}", InteractionKind.Purchase, Day.AddDays(at * 0.1))),
            .. Enumerable.Range(1, 9).Select(at => new Interaction(customer, (ItemId)$"new{customer % 5}", InteractionKind.Purchase, Day.AddDays(200 - at))),
        ])];
        List<(float Old, float New)> learnt = [];
        HybridRecipe repeat = new("repeat", (dataset, cancellationToken) =>
        {
            RecommendationModel model = new RepeatTrainer().Train(dataset, cancellationToken: cancellationToken);
            learnt.Add((model.Score(0, "old0")!.Value, model.Score(0, "new0")!.Value));
            return model;
        });

        HybridOutcome faded = new HybridTrainer(new HybridOptions { Trials = 5, RankSeenItems = true }).Train(Build(events, options), [repeat], cancellationToken: TestContext.Current.CancellationToken);
        HybridOutcome kept = new HybridTrainer(new HybridOptions { Trials = 5, RankSeenItems = true }).Train(Build(events), [repeat], cancellationToken: TestContext.Current.CancellationToken);

        Assert.All(learnt.Take(2), values => Assert.True(values.New > 1000 * values.Old));
        Assert.All(learnt.Skip(2), values => Assert.True(values.New < values.Old));
        Assert.Equal(1, faded.Model.Ladder.Single(rung => rung.Name == "repeat").Value, 1e-9);
        Assert.InRange(kept.Model.Ladder.Single(rung => rung.Name == "repeat").Value, 0.1, 0.9);
    }

    [Theory]
    [InlineData(ValueAggregation.Sum)]
    [InlineData(ValueAggregation.Max)]
    [InlineData(ValueAggregation.Latest)]
    public void The_early_part_is_what_the_earlier_events_alone_make_of_the_options_of_the_dataset(ValueAggregation aggregation)
    {
        var wishlist = new InteractionKind("wishlist");
        var options = new DatasetOptions { KeepEvents = true, Aggregation = aggregation, MaxValue = 4, MaxEventsPerUser = 40, ExcludeOutlierUsers = true };
        options.Weights[InteractionKind.Purchase] = new InteractionWeight(2, TimeSpan.FromDays(20), 0.1);
        options.Weights[InteractionKind.View] = new InteractionWeight(0.25, TimeSpan.FromDays(3));
        options.Weights[wishlist] = new InteractionWeight(-0.5);
        InteractionKind[] kinds = [InteractionKind.Purchase, InteractionKind.View, wishlist, InteractionKind.Dismiss, InteractionKind.Redeem];
        var random = new Random(5);
        List<Interaction> events = [.. Enumerable.Range(0, 300).Select(_ => new Interaction($"c{random.Next(12)}", (ItemId)$"i{random.Next(15)}", kinds[random.Next(5)], Day.AddHours(random.Next(2000))) { Value = random.Next(2) == 0 ? random.Next(1, 8) : -random.Next(1, 3) })];
        events.AddRange(Enumerable.Range(0, 100).Select(at => new Interaction("robot", (ItemId)"i1", InteractionKind.Purchase, Day.AddHours(at))));

        DatasetSplit split = DatasetSplit.ByTime(Build(events, options), 0.25)!;
        options.AsOf = split.Cut;
        InteractionDataset expected = Build(events.Where(one => one.At < split.Cut), options);

        Assert.False(expected.Users.TryGetRow(new UserId("robot").Value, out _));
        Assert.True(split.Early.Users.HasSameIds(expected.Users) && split.Early.Items.HasSameIds(expected.Items));
        Assert.Equal(expected.ByUser.AllColumns, split.Early.ByUser.AllColumns);
        Assert.Equal(expected.ByUser.AllValues, split.Early.ByUser.AllValues);
        Assert.True(expected.LastDays.Span.SequenceEqual(split.Early.LastDays.Span));
        Assert.Equal(expected.Events!.All, split.Early.Events!.All);
        Assert.Equal((expected.Events.AsOfTicks, expected.Events.FirstTicks), (split.Early.Events.AsOfTicks, split.Early.Events.FirstTicks));
        foreach (int user in Enumerable.Range(0, expected.UserCount))
        {
            Assert.Equal(expected.ConsumedItems.ColumnsOf(user), split.Early.ConsumedItems.ColumnsOf(user));
        }
    }

    [Fact]
    public void It_says_how_far_it_is()
    {
        List<TrainingProgress> told = [];
        var progress = new Listener(told);

        _ = new HybridTrainer(new HybridOptions { Trials = 5 }, new ManualTime(Day)).Train(Build(Groups()), [Als, Knn, Repeat], progress, TestContext.Current.CancellationToken);
        int[] all = [.. told.Select(one => one.Iteration)];
        told.Clear();
        _ = new HybridTrainer().Train(Build(Groups().Take(1)), [Als, Knn], progress, TestContext.Current.CancellationToken);

        // Three members, weights, ladder, three members.
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], all);
        Assert.Equal([(4, 6), (5, 6), (6, 6)], told.Select(one => (one.Iteration, one.Iterations)));
    }

    [Fact]
    public void The_same_events_give_the_same_hybrid_in_any_order()
    {
        Interaction[] events = [.. Groups()];
        HybridModel one = new HybridTrainer(new HybridOptions { Trials = 20 }).Train(Build(events), [Als, Knn], cancellationToken: TestContext.Current.CancellationToken).Model;
        Array.Reverse(events);
        HybridModel other = new HybridTrainer(new HybridOptions { Trials = 20 }).Train(Build(events), [Als, Knn], cancellationToken: TestContext.Current.CancellationToken).Model;

        Assert.Equal(SampleModel.Bytes(one), SampleModel.Bytes(other));
    }

    [Fact]
    public void A_file_keeps_the_ladder()
    {
        HybridModel model = HybridModel.Of([new("knn", Knn.Train(Dataset(), default))]).WithLadder([new(RankTier.Popularity, "popularity", 0.25, 0, true) { IsOfData = true }, new(RankTier.Neighbours, "knn", 0.125, -0.125, false)]);

        Assert.Equal(model.Ladder, ((HybridModel)RecommendationModel.Load(SampleModel.Bytes(model))).Ladder);
    }

    [Fact]
    public void A_rung_that_did_not_lead_does_not_answer_and_the_answer_says_so()
    {
        HybridMember[] members = [new("als", Als.Train(Dataset(), default)), new("knn", Knn.Train(Dataset(), default))];
        CatalogSnapshot offers = TestShop.Snapshot(TestShop.OnItems("a", "0-1"), TestShop.OnItems("b", "1-1"));
        LadderRung popularity = new(RankTier.Popularity, "popularity", 0.1, 0, true);
        using var neighbours = new TestShop(offers, HybridModel.Of(members).WithLadder([popularity, new(RankTier.Neighbours, "knn", 0.3, 0.2, true), new(RankTier.Als, "als", 0.2, -0.1, false), new(RankTier.Hybrid, "hybrid", 0.2, -0.1, false)]));
        using var nobody = new TestShop(offers, HybridModel.Of(members).WithLadder([popularity, new(RankTier.Neighbours, "knn", 0.05, -0.05, false), new(RankTier.Als, "als", 0.05, -0.05, false), new(RankTier.Hybrid, "hybrid", 0.05, -0.05, false)]));
        using var hybrid = new TestShop(offers, HybridModel.Of(members));

        Assert.Equal((RankTier.Neighbours, RankTierReason.HigherDidNotWin), Answer(neighbours, "0-0"));
        Assert.Equal((RankTier.Popularity, RankTierReason.HigherDidNotWin), Answer(nobody, "0-0"));
        Assert.Equal((RankTier.Popularity, RankTierReason.NothingKnown), Answer(neighbours, "stranger"));
        Assert.Equal((RankTier.Hybrid, RankTierReason.Highest), Answer(hybrid, "0-0"));
    }

    /// <summary>Items go by the ladder as offers do, whoever asks: a customer, evidence, an explanation, a whole evaluation.</summary>
    [Fact]
    public void Items_are_ranked_by_the_rung_that_may_answer()
    {
        PopularityModel popular = new PopularityTrainer(new PopularityOptions { HalfLife = TimeSpan.FromHours(20) }).Train(Dataset(), cancellationToken: TestContext.Current.CancellationToken);
        HybridMember[] members = [new("als", Als.Train(Dataset(), default)), new("knn", Knn.Train(Dataset(), default)), new("late", popular)];
        LadderRung lost = new(RankTier.Hybrid, "hybrid", 0.2, -0.1, false);
        HybridModel bare = HybridModel.Of(members);
        HybridModel toNeighbours = bare.WithLadder([new(RankTier.Popularity, "late", 0.1, 0, true), new(RankTier.Neighbours, "knn", 0.3, 0.2, true), new(RankTier.Als, "als", 0.2, -0.1, false), lost]);
        HybridModel toFactors = bare.WithLadder([new(RankTier.Popularity, "late", 0.1, 0, true), new(RankTier.Als, "als", 0.3, 0.2, true), lost]);
        HybridModel toPopularity = bare.WithLadder([new(RankTier.Popularity, "late", 0.5, 0, true), new(RankTier.Neighbours, "knn", 0.3, -0.2, false), new(RankTier.Als, "als", 0.2, -0.3, false), lost]);
        HybridModel toData = bare.WithLadder([new(RankTier.Popularity, "popularity", 0.5, 0, true) { IsOfData = true }, lost]);
        UserItem[] test = [.. Groups().Select(one => new UserItem(one.User, one.Item)).Distinct(), new UserItem("stranger", "0-1")];
        ItemEvidence[] evidence = [new("0-1", 1), new("0-2", 1)];

        Same(toNeighbours, ItemScorer.FromModel(members[1].Model), members[1].Model, RankTier.Neighbours, RankTierReason.HigherDidNotWin, RankTierReason.NothingKnown);
        Same(toFactors, ItemScorer.FromModel(members[0].Model), members[0].Model, RankTier.Als, RankTierReason.HigherDidNotWin, RankTierReason.NothingKnown);
        Same(toPopularity, ItemScorer.FromModel(popular), popular, RankTier.Popularity, RankTierReason.HigherDidNotWin, RankTierReason.HigherDidNotWin);
        Same(toData, ItemScorer.Popularity(bare), null, RankTier.Popularity, RankTierReason.HigherDidNotWin, RankTierReason.HigherDidNotWin);
        Assert.Equal((RankTier.Hybrid, RankTierReason.Highest), (bare.Recommend("0-0", 1).Tier, bare.Recommend("0-0", 1).TierReason));
        Assert.Equal(popular.Recommend("stranger", 36), bare.Recommend("stranger", 36), (one, other) => one.Item == other.Item);
        Assert.NotEqual(members[1].Model.Recommend("0-0", 36), bare.Recommend("0-0", 36));

        void Same(HybridModel hybrid, ItemScorer scorer, RecommendationModel? alone, RankTier tier, RankTierReason why, RankTierReason ofStranger)
        {
            RecommendedItems known = hybrid.Recommend("0-0", 36, includeSeen: true);
            RecommendedItems stranger = hybrid.Recommend("stranger", 36);
            Assert.Equal((tier, why, RankTier.Popularity, ofStranger), (known.Tier, known.TierReason, stranger.Tier, stranger.TierReason));
            if (alone is not null)
            {
                Assert.Equal(alone.Recommend("0-0", 36, includeSeen: true), known);
                Assert.Equal(alone.Recommend(evidence, 36), hybrid.Recommend(evidence, 36));
                Assert.Equal((tier, why), (hybrid.Recommend(evidence, 1).Tier, hybrid.Recommend(evidence, 1).TierReason));
                Assert.Equal(alone.Explain("0-0", "0-1")!.Contributions, hybrid.Explain("0-0", "0-1")!.Contributions);
            }

            EvaluationOptions options = new() { Resamples = 0, RankSeenItems = true, UnknownUsers = UnknownUserHandling.Exclude };
            RankingMetric[] metrics = [RankingMetric.Parse("ndcg@10"), RankingMetric.Parse("auc")];
            Assert.Equal(
                new RankingEvaluator(options).EvaluateItems(scorer, test, metrics).PerUser.Select(user => (user.User, user.Values[0], user.Values[1])),
                new RankingEvaluator(options).EvaluateItems(ItemScorer.FromModel(hybrid), test, metrics).PerUser.Select(user => (user.User, user.Values[0], user.Values[1])));
        }
    }

    [Fact]
    public void A_customer_of_whom_the_serving_member_knows_nothing_falls_to_the_next_rung()
    {
        // A return alone is nothing that neighbours could go by once it is all that there is.
        InteractionDataset data = Build([.. Groups(), new Interaction("loner", (ItemId)"only", InteractionKind.Purchase, Day)]);
        HybridMember[] members = [new("knn", Knn.Train(data, default))];
        HybridModel hybrid = HybridModel.Of(members).WithLadder([new(RankTier.Popularity, "popularity", 0.1, 0, true) { IsOfData = true }, new(RankTier.Neighbours, "knn", 0.3, 0.2, true), new(RankTier.Hybrid, "hybrid", 0.2, -0.1, false)]);
        CatalogSnapshot offers = TestShop.Snapshot(TestShop.OnItems("a", "0-1"), TestShop.OnItems("b", "1-1"));
        using var shop = new TestShop(offers, hybrid);

        RecommendedItems items = hybrid.Recommend("loner", 5);

        Assert.Equal((RankTier.Popularity, RankTierReason.NothingKnown), (items.Tier, items.TierReason));
        Assert.Equal((RankTier.Popularity, RankTierReason.NothingKnown), Answer(shop, "loner"));
        Assert.Equal(hybrid.Recommend("stranger", 5), items);
    }

    /// <summary>The rung of popularity is the data's, whatever members are called.</summary>
    [Fact]
    public void A_member_that_is_called_popularity_does_not_pass_for_the_popularity_of_the_data()
    {
        InteractionDataset data = Build([.. Enumerable.Range(0, 50).Select(at => new Interaction(at, (ItemId)(at < 45 ? "hit" : "miss"), InteractionKind.Purchase, Day.AddDays(at)))]);
        HybridMember[] members = [new("popularity", new PopularityTrainer(new PopularityOptions { HalfLife = TimeSpan.FromMinutes(1) }).Train(data, cancellationToken: TestContext.Current.CancellationToken)), new("repeat", Repeat.Train(data, default))];
        IReadOnlyList<LadderRung> climbed = RankingLadder.Climb([RankingLadder.OfData(0.4), RankingLadder.Of(members[0], 0.1), RankingLadder.Of(members[1], 0.5), RankingLadder.OfAll(0.6)]);
        LadderRung[] ofMember = [.. RankingLadder.Climb([RankingLadder.OfData(0.1), RankingLadder.Of(members[0], 0.4), RankingLadder.Of(members[1], 0.5), RankingLadder.OfAll(0.6)])];
        CatalogSnapshot offers = TestShop.Snapshot(TestShop.OnItems("hit", "hit"), TestShop.OnItems("miss", "miss"));
        foreach ((IReadOnlyList<LadderRung> ladder, string first) in new[] { (climbed, "hit"), (ofMember, "miss") })
        {
            var model = (HybridModel)RecommendationModel.Load(SampleModel.Bytes(HybridModel.Of(members).WithLadder(ladder)));
            using var shop = new TestShop(offers, model);

            Assert.Equal(ladder, model.Ladder);
            Assert.Equal("popularity", ladder[0].Name);
            Assert.Equal(first, shop.Ranker.Rank("stranger")[0].Offer.Id.ToString());
            Assert.Equal(first, model.Recommend("stranger", 1)[0].Item.ToString());
        }
    }

    [Theory]
    [InlineData("hr@5")]
    [InlineData("precision@3")]
    [InlineData("recall@20")]
    [InlineData("f1@5")]
    [InlineData("ndcg@5")]
    [InlineData("ndcg@500")]
    [InlineData("map@10")]
    [InlineData("mrr@10")]
    public void Weights_are_measured_by_the_metric_that_is_asked_for(string name)
    {
        var metric = RankingMetric.Parse(name);
        (HybridMember[] members, UserItem[] test) = Split();
        HybridModel hybrid = HybridModel.Of([members[0] with { Weight = 0.3 }, members[1]]);
        var search = new FusionWeightSearch(HybridModel.Of(members), test, metric, rankSeenItems: false, 1000, 1, default);

        EvaluationResult expected = new RankingEvaluator(new EvaluationOptions { Resamples = 0 }).EvaluateItems(ItemScorer.FromModel(hybrid), test, [metric]);

        Assert.Equal(expected.Users, search.Customers);
        Assert.Equal(expected[name].Mean, search.MeanOf([0.3, 1]), 1e-6);
    }

    [Fact]
    public void Weights_found_are_no_worse_than_any_member_alone_or_all_alike()
    {
        InteractionSplit split = InteractionSplit.ByTimeFraction(Groups(), 0.2);
        var builder = new DatasetBuilder();
        builder.AddRange(split.Train);
        InteractionDataset dataset = builder.Build();
        HybridModel hybrid = HybridModel.Of([new("als", Als.Train(dataset, default)), new("knn", Knn.Train(dataset, default)), new("repeat", Repeat.Train(dataset, default))]);
        var search = new FusionWeightSearch(hybrid, split.Test.Select(one => new UserItem(one.User, one.Item)), new RankingMetric(RankingMetricKind.Ndcg, 10), rankSeenItems: false, 1000, 1, default);

        double found = search.MeanOf(search.Find(50, 1, default));

        Assert.True(search.Customers > 10);
        Assert.All((double[][])[[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 1]], weights => Assert.InRange(search.MeanOf(weights), 0, found));
    }

    [Theory]
    [InlineData(HybridFusion.Weighted)]
    [InlineData(HybridFusion.WeightedRoots)]
    [InlineData(HybridFusion.ReciprocalRank)]
    public void The_hybrid_and_its_ladder_are_those_of_the_fusion_that_was_asked_for(HybridFusion fusion)
    {
        HybridOutcome outcome = new HybridTrainer(new HybridOptions { Trials = 20, Fusion = fusion, RankSeenItems = true }).Train(Build(Groups()), [Als, Knn, Repeat], cancellationToken: TestContext.Current.CancellationToken);
        HybridModel model = outcome.Model;

        Assert.Equal(fusion, model.Fusion);
        Assert.Equal(fusion, ((HybridModel)RecommendationModel.Load(SampleModel.Bytes(model))).Fusion);
        Assert.Equal(RankTier.Hybrid, model.Ladder[^1].Tier);

        // The best of a list by reciprocal ranks has at most the weights over 61; weighted, the best of some member has its whole weight.
        float best = model.WithLadder([]).Recommend("0-0", 1, includeSeen: true)[0].Score;
        double weights = model.Members.Sum(member => member.Weight);
        Assert.Equal(fusion == HybridFusion.ReciprocalRank, best <= weights / 61 * 1.0001);
    }

    [Theory]
    [InlineData(HybridFusion.Weighted)]
    [InlineData(HybridFusion.WeightedRoots)]
    [InlineData(HybridFusion.ReciprocalRank)]
    public void Weights_of_several_members_measure_what_the_evaluator_measures_of_the_hybrid_that_has_them(HybridFusion fusion)
    {
        (HybridMember[] members, UserItem[] test) = Split();
        double[] weights = [0.3, 1];
        HybridModel hybrid = HybridModel.Of([.. members.Select((member, at) => member with { Weight = weights[at] })], fusion);
        var search = new FusionWeightSearch(HybridModel.Of(members, fusion), test, new RankingMetric(RankingMetricKind.Ndcg, 5), rankSeenItems: false, 1000, 1, default);

        EvaluationResult expected = new RankingEvaluator(new EvaluationOptions { Resamples = 0 }).EvaluateItems(ItemScorer.FromModel(hybrid), test, [new RankingMetric(RankingMetricKind.Ndcg, 5)]);

        Assert.Equal(expected.Users, search.Customers);
        Assert.Equal(expected["ndcg@5"].Mean, search.MeanOf(weights), 1e-6);
        Assert.NotEqual(expected["ndcg@5"].Mean, search.MeanOf([1, 0]), 1e-6);
    }

    [Fact]
    public void The_search_measures_what_the_evaluator_measures()
    {
        InteractionSplit split = InteractionSplit.ByTimeFraction(Groups(), 0.2);
        var builder = new DatasetBuilder();
        builder.AddRange(split.Train);
        HybridModel knn = HybridModel.Of([new("knn", Knn.Train(builder.Build(), default))]);
        UserItem[] test = [.. split.Test.Select(one => new UserItem(one.User, one.Item)).Distinct().Where(pair => knn.ContainsUser(pair.User))];
        var search = new FusionWeightSearch(knn, test, new RankingMetric(RankingMetricKind.Ndcg, 5), rankSeenItems: false, 1000, 1, default);

        EvaluationResult expected = new RankingEvaluator(new EvaluationOptions { Resamples = 0 }).EvaluateItems(ItemScorer.FromModel(knn), test, [new RankingMetric(RankingMetricKind.Ndcg, 5)]);

        // A customer for whom neighbours name nothing has no candidates, and counts in the evaluator's mean alone.
        Assert.InRange(search.MeanOf([1]) * search.Customers, (expected["ndcg@5"].Mean * expected.Users) - 1e-6, (expected["ndcg@5"].Mean * expected.Users) + (0.4 * (expected.Users - search.Customers)) + 1e-6);
    }

    [Fact]
    public void Events_without_times_are_weighed_on_pairs_held_out_at_random()
    {
        Interaction[] events = [.. Groups().Select(one => one with { At = default })];
        HybridTrainer trainer = new(new HybridOptions { Trials = 20 });

        HybridOutcome outcome = trainer.Train(Build(events), [Als, Knn], cancellationToken: TestContext.Current.CancellationToken);
        Array.Reverse(events);
        HybridOutcome other = trainer.Train(Build(events), [Als, Knn], cancellationToken: TestContext.Current.CancellationToken);

        Assert.Null(outcome.Cut);
        Assert.InRange(outcome.Customers, 10, 60);
        Assert.Equal([RankTier.Popularity, .. outcome.Model.Members.Select(member => member.Model.Tier).Distinct().Order(), RankTier.Hybrid], outcome.Model.Ladder.Select(rung => rung.Tier));
        Assert.True(outcome.Model.Ladder[1].Value > 2 * outcome.Model.Ladder[0].Value);
        Assert.Equal(SampleModel.Bytes(outcome.Model), SampleModel.Bytes(other.Model));
    }

    [Fact]
    public void Pairs_held_out_at_random_are_about_the_share_and_are_not_learnt_from()
    {
        // Every pair twice: what is between a customer and an item must stay on one side.
        Interaction[] events = [.. Groups().Concat(Groups()).Select(one => one with { At = default })];
        InteractionDataset dataset = Build(events);

        DatasetSplit split = DatasetSplit.Of(dataset, 0.25, seed: 1)!;
        DatasetSplit other = DatasetSplit.Of(dataset, 0.25, seed: 2)!;

        Assert.Null(split.Cut);
        Assert.Equal(540, split.Early.Count + split.Later.Count);
        Assert.InRange(split.Later.Count, 100, 170);
        UserItem[] early = [.. Enumerable.Range(0, split.Early.UserCount).SelectMany(user => split.Early.ByUser.ColumnsOf(user).ToArray().Select(item => new UserItem(new UserId(split.Early.Users.IdAt(user)), new ItemId(split.Early.Items.IdAt(item)))))];
        Assert.Empty(early.Intersect(split.Later));
        Assert.NotEqual(split.Later.ToHashSet(), [.. other.Later]);
    }

    [Fact]
    public void A_single_event_without_a_time_gives_equal_weights_and_no_ladder()
    {
        HybridOutcome outcome = new HybridTrainer().Train(Build(Groups().Take(1).Select(one => one with { At = default })), [Als, Knn], cancellationToken: TestContext.Current.CancellationToken);

        Assert.All(outcome.Model.Members, member => Assert.Equal(1, member.Weight));
        Assert.Empty(outcome.Model.Ladder);
        Assert.Equal((null, 0), (outcome.Cut, outcome.Customers));
    }

    [Fact]
    public void Options_out_of_range_are_refused_all_at_once()
    {
        ArgumentException fault = Assert.Throws<ArgumentException>(() => new HybridTrainer(new HybridOptions { ValidationShare = 1, Fusion = HybridFusion.Stacked, Trials = -1, MaxCustomers = 0, Metric = new RankingMetric(RankingMetricKind.Coverage, 5) }));

        Assert.Contains("Metric must be a metric that every customer has, with a cutoff, but is auc", Assert.Throws<ArgumentException>(() => new HybridTrainer(new HybridOptions { Metric = RankingMetric.Parse("auc") })).Message, StringComparison.Ordinal);
        foreach (string option in new[] { "ValidationShare", "Fusion", "Trials", "MaxCustomers", "Metric" })
        {
            Assert.Contains(option, fault.Message, StringComparison.Ordinal);
        }
    }

    private static (RankTier, RankTierReason) Answer(TestShop shop, UserId user)
    {
        RankSummary summary = shop.Ranker.Rank(user, new RankRequest { HidePurchased = false }).Summary;
        return (summary.Tier, summary.TierReason);
    }

    private static InteractionDataset Dataset() => Build(Groups());

    /// <summary>Two members of the earlier events, and what customers that they know took later.</summary>
    private static (HybridMember[] Members, UserItem[] Test) Split()
    {
        InteractionSplit split = InteractionSplit.ByTimeFraction(Groups(), 0.2);
        InteractionDataset dataset = Build(split.Train);
        HybridMember[] members = [new("als", Als.Train(dataset, default)), new("knn", Knn.Train(dataset, default))];
        return (members, [.. split.Test.Select(one => new UserItem(one.User, one.Item)).Distinct().Where(pair => members[0].Model.ContainsUser(pair.User))]);
    }

    private static InteractionDataset Build(IEnumerable<Interaction> events, DatasetOptions? options = null)
    {
        var builder = new DatasetBuilder(options ?? new DatasetOptions { KeepEvents = true });
        builder.AddRange(events);
        return builder.Build();
    }

    /// <summary>Three groups of twenty customers, each of whom takes most of their group's twelve items, in an order of their own.</summary>
    private static List<Interaction> Groups()
    {
        var random = new Random(3);
        var events = new List<Interaction>();
        for (int group = 0; group < 3; group++)
        {
            for (int customer = 0; customer < 20; customer++)
            {
                int[] items = [.. Enumerable.Range(0, 12).OrderBy(_ => random.Next())];
                for (int i = 0; i < 9; i++)
                {
                    events.Add(new Interaction($"{group}-{customer}", (ItemId)$"{group}-{items[i]}", InteractionKind.Purchase, Day.AddHours((i * 60) + customer)));
                }
            }
        }

        return events;
    }

    private sealed class Listener(List<TrainingProgress> told) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => told.Add(value);
    }
}
