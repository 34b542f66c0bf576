using PromoRec.Models;
using PromoRec.Tests.Evaluation;

namespace PromoRec.Tests.Models;

public sealed class FactorModelRecommendTests
{
    private static readonly FactorModel Model = SmallModel.Create(
        new Dictionary<string, float[]> { ["ann"] = [1, 2], ["bob"] = [0, 0] },
        new Dictionary<string, float[]> { ["a"] = [3, 0], ["b"] = [0, 1], ["c"] = [1, 1], ["d"] = [0, 0], ["e"] = [-2, 0] },
        ("ann", "a"), ("bob", "a"), ("bob", "b"));

    [Fact]
    public void A_score_is_the_inner_product() => Assert.Equal(3, Model.Score("ann", "c"));

    [Fact]
    public void A_score_with_an_unknown_id_is_null()
    {
        Assert.Null(Model.Score("zoe", "c"));
        Assert.Null(Model.Score("ann", "z"));
        Assert.Null(Model.Score(default, default));
        Assert.Equal((true, false, true, false), (Model.ContainsUser("ann"), Model.ContainsUser("c"), Model.ContainsItem("c"), Model.ContainsItem("ann")));
    }

    [Fact]
    public void Recommended_items_are_the_best_unseen_ones_in_order()
    {
        RecommendedItems items = Model.Recommend("ann", 3);

        Assert.Equal([new("c", 3), new("b", 2), new("d", 0)], items);
        Assert.Equal(RankTier.Als, items.Tier);
        Assert.Equal(new ScoredItem("b", 2), items[1]);
    }

    [Fact]
    public void Seen_items_are_recommended_on_request() =>
        Assert.Equal([new("a", 3), new("c", 3), new("b", 2), new("d", 0), new("e", -2)], Model.Recommend("ann", 99, includeSeen: true));

    [Fact]
    public void Equal_scores_are_ordered_by_id() =>
        Assert.Equal(["c", "d", "e"], Model.Recommend("bob", 10).Select(scored => scored.Item.ToString()));

    [Fact]
    public void An_unknown_customer_gets_the_popular_items()
    {
        RecommendedItems items = Model.Recommend("zoe", 3);

        Assert.Equal([new("a", 2), new("b", 1), new("c", 0)], items);
        Assert.Equal(RankTier.Popularity, items.Tier);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(12, false)]
    [InlineData(12, true)]
    [InlineData(90, false)]
    [InlineData(1000, true)]
    public void Many_customers_get_the_items_that_each_gets_alone_whatever_the_threads(int count, bool includeSeen)
    {
        FactorModel model = SmallModel.Random(250, 400, 9, seed: 4);
        UserId[] users = [.. Enumerable.Range(0, 260).Select(user => new UserId($"u{user * 7 % 255}"))];
        foreach (int threads in new[] { 1, 3 })
        {
            IReadOnlyList<RecommendedItems> answers = model.RecommendMany(users, count, includeSeen, threads, cancellationToken: TestContext.Current.CancellationToken);
            Assert.Equal(users.Length, answers.Count);
            for (int i = 0; i < users.Length; i++)
            {
                Assert.Equal(BestOf(model, users[i], count, includeSeen), answers[i]);
                RecommendedItems alone = model.Recommend(users[i], count, includeSeen);
                Assert.Equal(alone, answers[i]);
                Assert.Equal((alone.Tier, alone.TierReason), (answers[i].Tier, answers[i].TierReason));
            }
        }
    }

    [Fact]
    public void Many_customers_of_any_model_get_the_items_that_each_gets_alone()
    {
        foreach (RecommendationModel model in SampleModel.Neighbours().Append(SampleModel.Hybrid()))
        {
            UserId[] users = [.. Enumerable.Range(0, model.UserCount).Select(row => new UserId(model.Users.IdAt(row))), "nobody"];
            Assert.Equal(users.Select(user => model.Recommend(user, 5)), model.RecommendMany(users, 5, cancellationToken: TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public void Recommending_to_many_tells_how_many_are_done_and_can_be_cancelled()
    {
        FactorModel model = SmallModel.Random(50, 60, 5, seed: 5);
        UserId[] users = [.. Enumerable.Range(0, 1000).Select(user => new UserId($"u{user % 50}"))];
        var reports = new Reports();
        model.RecommendMany(users, 3, progress: reports, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(1000, reports.Last);
        Assert.Throws<OperationCanceledException>(() => model.RecommendMany(users, 3, cancellationToken: new CancellationToken(canceled: true)));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.RecommendMany(users, -1, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.RecommendMany(users, 1, threads: -1, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Empty(model.RecommendMany([], 3, cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Similar_items_are_ordered_by_cosine_without_the_item_itself()
    {
        IReadOnlyList<ScoredItem> similar = Model.SimilarItems("a", 99);

        Assert.Equal(["c", "b", "d", "e"], similar.Select(scored => scored.Item.ToString()));
        Assert.Equal(Math.Sqrt(0.5), similar[0].Score, 1e-6);
        Assert.Equal([0f, 0f, -1f], similar.Skip(1).Select(scored => scored.Score));
    }

    [Fact]
    public void Nothing_is_similar_to_an_unknown_item() => Assert.Empty(Model.SimilarItems("z", 5));

    [Fact]
    public void A_count_may_be_zero_but_not_negative()
    {
        Assert.Empty(Model.Recommend("ann", 0));
        Assert.Empty(Model.SimilarItems("a", 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Model.Recommend("ann", -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Model.SimilarItems("a", -1));
    }

    /// <summary>By sorting the scores of all items.</summary>
    private static ScoredItem[] BestOf(FactorModel model, UserId user, int count, bool includeSeen)
    {
        if (!model.ContainsUser(user))
        {
            return [.. model.Recommend(user, count)];
        }

        Assert.True(model.Users.TryGetRow(user.Value, out int userRow));
        int[] seen = includeSeen ? [] : [.. model.History.ByUser.ColumnsOf(userRow)];
        return [.. Enumerable.Range(0, model.ItemCount)
            .Where(item => !seen.Contains(item))
            .Select(item => (Item: item, Score: model.ScoreOf(userRow, item)))
            .OrderByDescending(scored => scored.Score)
            .ThenBy(scored => scored.Item)
            .Take(count)
            .Select(scored => new ScoredItem(new ItemId(model.Items.IdAt(scored.Item)), scored.Score))];
    }

    private sealed class Reports : IProgress<int>
    {
        public int Last { get; private set; }

        public void Report(int value)
        {
            Assert.True(value > Last);
            Last = value;
        }
    }
}
