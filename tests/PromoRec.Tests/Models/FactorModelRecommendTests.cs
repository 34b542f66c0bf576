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
}
