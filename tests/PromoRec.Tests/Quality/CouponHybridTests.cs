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
using PromoRec.Training.Repeat;
using PromoRec.Tuning;

namespace PromoRec.Tests.Quality;

/// <summary>Coupon ranking on the Complete Journey by several models together. Everything was chosen on campaigns before 13.</summary>
public sealed class CouponHybridTests(ITestOutputHelper output)
{
    private static readonly string[] Earlier = ["27", "2", "4", "5", "7", "8", "9", "10", "11", "12"];

    [Fact]
    public void Explore()
    {
        var occasions = Earlier.ToDictionary(campaign => campaign, campaign => Occasion(new CouponCampaign(campaign)));
        foreach (string held in new[] { "8", "27" })
        {
            foreach (HybridMember member in occasions[held].Model.Members)
            {
                Print($"{held} {member.Name}", Evaluate(member.Model, occasions[held]));
            }

            Print($"{held} weighted", Evaluate(HybridModel.Of(occasions[held].Model.Members), occasions[held]));
            Print($"{held} rrf", Evaluate(HybridModel.Of(occasions[held].Model.Members, HybridFusion.ReciprocalRank), occasions[held]));
            foreach (bool equal in new[] { true, false })
            {
                foreach (double cost in new[] { 0.03, 0.1, 0.3, 1, 3 })
                {
                    LinearModel stacker = new OfferStackingTrainer(new OfferStackingOptions { Training = new LinearTrainingOptions { Cost = cost }, EqualCustomers = equal, Ranking = new PromoRec.Ranking.RankingOptions { TargetSizeExponent = 0 } })
                        .Train([.. occasions.Where(pair => pair.Key != held).Select(pair => pair.Value)]);
                    Print($"{held} stacked {cost} {equal}", Evaluate(HybridModel.Stacked(occasions[held].Model.Members, stacker), occasions[held]));
                    if (cost == 0.3)
                    {
                        output.WriteLine(string.Join(' ', stacker.Schema.Fields.Where(field => field.OwnColumns == 1).Select(field => $"{field.Name}={stacker.Weights[field.FirstColumn]:0.00}")));
                    }
                }
            }
        }
    }

    private void Print(string name, EvaluationResult result) => output.WriteLine($"{name,-30} {result["recall@10"].Mean:0.0000} {result["ndcg@10"].Mean:0.0000} {result["hr@10"].Mean:0.0000}");

    private static OfferOccasion Occasion(CouponCampaign campaign)
    {
        InteractionDataset history = campaign.History();
        IReadOnlyList<Item> products = campaign.Catalog.Items;
        HybridModel model = HybridModel.Of(
        [
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
