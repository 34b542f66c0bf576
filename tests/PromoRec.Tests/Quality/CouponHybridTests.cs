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
    public void Explore()
    {
        var all = Earlier.ToDictionary(campaign => campaign, campaign => Occasion(new CouponCampaign(campaign)));
        (UserId[] Learn, UserId[] Test)[] folds = [.. Enumerable.Range(0, 5).Select(fold => all["8"].Taken.Select(taken => taken.User).Distinct().Order().ToArray()).Select((users, fold) => (users.Where((_, at) => at % 5 != fold).ToArray(), users.Where((_, at) => at % 5 == fold).ToArray()))];
        const string everything = "redeemed,redeemed-brands,redeemed-categories,recent,makers,repeat,brands,categories,knn,people,als";
        foreach (string set in new[] { everything, "redeemed,redeemed-brands,redeemed-categories,recent,repeat,brands,categories", "redeemed,redeemed-brands,redeemed-categories,makers,repeat,brands,categories", "redeemed,repeat,brands,categories" })
        {
            foreach (double cost in new[] { 0.1, 0.3 })
            {
                double recall = 0, ndcg = 0;
                foreach ((UserId[] learn, UserId[] test) in folds)
                {
                    Dictionary<string, OfferOccasion> split = new(all) { ["8"] = all["8"] with { Taken = [.. all["8"].Taken.Where(taken => learn.Contains(taken.User))] }, ["8t"] = all["8"] with { Taken = [.. all["8"].Taken.Where(taken => test.Contains(taken.User))] } };
                    EvaluationResult result = Run(split, "8t", set, false, cost, Earlier);
                    recall += result["recall@10"].Mean * result.Users / 158;
                    ndcg += result["ndcg@10"].Mean * result.Users / 158;
                }

                output.WriteLine($"{set} {cost} cv8 {recall:0.0000} {ndcg:0.0000}");
            }
        }
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
        InteractionDataset redemptions = campaign.Redemptions();
        InteractionDataset recent = campaign.History(TimeSpan.FromDays(21));
        IReadOnlyList<Item> products = campaign.Catalog.Items;
        HybridModel model = HybridModel.Of(
        [
            new("redeemed", new PopularityTrainer(new PopularityOptions { HalfLife = null, Counting = PopularityCounting.Events }).Train(redemptions)),
            new("redeemed-brands", new InterestTrainer(new InterestOptions { Groups = InterestGroups.CategoriesOfBrands }).Train(redemptions, products)),
            new("redeemed-categories", new InterestTrainer(new InterestOptions { Groups = InterestGroups.Categories }).Train(redemptions, products)),
            new("recent", new RepeatTrainer().Train(recent)),
            new("makers", new InterestTrainer(new InterestOptions { Groups = InterestGroups.Brands }).Train(history, products)),
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
