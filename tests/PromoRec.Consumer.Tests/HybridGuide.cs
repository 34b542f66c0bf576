using Microsoft.Extensions.DependencyInjection;
using PromoRec.Datasets;
using PromoRec.Evaluation;
using PromoRec.Interactions;
using PromoRec.Models.Hybrid;
using PromoRec.Models.Linear;
using PromoRec.Ranking;
using PromoRec.Training.Content;
using PromoRec.Training.ImplicitAls;
using PromoRec.Training.Knn;
using PromoRec.Training.Linear;
using PromoRec.Training.Popularity;
using PromoRec.Training.Repeat;
using PromoRec.Tuning;

namespace PromoRec.Consumer.Tests;

internal static class HybridGuide
{
    /// <summary>The kinds of knowledge that the shop wants to join.</summary>
    public static IReadOnlyList<HybridRecipe> Recipes(IReadOnlyList<Item> items) =>
    [
        new("als", (data, cancel) => new ImplicitAlsTrainer().Train(data, cancellationToken: cancel)),
        new("neighbours", (data, cancel) => new ItemKnnTrainer().Train(data, cancellationToken: cancel)),
        new("repeat", (data, cancel) => new RepeatTrainer().Train(data, cancellationToken: cancel)),
        new("content", (data, cancel) => new ContentTrainer().Train(data, items, cancellationToken: cancel)),
        new("popular", (data, cancel) => new PopularityTrainer().Train(data, items, cancellationToken: cancel)),
    ];

    /// <summary>1. From interactions alone: each member's weight, and what may answer, come from the latest events.</summary>
    public static HybridModel Weigh(IEnumerable<Interaction> events, IReadOnlyList<Item> items, CancellationToken cancel)
    {
        DatasetBuilder builder = new(new DatasetOptions { KeepEvents = true });
        builder.AddRange(events);
        HybridOptions options = new() { RankSeenItems = true }; // the same things are bought again here
        HybridOutcome outcome = new HybridTrainer(options).Train(builder.Build(cancel), Recipes(items), cancellationToken: cancel);
        foreach (LadderRung rung in outcome.Model.Ladder)
        {
            Console.WriteLine($"{rung.Tier} ({rung.Name}): {rung.Value:0.000}, {(rung.Serves ? "may answer" : "may not answer")}");
        }

        return outcome.Model;
    }

    /// <summary>2. From offers that were taken: one occasion a campaign. The members know what was known when it began, and nothing later.</summary>
    public static OfferOccasion Occasion(IReadOnlyCollection<Interaction> events, CatalogSnapshot catalog, IReadOnlyList<UserOffer> taken, DateTimeOffset at, Func<UserId, RankContext?> contextOf, CancellationToken cancel)
    {
        HybridModel before = HybridModel.Of(Members(events.Where(one => one.At < at), catalog.Items, cancel));
        return new OfferOccasion(before, catalog, taken, at) { RequestOf = user => new RankRequest { Context = contextOf(user), HidePurchased = false } };
    }

    /// <summary>3. The stack learns from the earlier occasions, and the last one says whether it ranks better than its members.</summary>
    public static HybridModel Stack(IReadOnlyList<OfferOccasion> occasions, IReadOnlyCollection<Interaction> events, RankingOptions ranking, CancellationToken cancel)
    {
        LinearModel stacker = new OfferStackingTrainer(new OfferStackingOptions { Ranking = ranking }).Train([.. occasions.SkipLast(1)], cancellationToken: cancel);
        OfferOccasion last = occasions[^1];
        IReadOnlyList<LadderRung> ladder = OfferLadder.Compare(
            last with { Model = HybridModel.Stacked(last.Model.Members, stacker) }, new RankingMetric(RankingMetricKind.Ndcg, 3), ranking, cancel);

        // What goes into use knows everything, and answers as far as it proved itself.
        return HybridModel.Stacked(Members(events, last.Catalog.Items, cancel), stacker).WithLadder(ladder);
    }

    /// <summary>4. Probabilities that come true: from the scores of offers that were shown, and whether they were redeemed, whoever the customer was.</summary>
    public static HybridModel Calibrate(HybridModel model, IReadOnlyList<(RankedOffer Shown, bool Redeemed)> impressions)
    {
        double[] scores = [.. impressions.Select(one => (double)one.Shown.Score)];
        bool[] redeemed = [.. impressions.Select(one => one.Redeemed)];
        PlattCalibrator calibrator = PlattScaling.Fit(scores, redeemed);
        return HybridModel.Stacked(model.Members, model.Stacker!.WithCalibrator(calibrator)).WithLadder(model.Ladder);
    }

    /// <summary>5. In use: what is worth most to show to this customer, at this moment, first.</summary>
    public static RankedOffers Rank(HybridModel model, CatalogSnapshot catalog, UserId customer, TimeProvider clock)
    {
        ServiceCollection services = new();
        services.AddSingleton(clock);
        services.AddPromoRec(options => options.Ranking.RankBy = RankBy.ExpectedValue).UseOfferCatalog(new InMemoryOfferCatalog(catalog));
        using ServiceProvider provider = services.BuildServiceProvider(); // once, when the process starts
        provider.GetRequiredService<LiveModel>().Publish(model);          // refuses a model that gives no probability

        RankRequest request = new()
        {
            Count = 3,
            HidePurchased = false,
            Context = new RankContext
            {
                LocalTime = clock.GetLocalNow(),
                Device = "phone",
                Page = "checkout",
                Location = "Vienna",
                Basket = ["espresso"],
                BasketValue = 24.90m,
            },
        };
        IOfferRanker ranker = provider.GetRequiredService<IOfferRanker>();
        RankedOffers ranked = ranker.Rank(customer, request);
        foreach (RankedOffer one in ranked)
        {
            Console.WriteLine($"{one.Offer.Id}: probability {one.Probability:0.00}, worth {one.ExpectedValue:0.00}, named by {string.Join(", ", one.Sources.ToArray())}");
        }

        return ranked;
    }

    private static HybridMember[] Members(IEnumerable<Interaction> events, IReadOnlyList<Item> items, CancellationToken cancel)
    {
        DatasetBuilder builder = new(new DatasetOptions { KeepEvents = true });
        builder.AddRange(events);
        InteractionDataset dataset = builder.Build(cancel);
        return [.. Recipes(items).Select(recipe => new HybridMember(recipe.Name, recipe.Train(dataset, cancel)))];
    }
}
