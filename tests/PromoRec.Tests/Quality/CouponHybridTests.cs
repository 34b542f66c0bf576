using PromoRec.Datasets;
using PromoRec.Evaluation;
using PromoRec.Models;
using PromoRec.Models.Hybrid;
using PromoRec.Models.Knn;
using PromoRec.Models.Linear;
using PromoRec.Tests.Ranking;
using PromoRec.Training.ImplicitAls;
using PromoRec.Training.Interest;
using PromoRec.Training.Knn;
using PromoRec.Training.Linear;
using PromoRec.Training.Popularity;
using PromoRec.Training.Repeat;
using PromoRec.Tuning;

namespace PromoRec.Tests.Quality;

/// <summary>Coupon ranking on the Complete Journey by several models together. Everything was chosen on campaigns before 13.</summary>
public sealed class CouponHybridTests(ITestOutputHelper output)
{
    private static readonly string[] Earlier = ["27", "2", "4", "5", "7", "8", "9", "10", "11", "12"];

    [Fact]
    public void Final()
    {
        var all = Earlier.Append("13").ToDictionary(campaign => campaign, campaign => Occasion(new CouponCampaign(campaign)));
        EvaluationResult hybrid = Run(all, "13", "redeemed,repeat,brands,categories", false, 0.3, Earlier);
        Print("13 hybrid", hybrid);
        foreach (HybridMember member in all["13"].Model.Members)
        {
            EvaluationResult single = Evaluate(member.Model, all["13"]);
            Print($"13 {member.Name}", single);
            for (int metric = 0; metric < 2; metric++)
            {
                double[] differences = [.. hybrid.PerUser.Zip(single.PerUser, (one, other) => one.Values[metric] - other.Values[metric])];
                (double low, double high) = BootstrapInterval.OfMean(differences, 10_000);
                output.WriteLine($"   difference {differences.Average():0.0000} [{low:0.0000}, {high:0.0000}]");
            }
        }

        Print("13 weighted", Evaluate(HybridModel.Of(all["13"].Model.Members), all["13"]));
    }

    private static EvaluationResult Run(Dictionary<string, OfferOccasion> all, string held, string set, bool equal, double cost, string[] from)
    {
        HybridMember[] of(OfferOccasion occasion) => [.. occasion.Model.Members.Where(member => set.Split(',').Contains(member.Name))];
        LinearModel stacker = new OfferStackingTrainer(new OfferStackingOptions { Training = new LinearTrainingOptions { Cost = cost }, EqualCustomers = equal, Ranking = new PromoRec.Ranking.RankingOptions { TargetSizeExponent = 0 } })
            .Train([.. from.Where(campaign => campaign != held).Select(campaign => all[campaign] with { Model = HybridModel.Of(of(all[campaign])) })]);
        return Evaluate(HybridModel.Stacked(of(all[held]), stacker), all[held]);
    }

    private void Print(string name, EvaluationResult result) => output.WriteLine($"{name,-30} {result["recall@10"].Mean:0.0000} {result["ndcg@10"].Mean:0.0000} {result["hr@10"].Mean:0.0000}");

    private static OfferOccasion Occasion(CouponCampaign campaign)
    {
        InteractionDataset history = campaign.History();
        IReadOnlyList<Item> products = campaign.Catalog.Items;
        HybridModel model = HybridModel.Of(
        [
            new("redeemed", new PopularityTrainer(new PopularityOptions { HalfLife = null, Counting = PopularityCounting.Events }).Train(campaign.Redemptions())),
            new("repeat", new RepeatTrainer().Train(history)),
            new("brands", new InterestTrainer(new InterestOptions { Groups = InterestGroups.CategoriesOfBrands }).Train(history, products)),
            new("categories", new InterestTrainer(new InterestOptions { Groups = InterestGroups.Categories }).Train(history, products)),
            new("knn", new ItemKnnTrainer(new KnnOptions { Neighbours = 100 }).Train(history)),
            new("people", new UserKnnTrainer(new KnnOptions { Neighbours = 100, Weighting = KnnWeighting.TfIdf }).Train(history)),
            new("als", new ImplicitAlsTrainer(new ImplicitAlsOptions { Factors = 128, Regularization = 0.003, UnobservedWeight = 0.1 }).Train(history)),
        ]);
        return new OfferOccasion(model, campaign.Catalog, campaign.Redeemed, campaign.Start);
    }

    private static EvaluationResult Evaluate(RecommendationModel model, OfferOccasion occasion)
    {
        using var shop = new TestShop(occasion.Catalog, model, options: new PromoRec.Ranking.RankingOptions { TargetSizeExponent = 0 });
        var request = new RankRequest { HidePurchased = false, HideRedeemed = false, WithReasons = false };
        return new RankingEvaluator(new EvaluationOptions { Resamples = 1000 }).EvaluateOffers(
            household => [.. shop.Ranker.Rank(household, request).Select(ranked => ranked.Offer.Id)], occasion.Taken, RankingMetric.ParseList("recall@10,ndcg@10,hr@10"));
    }
}
