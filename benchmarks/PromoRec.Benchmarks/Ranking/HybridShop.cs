using Microsoft.Extensions.Logging.Abstractions;
using PromoRec.Datasets;
using PromoRec.Interactions;
using PromoRec.Models;
using PromoRec.Models.Hybrid;
using PromoRec.Models.Knn;
using PromoRec.Models.Linear;
using PromoRec.Numerics;
using PromoRec.Ranking;
using PromoRec.Training.Content;
using PromoRec.Training.ImplicitAls;
using PromoRec.Training.Interest;
using PromoRec.Training.Knn;
using PromoRec.Training.Popularity;
using PromoRec.Training.Repeat;

namespace PromoRec.Benchmarks.Ranking;

/// <summary>A seeded shop of a whole chain: 100,000 customers with 30 events each, who mostly keep to four categories; 20,000 items in 200 categories and of 500 brands; every fifth offer on a category, the others on three items.</summary>
internal sealed class HybridShop
{
    public const int Users = 100_000;
    private const int Items = 20_000;
    private const int Categories = 200;
    private const int Brands = 500;
    private const int EventsPerUser = 30;
    private const int OwnCategories = 4;
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly CatalogSnapshot _catalog;

    public HybridShop(int offers, int factors, int candidates)
    {
        var random = new SeededRandom(seed: 1);
        Item[] items = ItemsOf(ref random);
        _catalog = CatalogOf(offers, items, ref random);
        InteractionDataset dataset = DatasetOf(ref random);
        Als = new ImplicitAlsTrainer(new ImplicitAlsOptions { Factors = factors, Iterations = 2 }).Train(dataset);
        HybridMember[] members =
        [
            new("als", Als),
            new("item-knn", new ItemKnnTrainer(new KnnOptions { Weighting = KnnWeighting.Bm25 }).Train(dataset)),
            new("repeat", new RepeatTrainer().Train(dataset)),
            new("interest", new InterestTrainer().Train(dataset, items)),
            new("content", new ContentTrainer().Train(dataset, items)),
            new("popularity", new PopularityTrainer().Train(dataset, items)),
        ];
        Hybrid = HybridModel.Stacked([.. members.Select(member => member with { Candidates = candidates })], Stacker([.. members.Select(member => member.Name)], ref random));
    }

    public FactorModel Als { get; }

    /// <summary>What it learnt makes no difference to how long it takes, so its weights are drawn; those of the members are above 0.</summary>
    public HybridModel Hybrid { get; }

    /// <summary>The shop at work.</summary>
    public LiveModel Open(RecommendationModel model, RankingOptions? options = null)
    {
        options ??= new RankingOptions { MaxRecentCustomers = Users };
        var live = new LiveModel(new InMemoryOfferCatalog(_catalog), options, new RecentActivity(options), NullLogger.Instance);
        live.Publish(model);
        return live;
    }

    /// <summary>Every customer does two things with items that nobody expected.</summary>
    public static void RecordEvents(LiveModel live)
    {
        var random = new SeededRandom(seed: 2);
        for (int user = 0; user < Users; user++)
        {
            live.Activity.Record(user, [new CustomerEvent(random.NextInt32(Items), default, 1, true, null), new CustomerEvent(random.NextInt32(Items), default, 0.2f, false, null)]);
        }
    }

    private static Item[] ItemsOf(ref SeededRandom random)
    {
        var items = new Item[Items];
        for (int i = 0; i < items.Length; i++)
        {
            int category = i % Categories;
            items[i] = new Item
            {
                Id = i,
                Categories = [$"category {category}"],
                Brand = $"brand {random.NextInt32(Brands)}",
                Price = 1 + random.NextInt32(50),
                Text = $"word{category} word{random.NextInt32(2000)} word{random.NextInt32(2000)} word{random.NextInt32(200)}",
            };
        }

        return items;
    }

    private static CatalogSnapshot CatalogOf(int offers, Item[] items, ref SeededRandom random)
    {
        var made = new Offer[offers];
        for (int i = 0; i < made.Length; i++)
        {
            int category = random.NextInt32(Categories);
            OfferTarget[] targets = i % 5 == 0
                ? [OfferTarget.Category($"category {category}")]
                : [OfferTarget.Item(ItemOf(category, ref random)), OfferTarget.Item(ItemOf(category, ref random)), OfferTarget.Item(ItemOf(category, ref random))];
            made[i] = new Offer { Id = i, Terms = i % 3 == 0 ? OfferTerms.PercentOff(10) : OfferTerms.CashOff(1), Targets = targets, Merchant = $"merchant {i % 20}", Margin = random.NextInt32(10) };
        }

        return new CatalogSnapshot(made, items);
    }

    /// <summary>An item of a category, the first ones far more often.</summary>
    private static int ItemOf(int category, ref SeededRandom random)
    {
        double drawn = random.NextDouble();
        return ((int)(drawn * drawn * (Items / Categories)) * Categories) + category;
    }

    private static InteractionDataset DatasetOf(ref SeededRandom random)
    {
        var builder = new DatasetBuilder(new DatasetOptions { KeepEvents = true });
        Span<int> own = stackalloc int[OwnCategories];
        for (int user = 0; user < Users; user++)
        {
            foreach (ref int category in own)
            {
                category = random.NextInt32(Categories);
            }

            for (int i = 0; i < EventsPerUser; i++)
            {
                int category = random.NextDouble() < 0.8 ? own[random.NextInt32(own.Length)] : random.NextInt32(Categories);
                builder.Add(new Interaction(user, (ItemId)ItemOf(category, ref random), InteractionKind.Purchase, Start.AddMinutes(random.NextInt32(90 * 24 * 60))));
            }
        }

        return builder.Build();
    }

    private static LinearModel Stacker(string[] members, ref SeededRandom random)
    {
        var schema = StackingSchema.For(members);
        var weights = new double[schema.ColumnCount];
        foreach (ref double weight in weights.AsSpan())
        {
            weight = 0.2 + random.NextDouble();
        }

        return new LinearModel(schema, LinearLoss.Logistic, weights, -4, new ModelManifest { Version = "stack", Algorithm = "drawn" });
    }
}
