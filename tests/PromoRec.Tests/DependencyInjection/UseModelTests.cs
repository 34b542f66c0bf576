using Microsoft.Extensions.DependencyInjection;
using PromoRec.Datasets;
using PromoRec.Datasets.Features;
using PromoRec.Interactions;
using PromoRec.Models;
using PromoRec.Models.Content;
using PromoRec.Models.Hybrid;
using PromoRec.Models.Linear;
using PromoRec.Tests.Models;
using PromoRec.Tests.Ranking;
using PromoRec.Training.Content;
using PromoRec.Training.CoOccurrence;
using PromoRec.Training.Ease;
using PromoRec.Training.ImplicitAls;
using PromoRec.Training.Interest;
using PromoRec.Training.Knn;
using PromoRec.Training.Popularity;
using PromoRec.Training.Ratings;
using PromoRec.Training.Repeat;

namespace PromoRec.Tests.DependencyInjection;

/// <summary>Files that a host names for its model.</summary>
public sealed class UseModelTests
{
    private static readonly Item[] Shelf =
        [.. Enumerable.Range(0, 6).Select(i => new Item { Id = $"i{i}", Categories = [$"c{i % 2}"], Brand = $"b{i % 3}", Text = i % 2 == 0 ? "green tea" : "roast coffee" }), new Item { Id = "new", Text = "green tea" }];

    private static readonly CatalogSnapshot Shop = new([.. Shelf.Select(item => TestShop.OnItems(item.Id.ToString(), item.Id))], Shelf);

    private static readonly RankRequest Everything = new() { HidePurchased = false };

    [Fact]
    public void A_model_file_of_any_family_that_ranks_offers_is_loaded_and_answers_like_the_model_that_was_saved()
    {
        using var folder = new TemporaryFolder();
        InteractionDataset data = Bought();
        RecommendationModel[] models =
        [
            new ItemKnnTrainer().Train(data), new UserKnnTrainer().Train(data), new EaseTrainer().Train(data), new CoOccurrenceTrainer(new CoOccurrenceOptions { MinSupport = 1 }).Train(data), new RepeatTrainer().Train(data), new InterestTrainer().Train(data, Shelf),
            new ContentTrainer().Train(data, Shelf), new PopularityTrainer(new PopularityOptions { MinSupport = 1 }).Train(data, Shelf), new ImplicitAlsTrainer(new ImplicitAlsOptions { Factors = 4 }).Train(data),
        ];
        HybridMember[] members = [.. models.Select((model, at) => new HybridMember($"m{at}", model))];
        FeatureSchema schema = StackingSchema.For([.. members.Select(member => member.Name)]);
        var stacker = new LinearModel(schema, LinearLoss.Logistic, [.. Enumerable.Range(0, schema.ColumnCount).Select(column => (column % 4) * 0.3)], -2, new ModelManifest { Version = "stack", Algorithm = "linear" });
        foreach (RecommendationModel model in (RecommendationModel[])[.. models, HybridModel.Of(members), HybridModel.Of(members, HybridFusion.ReciprocalRank), HybridModel.Stacked(members, stacker).WithLadder([new(RankTier.Popularity, "m7", 0.1, 0, true), new(RankTier.Hybrid, "hybrid", 0.2, 0.1, true)])])
        {
            string path = folder.File($"{model.Manifest.Algorithm}-{model.Manifest.Version}.safetensors");
            model.Save(path);
            using var saved = new TestShop(Shop, model);
            foreach (string named in (string[])[path, Path.GetRelativePath(Environment.CurrentDirectory, path)])
            {
                using ServiceProvider provider = Provider(builder => builder.UseModel(named));
                IOfferRanker ranker = provider.GetRequiredService<IOfferRanker>();

                Assert.Equal(model.Manifest.Version, ranker.Rank("ann").Summary.ModelVersion);
                foreach (UserId user in (UserId[])["ann", "ben", "stranger"])
                {
                    RankedOffers expected = saved.Ranker.Rank(user, Everything);
                    Assert.Equal(expected.Summary, ranker.Rank(user, Everything).Summary);
                    Assert.Equal(expected.Select(offer => (offer.Offer.Id, offer.Score)), ranker.Rank(user, Everything).Select(offer => (offer.Offer.Id, offer.Score)));
                }
            }
        }
    }

    [Fact]
    public void A_file_of_a_model_that_ranks_no_offers_is_refused_at_start_and_the_message_says_why()
    {
        using var folder = new TemporaryFolder();
        new BaselineTrainer().Train(Bought()).Save(folder.File("ratings"));
        new LinearModel(new FeatureSchemaBuilder().AddNumber("x").Build(), LinearLoss.Logistic, [1], 0, new ModelManifest { Version = "v", Algorithm = "linear" }).Save(folder.File("linear"));
        new ItemKnnTrainer().Train(Bought()).Save(folder.File("damaged"));
        byte[] damaged = File.ReadAllBytes(folder.File("damaged"));
        damaged[^70] ^= 1;
        File.WriteAllBytes(folder.File("damaged"), damaged);

        Assert.Equal((PromoRecErrorCode.UnfitModel, true), Refusal("ratings", "is a model of ratings"));
        Assert.Equal((PromoRecErrorCode.InvalidArtifact, true), Refusal("linear", "linear"));
        Assert.Equal((PromoRecErrorCode.InvalidArtifact, true), Refusal("damaged", "damaged"));

        (PromoRecErrorCode Code, bool Says) Refusal(string file, string said)
        {
            using ServiceProvider provider = Provider(builder => builder.UseModel(folder.File(file)));
            PromoRecException fault = Assert.ThrowsAny<PromoRecException>(provider.GetRequiredService<IOfferRanker>);
            return (fault.Code, fault.Message.Contains(said, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_model_file_is_loaded_as_the_host_says_with_its_own_tokenizer()
    {
        using var folder = new TemporaryFolder();
        ContentModel model = new ContentTrainer(new ContentOptions { Tokenizer = new Spaces() }).Train(Bought(), Shelf[..^1]);
        model.Save(folder.File("content"));
        using var saved = new TestShop(Shop, model);
        using ServiceProvider told = Provider(builder => builder.UseModel(folder.File("content"), loading => loading.Tokenizers.Add(new Spaces())));
        using ServiceProvider byOptions = Provider(builder => builder.Services.Configure<PromoRecOptions>(options =>
        {
            options.ModelPath = folder.File("content");
            options.ModelLoading.Tokenizers.Add(new Spaces());
            options.ModelLoading.MapFile = false;
        }));
        using ServiceProvider untold = Provider(builder => builder.UseModel(folder.File("content")));

        string expected = Order(saved.Ranker);

        Assert.StartsWith("i4 new ", expected, StringComparison.Ordinal);
        Assert.Equal(expected, Order(told.GetRequiredService<IOfferRanker>()));
        Assert.Equal(expected, Order(byOptions.GetRequiredService<IOfferRanker>()));
        Assert.NotEqual(expected, Order(untold.GetRequiredService<IOfferRanker>()));

        static string Order(IOfferRanker ranker) => string.Join(' ', ranker.Rank("ann", new RankRequest()).Select(offer => offer.Offer.Id));
    }

    private static InteractionDataset Bought()
    {
        var builder = new DatasetBuilder(new DatasetOptions { KeepEvents = true });
        foreach ((string user, int item) in (ReadOnlySpan<(string, int)>)[("ann", 0), ("ann", 2), ("ben", 1), ("ben", 3), ("cem", 0), ("cem", 2), ("cem", 4), ("dan", 3), ("dan", 5)])
        {
            builder.Add(new Interaction(user, (ItemId)$"i{item}", InteractionKind.Purchase, TestShop.Noon.AddDays(-item)) { Value = 1 + item });
        }

        return builder.Build();
    }

    private static ServiceProvider Provider(Action<PromoRecBuilder> choose)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(new ManualTime(TestShop.Noon));
        choose(services.AddPromoRec().UseOfferCatalog(new InMemoryOfferCatalog(Shop)));
        return services.BuildServiceProvider();
    }

    private sealed class Spaces : ITextTokenizer
    {
        public string Name => "spaces";

        public IEnumerable<string> Tokenize(string text) => text.Split(' ');
    }
}
