using PromoRec.Evaluation;

namespace PromoRec.Tests.Evaluation;

public sealed class OfferEvaluationTests
{
    [Fact]
    public void Rankings_of_offers_are_measured_against_what_customers_took()
    {
        var rankings = new Dictionary<UserId, IReadOnlyList<OfferId>>
        {
            ["ann"] = ["10%", "free", "gift"],
            ["bob"] = ["10%", "gift", "free"],
        };

        EvaluationResult result = new RankingEvaluator().EvaluateOffers(
            user => rankings[user], [new("bob", "free"), new("ann", "10%"), new("ann", "10%"), new("bob", "elsewhere")], RankingMetric.ParseList("hr@1,recall@3,mrr@10,auc,coverage@2"));

        Assert.Equal(["ann", "bob"], result.PerUser.Select(user => user.User.ToString()));
        Assert.Equal([1, 2], result.PerUser.Select(user => user.Relevant));
        Assert.Equal(0.5, result["hr@1"].Mean, 1e-12);
        Assert.Equal(0.75, result["recall@3"].Mean, 1e-12);
        Assert.Equal((1 + (1.0 / 3)) / 2, result["mrr@10"].Mean, 1e-12);
        Assert.Equal(0.5, result["auc"].Mean, 1e-12);
        Assert.Equal(3.0 / 4, result["coverage@2"].Mean, 1e-12);
    }

    [Fact]
    public void A_customer_who_is_shown_nothing_counts_as_a_miss()
    {
        EvaluationResult result = new RankingEvaluator().EvaluateOffers(_ => [], [new("ann", "free")], RankingMetric.ParseList("hr@10,ndcg@10,auc"));

        Assert.Equal([0, 0, double.NaN], result.PerUser[0].Values);
        Assert.True(double.IsNaN(result["auc"].Mean));
    }

    [Fact]
    public void An_offer_that_is_ranked_twice_is_refused() =>
        Assert.Throws<ArgumentException>(() => new RankingEvaluator().EvaluateOffers(_ => ["a", "a"], [new("ann", "a")], RankingMetric.ParseList("hr@10")));

    [Fact]
    public void Novelty_is_refused() =>
        Assert.Throws<ArgumentException>(() => new RankingEvaluator().EvaluateOffers(_ => ["a"], [new("ann", "a")], RankingMetric.ParseList("novelty@10")));
}
