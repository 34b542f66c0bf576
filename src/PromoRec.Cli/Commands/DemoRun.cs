using PromoRec.Cli.Output;
using PromoRec.Cli.Writing;
using PromoRec.Datasets;
using PromoRec.Evaluation;
using PromoRec.Interactions;
using PromoRec.Ranking;
using PromoRec.Testing.Simulation;
using PromoRec.Training.ImplicitAls;

namespace PromoRec.Cli.Commands;

/// <summary>The steps of the demo. Each says in plain words what it does and what came out.</summary>
internal sealed class DemoRun(CommandEnvironment environment, ProgressLine progress, string folder, TextWriter text, ulong seed)
{
    public const string ModelName = "model.safetensors";

    private const double TestShare = 0.2;
    private const int OffersShown = 3;

    private readonly long _started = environment.Time.GetTimestamp();

    /// <summary>Makes a shop, writes its files, and runs on it.</summary>
    public DemoReport OnSimulatedShop()
    {
        var options = new SimulatorOptions { Customers = 2_000, Items = 500, Interactions = 200_000, Seed = seed };
        var shop = new ShopSimulator(options);
        progress.Say("simulating a shop");
        Interaction[] interactions = [.. shop.Interactions];
        Item[] items = [.. shop.Items.Select(item => item.Item)];
        ShopFiles.WriteInteractions(Path.Combine(folder, "interactions.csv"), interactions, _ => { }, environment.Cancellation);
        ShopFiles.WriteItems(Path.Combine(folder, "items.csv"), items, environment.Cancellation);
        ShopFiles.WriteOffers(Path.Combine(folder, "offers.csv"), shop.Offers, environment.Cancellation);
        var segments = shop.Customers.ToDictionary(customer => customer.Id, customer => (IReadOnlySet<string>)customer.Segments.ToHashSet());
        return On(new DemoData("The simulated shop has", interactions, new CatalogSnapshot(shop.Offers, items), segments), new RankingOptions().TargetSizeExponent, keepConsumed: true);
    }

    /// <summary>Trains on the earlier part, measures on the later part, ranks offers, saves the model.</summary>
    public DemoReport On(DemoData data, double targetSizeExponent, bool keepConsumed)
    {
        InteractionSplit split = InteractionSplit.ByTimeFraction(data.Interactions, TestShare);
        split.ThrowIfLeaking();
        DemoText.Shop(text, data, split);

        TrainingOutcome outcome = new TrainingRun(environment, progress).FromList(
            split.Train, new DatasetOptions(), (set, told, cancellationToken) => new ImplicitAlsTrainer(new ImplicitAlsOptions { Seed = seed }).Train(set.Dataset, progress: told, cancellationToken: cancellationToken));
        FitReport training = outcome.ToReport(Path.Combine(folder, ModelName), environment.Time.GetElapsedTime(_started).TotalSeconds);
        DemoText.Training(text, training);

        var source = new OfferSource { Snapshot = data.Catalog, Segments = data.Segments, At = split.Cut, TargetSizeExponent = targetSizeExponent };
        TestRows test = TestOf(split, data.Catalog);
        DemoReport report = Measure(outcome, training, split, source, test, keepConsumed);
        DemoText.Quality(text, report);

        report = report with { Rankings = Rank(outcome, split, source, test, keepConsumed) };
        DemoText.Rankings(text, report);

        ModelOutput.Save(outcome.Model, report.Model, environment.Cancellation);
        report = report with { Seconds = environment.Time.GetElapsedTime(_started).TotalSeconds };
        DemoText.End(text, report, folder, split.Cut!.Value, data.Origin.StartsWith("The simulated", StringComparison.Ordinal));
        return report;
    }

    /// <summary>What customers bought after the cut, and which of the offers valid at the cut they redeemed after it.</summary>
    private static TestRows TestOf(InteractionSplit split, CatalogSnapshot catalog)
    {
        HashSet<OfferId> valid = [.. catalog.Offers.Where(offer => !(offer.ValidFrom > split.Cut) && !(offer.ValidTo <= split.Cut)).Select(offer => offer.Id)];
        return new TestRows(
            "the later part",
            [.. split.Test.Where(i => i.Kind == InteractionKind.Purchase && !i.Item.IsEmpty).Select(i => new UserItem(i.User, i.Item)).Distinct()],
            [.. split.Test.Where(i => i.Kind == InteractionKind.Redeem && valid.Contains(i.Offer)).Select(i => new UserOffer(i.User, i.Offer)).Distinct()],
            split.Cut);
    }

    private DemoReport Measure(TrainingOutcome outcome, FitReport training, InteractionSplit split, OfferSource source, TestRows test, bool keepConsumed)
    {
        var options = new EvaluationOptions { Seed = seed, RankSeenItems = true };
        var items = new ItemEvaluator(options, RankingMetric.ParseList("hr@10,ndcg@10,recall@10"), test, candidates: null);
        EvaluationResult onItems = items.Evaluate(outcome.Model, progress, environment.Cancellation);
        EvaluationResult itemPopularity = items.EvaluatePopularity(outcome.Model, progress, environment.Cancellation);
        OfferEvaluator? offers = test.Offers.Count == 0
            ? null
            : new OfferEvaluator(options, RankingMetric.ParseList("hr@5,ndcg@5,mrr@5"), test, candidates: null, source, keepConsumed, environment.Time);
        EvaluationResult? onOffers = offers?.Evaluate(outcome.Model, progress, environment.Cancellation);
        EvaluationResult? offerPopularity = offers?.EvaluatePopularity(outcome.Model, progress, environment.Cancellation);
        return new DemoReport
        {
            Training = training,
            Metrics = EvaluateReport.Means(onItems),
            Popularity = EvaluateReport.Means(itemPopularity),
            Users = onItems.Users,
            OfferMetrics = onOffers is null ? null : EvaluateReport.Means(onOffers),
            OfferPopularity = offerPopularity is null ? null : EvaluateReport.Means(offerPopularity),
            OfferUsers = onOffers?.Users ?? 0,
            Cut = split.Cut,
            Rankings = [],
            Model = training.Model!,
            Seconds = 0,
        };
    }

    /// <summary>A few customers that differ: many interactions, a middling number, few, and one who is new.</summary>
    private List<RankReport> Rank(TrainingOutcome outcome, InteractionSplit split, OfferSource source, TestRows test, bool keepConsumed)
    {
        HashSet<UserId> later = [.. test.Items.Select(row => row.User)];
        UserId[] byActivity = [.. split.Train
            .GroupBy(interaction => interaction.User)
            .Where(customer => later.Contains(customer.Key) && outcome.Model.ContainsUser(customer.Key))
            .OrderByDescending(customer => customer.Count()).ThenBy(customer => customer.Key)
            .Select(customer => customer.Key)];
        UserId[] shown = byActivity.Length == 0 ? [] : [.. new[] { byActivity[0], byActivity[byActivity.Length / 2], byActivity[^1] }.Distinct()];
        using var host = new RankingHost(outcome.Model, source, new HashSet<string>(), environment.Time);
        var wording = new ReasonWording(source.Snapshot, ReasonLanguage.English.Tag);
        var request = new RankRequest { Count = OffersShown, HideRedeemed = !keepConsumed, HidePurchased = !keepConsumed };
        return [.. shown.Append("somebody-new").Select(user => RankedOfferReport.Of(user, host.Ranker.Rank(user, request), wording))];
    }
}
