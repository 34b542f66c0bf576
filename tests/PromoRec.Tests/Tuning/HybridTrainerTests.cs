using PromoRec.Datasets;
using PromoRec.Evaluation;
using PromoRec.Interactions;
using PromoRec.Models;
using PromoRec.Models.Hybrid;
using PromoRec.Tests.Models;
using PromoRec.Tests.Ranking;
using PromoRec.Training.ImplicitAls;
using PromoRec.Training.Knn;
using PromoRec.Training.Repeat;
using PromoRec.Tuning;

namespace PromoRec.Tests.Tuning;

public sealed class HybridTrainerTests
{
    private static readonly DateTimeOffset Day = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly HybridRecipe Als = new("als", (dataset, stop) => new ImplicitAlsTrainer(new ImplicitAlsOptions { Factors = 8, Threads = 1 }).Train(dataset, cancellationToken: stop));
    private static readonly HybridRecipe Knn = new("knn", (dataset, stop) => new ItemKnnTrainer().Train(dataset, cancellationToken: stop));
    private static readonly HybridRecipe Repeat = new("repeat", (dataset, _) => new RepeatTrainer().Train(dataset));

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
        HybridModel model = HybridModel.Of([new("knn", Knn.Train(Dataset(), default))]).WithLadder([new(RankTier.Popularity, "popularity", 0.25, 0, true), new(RankTier.Neighbours, "knn", 0.125, -0.125, false)]);

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
        float best = model.Recommend("0-0", 1, includeSeen: true)[0].Score;
        double weights = model.Members.Sum(member => member.Weight);
        Assert.Equal(fusion == HybridFusion.ReciprocalRank, best <= weights / 61 * 1.0001);
    }

    [Theory]
    [InlineData(HybridFusion.Weighted)]
    [InlineData(HybridFusion.WeightedRoots)]
    [InlineData(HybridFusion.ReciprocalRank)]
    public void Weights_of_several_members_measure_what_the_evaluator_measures_of_the_hybrid_that_has_them(HybridFusion fusion)
    {
        InteractionSplit split = InteractionSplit.ByTimeFraction(Groups(), 0.2);
        var builder = new DatasetBuilder();
        builder.AddRange(split.Train);
        InteractionDataset dataset = builder.Build();
        HybridMember[] members = [new("als", Als.Train(dataset, default)), new("knn", Knn.Train(dataset, default))];
        double[] weights = [0.3, 1];
        HybridModel hybrid = HybridModel.Of([.. members.Select((member, at) => member with { Weight = weights[at] })], fusion);
        UserItem[] test = [.. split.Test.Select(one => new UserItem(one.User, one.Item)).Distinct().Where(pair => hybrid.ContainsUser(pair.User))];
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

    private static InteractionDataset Build(IEnumerable<Interaction> events)
    {
        var builder = new DatasetBuilder(new DatasetOptions { KeepEvents = true });
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
}
