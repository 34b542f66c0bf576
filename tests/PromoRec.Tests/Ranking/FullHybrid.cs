using PromoRec.Datasets;
using PromoRec.Interactions;
using PromoRec.Models;
using PromoRec.Models.Hybrid;
using PromoRec.Models.Linear;
using PromoRec.Training.Content;
using PromoRec.Training.ImplicitAls;
using PromoRec.Training.Interest;
using PromoRec.Training.Knn;
using PromoRec.Training.Popularity;
using PromoRec.Training.Repeat;

namespace PromoRec.Tests.Ranking;

/// <summary>A stacked hybrid of six trained models, as a shop would run it: the content knows items that nobody has, and one member was trained on other weights of the same events.</summary>
internal sealed class FullHybrid
{
    private const int Users = 40;
    private const int Items = 50;
    private const int Unseen = 5;

    public FullHybrid(bool numericIds)
    {
        IsNumeric = numericIds;
        Item[] items = [.. Enumerable.Range(0, Items + Unseen).Select(i => new Item { Id = Item(i), Categories = [$"c{i % 7}"], Brand = $"b{i % 11}", Price = i, Text = $"tea number {i % 9}" })];
        InteractionDataset dataset = Dataset(new InteractionWeights());
        var lately = new InteractionWeights();
        lately[InteractionKind.Purchase] = new InteractionWeight(0.25);
        HybridMember[] members =
        [
            new("als", new ImplicitAlsTrainer(new ImplicitAlsOptions { Factors = 8, Iterations = 3, Threads = 1 }).Train(dataset)),
            new("item-knn", new ItemKnnTrainer(new KnnOptions { Threads = 1 }).Train(dataset)),
            new("repeat", new RepeatTrainer().Train(Dataset(lately))),
            new("interest", new InterestTrainer().Train(dataset, items)),
            new("content", new ContentTrainer().Train(dataset, items)),
            new("popularity", new PopularityTrainer().Train(dataset, items)),
        ];
        var schema = StackingSchema.For([.. members.Select(member => member.Name)]);
        double[] weights = [.. Enumerable.Range(0, schema.ColumnCount).Select(column => 0.2 + (column % 5 * 0.3))];
        Model = HybridModel.Stacked([.. members.Select(member => member with { Candidates = 30 })], new LinearModel(schema, LinearLoss.Logistic, weights, -2, new ModelManifest { Version = "stack", Algorithm = "linear" }));
        Offer[] offers = [.. Enumerable.Range(0, 300).Select(i => TestShop.OnItems(Offer(i), Item(i % (Items + Unseen)), Item(i % 31)) with
        {
            Segments = i % 4 == 0 ? ["vip"] : [],
            ValidTo = i % 9 == 0 ? TestShop.Noon.AddDays(1) : null,
            ValidFrom = i % 10 == 0 ? TestShop.Noon.AddDays(-1) : null,
            Merchant = $"m{i % 6}",
            Margin = i % 8,
        })];
        Catalog = new CatalogSnapshot(offers, items);
    }

    public HybridModel Model { get; }

    public CatalogSnapshot Catalog { get; }

    private bool IsNumeric { get; }

    public UserId User(int i) => IsNumeric ? new UserId(i) : new UserId($"customer {i}");

    public ItemId Item(int i) => IsNumeric ? new ItemId(i) : new ItemId($"Artikel {i} 茶");

    public OfferId Offer(int i) => IsNumeric ? new OfferId(i) : new OfferId($"offer {i}");

    private InteractionDataset Dataset(InteractionWeights weights)
    {
        var builder = new DatasetBuilder(new DatasetOptions { KeepEvents = true, Weights = weights });
        for (int i = 0; i < Users * 8; i++)
        {
            InteractionKind kind = i % 3 == 0 ? InteractionKind.View : InteractionKind.Purchase;
            builder.Add(new Interaction(User(i % Users), Item(i * (i % 7) % Items), kind, TestShop.Noon.AddHours(-i % 500)));
        }

        for (int i = 0; i < Items; i++)
        {
            builder.Add(new Interaction(User(i % Users), Item(i), InteractionKind.Purchase, TestShop.Noon.AddDays(-1)));
        }

        return builder.Build();
    }
}
