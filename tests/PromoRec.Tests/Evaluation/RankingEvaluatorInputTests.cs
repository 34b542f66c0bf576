using PromoRec.Evaluation;
using PromoRec.Models;

namespace PromoRec.Tests.Evaluation;

public sealed class RankingEvaluatorInputTests
{
    private static readonly IReadOnlyList<RankingMetric> Metrics = RankingMetric.ParseList("hr@1,auc");

    private static readonly FactorModel Model = SmallModel.Create(
        new Dictionary<string, float[]> { ["ann"] = [1], ["bob"] = [-1] },
        new Dictionary<string, float[]> { ["a"] = [1], ["b"] = [2], ["c"] = [3] },
        ("ann", "a"), ("bob", "a"), ("bob", "b"));

    private readonly ItemScorer _scorer = ItemScorer.FromModel(Model);

    [Fact]
    public void Unknown_customers_get_popularity_and_are_counted()
    {
        EvaluationResult result = new RankingEvaluator().EvaluateItems(_scorer, [new("ann", "c"), new("zoe", "a")], Metrics);

        Assert.Equal(2, result.Users);
        Assert.Equal(1, result.UnknownUsers);
        Assert.Equal(0, result.SkippedUsers);
        Assert.Equal([true, false], result.PerUser.Select(user => user.IsKnown));
        Assert.Equal(1, result.PerUser[1].Values[0]);
    }

    [Fact]
    public void Unknown_customers_are_left_out_where_the_options_say_so()
    {
        var evaluator = new RankingEvaluator(new EvaluationOptions { UnknownUsers = UnknownUserHandling.Exclude });

        EvaluationResult result = evaluator.EvaluateItems(_scorer, [new("ann", "b"), new("zoe", "a")], Metrics);

        Assert.Equal((1, 1, 1), (result.Users, result.UnknownUsers, result.SkippedUsers));
        Assert.Equal(0, result["hr@1"].Mean);
    }

    [Fact]
    public void An_item_the_model_does_not_know_counts_as_relevant_and_is_not_found()
    {
        EvaluationResult result = new RankingEvaluator().EvaluateItems(_scorer, [new("ann", "c"), new("ann", "new")], RankingMetric.ParseList("recall@3,auc"));

        Assert.Equal(1, result.UnknownItemPairs);
        Assert.Equal(0.5, result["recall@3"].Mean);
        Assert.Equal(0.5, result["auc"].Mean);
    }

    [Fact]
    public void Test_pairs_of_the_training_data_are_left_out_and_counted()
    {
        EvaluationResult result = new RankingEvaluator().EvaluateItems(_scorer, [new("ann", "a"), new("ann", "c"), new("bob", "b")], Metrics);

        Assert.Equal((1, 2, 1), (result.Users, result.SeenPairs, result.SkippedUsers));
        Assert.Equal(1, result.PerUser[0].Relevant);
    }

    [Fact]
    public void Test_pairs_of_the_training_data_count_when_seen_items_are_ranked()
    {
        var evaluator = new RankingEvaluator(new EvaluationOptions { RankSeenItems = true });

        EvaluationResult result = evaluator.EvaluateItems(_scorer, [new("bob", "a")], Metrics);

        Assert.Equal((1, 0), (result.Users, result.SeenPairs));
        Assert.Equal(1, result["hr@1"].Mean);
    }

    [Fact]
    public void Auc_is_left_out_of_the_mean_for_customers_with_nothing_irrelevant()
    {
        EvaluationResult result = new RankingEvaluator().EvaluateItems(_scorer, [new("ann", "b"), new("ann", "c"), new("zoe", "a")], Metrics);

        Assert.True(double.IsNaN(result.PerUser[0].Values[1]));
        Assert.Equal(1, result["auc"].Mean);
    }

    [Fact]
    public void An_empty_test_set_is_refused()
    {
        PromoRecException error = Assert.Throws<PromoRecException>(() => new RankingEvaluator().EvaluateItems(_scorer, [], Metrics));

        Assert.Equal(PromoRecErrorCode.InvalidDataset, error.Code);
        Assert.Contains("The test set is empty", error.Message, StringComparison.Ordinal);
        Assert.Throws<PromoRecException>(() => new RankingEvaluator().EvaluateOffers(_ => [], [], Metrics));
    }

    [Fact]
    public void A_test_set_that_leaves_nobody_says_why()
    {
        var evaluator = new RankingEvaluator(new EvaluationOptions { UnknownUsers = UnknownUserHandling.Exclude });

        string message = Assert.Throws<PromoRecException>(() => evaluator.EvaluateItems(_scorer, [new("zoe", "a"), new("ann", "a")], Metrics)).Message;

        Assert.Contains("None of the 2 test customers can be evaluated: 1 are unknown to the model, and 1 test pairs are in its training data.", message, StringComparison.Ordinal);
        Assert.DoesNotContain("zoe", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_test_customer_without_candidates_is_refused()
    {
        string message = Assert.Throws<PromoRecException>(
            () => new RankingEvaluator().EvaluateItems(_scorer, [new("ann", "c"), new("bob", "c")], Metrics, [new("ann", "b")])).Message;

        Assert.Contains("1 of 2 test customers have no candidates", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Metrics_must_be_there_once()
    {
        Assert.Throws<ArgumentException>(() => new RankingEvaluator().EvaluateItems(_scorer, [new("ann", "c")], []));
        Assert.Throws<ArgumentException>(() => new RankingEvaluator().EvaluateItems(_scorer, [new("ann", "c")], [Metrics[0], Metrics[0]]));
        Assert.Throws<ArgumentException>(() => new RankingEvaluator().EvaluateItems(_scorer, [new("ann", "c")], [default]));
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new RankingEvaluator(new EvaluationOptions { Resamples = -1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RankingEvaluator(new EvaluationOptions { ConfidenceLevel = 95 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RankingEvaluator(new EvaluationOptions { Threads = -1 }));
    }

    [Fact]
    public void Later_changes_of_the_options_do_not_reach_the_evaluator()
    {
        var options = new EvaluationOptions { Resamples = 0 };
        var evaluator = new RankingEvaluator(options);
        options.Resamples = -1;

        Assert.Null(evaluator.EvaluateItems(_scorer, [new("ann", "c")], Metrics)["hr@1"].Low);
    }

    [Fact]
    public void No_resamples_means_no_interval() =>
        Assert.Null(new RankingEvaluator(new EvaluationOptions { Resamples = 0 }).EvaluateItems(_scorer, [new("ann", "c")], Metrics)["hr@1"].Low);

    [Fact]
    public void An_evaluation_reports_its_progress_and_can_be_cancelled()
    {
        var reports = new Reports();
        new RankingEvaluator().EvaluateItems(_scorer, [new("ann", "c"), new("bob", "c")], Metrics, progress: reports);
        Assert.Equal(new EvaluationProgress(2, 2), reports[^1]);

        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() => new RankingEvaluator().EvaluateItems(_scorer, [new("ann", "c")], Metrics, cancellationToken: cancelled.Token));
        Assert.Throws<OperationCanceledException>(() => new RankingEvaluator().EvaluateItems(_scorer, [new("ann", "c")], Metrics, [new("ann", "b")], cancellationToken: cancelled.Token));
        Assert.Throws<OperationCanceledException>(() => new RankingEvaluator().EvaluateOffers(_ => [], [new("ann", "c")], Metrics, cancellationToken: cancelled.Token));
    }

    private sealed class Reports : List<EvaluationProgress>, IProgress<EvaluationProgress>
    {
        public void Report(EvaluationProgress value) => Add(value);
    }
}
