using PromoRec.Datasets;
using PromoRec.Evaluation;
using PromoRec.Models;
using PromoRec.Models.Hybrid;
using PromoRec.Models.Linear;
using PromoRec.Ranking;
using PromoRec.Tests.Ranking;
using PromoRec.Training.Interest;
using PromoRec.Training.Popularity;
using PromoRec.Training.Repeat;
using PromoRec.Tuning;

namespace PromoRec.Tests.Quality;

/// <summary>Coupon ranking on the Complete Journey by several models together. Everything was chosen on campaigns before 13.</summary>
public sealed class CouponHybridTests(ITestOutputHelper output)
{
    private static readonly string[] Earlier = ["27", "2", "4", "5", "7", "8", "9", "10", "11", "12"];

    /// <summary>
    /// Members and cost did best in five folds of the households of campaign 8, learnt from with the other campaigns before 13. On campaign 13 more of the redeemed coupons are among the first ten
    /// than for each member alone; for the order among these ten, NDCG, the difference is smaller than chance.
    /// </summary>
    [Fact]
    public void A_hybrid_learnt_from_earlier_campaigns_finds_more_of_the_redeemed_coupons_than_what_households_bought_before()
    {
        RankingOptions ranking = new() { TargetSizeExponent = 0 };
        OfferOccasion[] earlier = [.. Earlier.Select(campaign => Occasion(new CouponCampaign(campaign)))];
        var options = new OfferStackingOptions { Ranking = ranking, EqualCustomers = false };

        // The members say of late and how much already.
        options.LeftOut.UnionWith(["customer.price_fit", "customer.days_since_target", "customer.days_since_anything", "offer.brands"]);
        LinearModel stacker = new OfferStackingTrainer(options).Train(earlier, cancellationToken: TestContext.Current.CancellationToken);
        var campaign = new CouponCampaign("13");
        OfferOccasion now = Occasion(campaign);
        EvaluationResult hybrid = Evaluate(HybridModel.Stacked(now.Model.Members, stacker), campaign, ranking);
        Dictionary<string, EvaluationResult> alone = now.Model.Members.ToDictionary(member => member.Name, member => Evaluate(member.Model, campaign, ranking));

        Print("hybrid", hybrid);
        foreach ((string name, EvaluationResult result) in alone)
        {
            Print(name, result);
            output.WriteLine($"  hybrid ahead by recall {Lead(hybrid, result, 0)}, ndcg {Lead(hybrid, result, 1)}");
        }

        Assert.Equal(196, hybrid.Users);
        Assert.InRange(hybrid["recall@10"].Mean, 0.435, 1);
        Assert.InRange(hybrid["ndcg@10"].Mean, 0.2961, 1);
        Assert.All(alone.Values, result => Assert.True(hybrid["recall@10"].Mean > result["recall@10"].Mean + 0.015));
        Assert.InRange(Lead(hybrid, alone["repeat"], 0).Low, 0, 1);
    }

    /// <summary>What a household spends on a line of products, a type of one brand, was the best single source on campaign 8, by recall and by NDCG. The lead over repeat purchases on campaign 13 is within chance.</summary>
    [Fact]
    public void Spending_on_lines_of_products_ranks_coupons_better_than_the_best_measured_row()
    {
        RankingOptions ranking = new() { TargetSizeExponent = 0 };
        var campaign = new CouponCampaign("13");
        var trainer = new InterestTrainer(new InterestOptions { Groups = InterestGroups.CategoriesOfBrands });
        EvaluationResult lines = Evaluate(trainer.Train(campaign.Spending(), CouponCampaign.ProductTypes), campaign, ranking);
        EvaluationResult repeat = Evaluate(new RepeatTrainer().Train(campaign.History()), campaign, ranking);

        Print("lines", lines);
        output.WriteLine($"  ahead of repeat by recall {Lead(lines, repeat, 0)}, ndcg {Lead(lines, repeat, 1)}");
        Assert.InRange(lines["recall@10"].Mean, 0.4187, 1);
        Assert.InRange(lines["ndcg@10"].Mean, 0.31, 1);
    }

    /// <summary>The mean difference over the households, with its interval.</summary>
    private static (double Mean, double Low, double High) Lead(EvaluationResult hybrid, EvaluationResult other, int metric)
    {
        double[] differences = [.. hybrid.PerUser.Zip(other.PerUser, (one, against) => one.Values[metric] - against.Values[metric])];
        (double low, double high) = BootstrapInterval.OfMean(differences, 10_000);
        return (differences.Average(), low, high);
    }

    private void Print(string name, EvaluationResult result) =>
        output.WriteLine($"{name,-20} recall {result["recall@10"].Mean:0.0000} [{result["recall@10"].Low:0.0000}, {result["recall@10"].High:0.0000}] ndcg {result["ndcg@10"].Mean:0.0000} [{result["ndcg@10"].Low:0.0000}, {result["ndcg@10"].High:0.0000}]");

    private static OfferOccasion Occasion(CouponCampaign campaign)
    {
        InteractionDataset history = campaign.History();
        InteractionDataset redemptions = campaign.Redemptions();
        InteractionDataset recent = campaign.History(TimeSpan.FromDays(21));
        IReadOnlyList<Item> products = campaign.Catalog.Items;
        var ofBrands = new InterestTrainer(new InterestOptions { Groups = InterestGroups.CategoriesOfBrands });
        var ofCategories = new InterestTrainer(new InterestOptions { Groups = InterestGroups.Categories });
        HybridModel model = HybridModel.Of(
        [
            new("redeemed", new PopularityTrainer(new PopularityOptions { HalfLife = null, Counting = PopularityCounting.Events }).Train(redemptions)),
            new("redeemed-brands", ofBrands.Train(redemptions, products)),
            new("redeemed-categories", ofCategories.Train(redemptions, products)),
            new("recent", new RepeatTrainer().Train(recent)),
            new("repeat", new RepeatTrainer().Train(history)),
            new("brands", ofBrands.Train(history, products)),
            new("categories", ofCategories.Train(history, products)),
        ]);
        return new OfferOccasion(model, campaign.Catalog, campaign.Redeemed, campaign.Start);
    }

    private static EvaluationResult Evaluate(RecommendationModel model, CouponCampaign campaign, RankingOptions ranking)
    {
        using var shop = new TestShop(campaign.Catalog, model, options: ranking);
        var request = new RankRequest { HidePurchased = false, HideRedeemed = false, WithReasons = false };
        return new RankingEvaluator().EvaluateOffers(
            household => [.. shop.Ranker.Rank(household, request).Select(ranked => ranked.Offer.Id)], campaign.Redeemed, RankingMetric.ParseList("recall@10,ndcg@10"));
    }
}
