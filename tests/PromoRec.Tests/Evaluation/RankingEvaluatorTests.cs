using PromoRec.Evaluation;
using PromoRec.Models;
using PromoRec.Numerics;

namespace PromoRec.Tests.Evaluation;

public sealed class RankingEvaluatorTests
{
    private static readonly IReadOnlyList<RankingMetric> All =
        RankingMetric.ParseList("hr@10,ndcg@10,recall@20,precision@5,f1@10,map@10,mrr@10,auc,coverage@3,novelty@10");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_full_catalog_protocol_equals_sorting_everything(bool rankSeen)
    {
        FactorModel model = SmallModel.Random(users: 90, items: 230, factors: 3, seed: 1);
        UserItem[] test = TestPairs(model, seed: 2);

        EvaluationResult result = new RankingEvaluator(new EvaluationOptions { RankSeenItems = rankSeen, Resamples = 10 }).EvaluateItems(ItemScorer.FromModel(model), test, All);

        AssertEqualsNaive(new NaiveEvaluation(model, rankSeen), result, test, candidates: null, dropSeen: !rankSeen);
    }

    [Fact]
    public void The_sampled_candidates_protocol_equals_sorting_everything()
    {
        FactorModel model = SmallModel.Random(users: 70, items: 60, factors: 3, seed: 3);
        UserItem[] test = TestPairs(model, seed: 4);
        var random = new SeededRandom(5);
        var candidates = new List<UserItem>();
        foreach (UserId user in test.Select(pair => pair.User).Distinct())
        {
            for (int i = 0; i < 25; i++)
            {
                // Some are there twice, some are held out, some the customer has, some nobody knows.
                candidates.Add(new UserItem(user, $"i{random.NextInt32(64)}"));
            }
        }

        EvaluationResult result = new RankingEvaluator(new EvaluationOptions { Resamples = 10 }).EvaluateItems(ItemScorer.FromModel(model), test, All, candidates);

        AssertEqualsNaive(new NaiveEvaluation(model, rankSeen: true), result, test, candidates, dropSeen: false);
    }

    [Fact]
    public void The_figures_depend_on_neither_threads_nor_the_order_of_the_input()
    {
        FactorModel model = SmallModel.Random(users: 150, items: 90, factors: 4, seed: 6);
        UserItem[] test = TestPairs(model, seed: 7);
        EvaluationResult expected = new RankingEvaluator(new EvaluationOptions { Threads = 1 }).EvaluateItems(ItemScorer.FromModel(model), test, All);
        UserItem[] shuffled = [.. test.Reverse(), .. test];

        foreach (int threads in new[] { 2, 7 })
        {
            EvaluationResult result = new RankingEvaluator(new EvaluationOptions { Threads = threads }).EvaluateItems(ItemScorer.FromModel(model), shuffled, All);

            Assert.Equal(expected.Metrics, result.Metrics);
            Assert.Equal(expected.PerUser.Select(user => user.User), result.PerUser.Select(user => user.User));
            Assert.Equal(expected.PerUser.SelectMany(user => user.Values), result.PerUser.SelectMany(user => user.Values));
        }
    }

    [Fact]
    public void A_small_case_equals_the_values_computed_by_hand()
    {
        // For ann: d 4, c 3, then b 2, as she has a already; for bob: a -1, b -2, c -3, d -4.
        FactorModel model = SmallModel.Create(
            new Dictionary<string, float[]> { ["ann"] = [1], ["bob"] = [-1] },
            new Dictionary<string, float[]> { ["a"] = [1], ["b"] = [2], ["c"] = [3], ["d"] = [4] },
            ("ann", "a"));

        EvaluationResult result = new RankingEvaluator().EvaluateItems(
            ItemScorer.FromModel(model), [new("ann", "c"), new("bob", "a"), new("bob", "d")], RankingMetric.ParseList("hr@1,recall@2,mrr@3,auc,coverage@1,novelty@1"));

        Assert.Equal(2, result.Users);
        Assert.Equal(0.5, result["hr@1"].Mean, 1e-12);
        Assert.Equal((1.0 + 0.5) / 2, result["recall@2"].Mean, 1e-12);
        Assert.Equal((0.5 + 1.0) / 2, result["MRR@3"].Mean, 1e-12);
        Assert.Equal((0.5 + 0.5) / 2, result["auc"].Mean, 1e-12);
        Assert.Equal(2.0 / 4, result["coverage@1"].Mean, 1e-12);
        Assert.Null(result["coverage@1"].Low);
        Assert.Equal(1, result["novelty@1"].Mean, 1e-12);
        Assert.InRange(result["mrr@3"].Mean, result["mrr@3"].Low!.Value, result["mrr@3"].High!.Value);
        Assert.Throws<KeyNotFoundException>(() => result["hr@2"]);
    }

    [Fact]
    public void Equal_scores_are_ordered_by_id()
    {
        FactorModel model = SmallModel.Create(
            new Dictionary<string, float[]> { ["u"] = [0] },
            new Dictionary<string, float[]> { ["10"] = [1], ["9"] = [2], ["B"] = [3], ["a"] = [4] });
        IReadOnlyList<RankingMetric> first = RankingMetric.ParseList("mrr@10");
        double Rank(string item, params string[] candidates) => 1 / new RankingEvaluator()
            .EvaluateItems(ItemScorer.FromModel(model), [new("u", item)], first, candidates.Length == 0 ? null : candidates.Select(id => new UserItem("u", id)))["mrr@10"].Mean;

        Assert.Equal([1, 2, 3, 4], new[] { "10", "9", "B", "a" }.Select(item => Rank(item)));
        Assert.Equal(2, Rank("Aunknown", "a", "10"));
    }

    [Fact]
    public void The_popularity_baseline_ranks_by_number_of_customers()
    {
        FactorModel model = SmallModel.Create(
            new Dictionary<string, float[]> { ["u"] = [1], ["v"] = [1], ["w"] = [1] },
            new Dictionary<string, float[]> { ["a"] = [9], ["b"] = [0], ["c"] = [0] },
            ("u", "b"), ("v", "b"), ("u", "c"));
        IReadOnlyList<RankingMetric> metrics = RankingMetric.ParseList("mrr@10");

        EvaluationResult result = new RankingEvaluator().EvaluateItems(ItemScorer.Popularity(model), [new("w", "c"), new("v", "c"), new("u", "a")], metrics);

        Assert.Equal([1, 1, 0.5], result.PerUser.Select(user => user.Values[0]));
    }

    private static void AssertEqualsNaive(NaiveEvaluation naive, EvaluationResult result, UserItem[] test, List<UserItem>? candidates, bool dropSeen)
    {
        ILookup<UserId, ItemId>? lists = candidates?.ToLookup(pair => pair.User, pair => pair.Item);
        var expected = test.GroupBy(pair => pair.User, pair => pair.Item)
            .OrderBy(group => group.Key)
            .Select(group => (User: group.Key, HeldOut: group.Where(item => !dropSeen || !naive.Seen(group.Key).Contains(item)).ToHashSet()))
            .Where(user => user.HeldOut.Count > 0)
            .Select(user => (user.User, user.HeldOut.Count, Values: naive.Values(user.User, user.HeldOut, All, lists?[user.User])))
            .ToList();

        Assert.Equal(expected.Select(user => (user.User, user.Count)), result.PerUser.Select(user => (user.User, user.Relevant)));
        for (int user = 0; user < expected.Count; user++)
        {
            for (int metric = 0; metric < All.Count; metric++)
            {
                Assert.Equal(expected[user].Values[metric], result.PerUser[user].Values[metric], 1e-12);
            }
        }

        for (int metric = 0; metric < All.Count; metric++)
        {
            double mean = All[metric].IsPerUser
                ? expected.Average(user => user.Values[metric])
                : expected.SelectMany(user => naive.Rank(user.User, lists?[user.User].Concat(test.Where(pair => pair.User == user.User).Select(pair => pair.Item))).Take(All[metric].Cutoff))
                    .Select(scored => scored.Item).Where(naive.AllItems().Contains).Distinct().Count() / (double)naive.AllItems().Count();
            Assert.Equal(mean, result.Metrics[metric].Mean, 1e-12);
        }
    }

    /// <summary>Three pairs for each customer and for two unknown ones, some of them unknown items and some that the customer has.</summary>
    private static UserItem[] TestPairs(FactorModel model, ulong seed)
    {
        var random = new SeededRandom(seed);
        var pairs = new List<UserItem>();
        for (int user = 0; user < model.UserCount + 2; user++)
        {
            for (int i = 0; i < 3; i++)
            {
                pairs.Add(new UserItem($"u{user}", $"i{random.NextInt32(model.ItemCount + 3)}"));
            }
        }

        return [.. pairs];
    }
}
