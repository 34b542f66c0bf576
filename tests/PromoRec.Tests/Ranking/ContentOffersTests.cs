using PromoRec.Datasets;
using PromoRec.Interactions;
using PromoRec.Models;
using PromoRec.Models.Content;
using PromoRec.Models.Hybrid;
using PromoRec.Training.Content;

namespace PromoRec.Tests.Ranking;

/// <summary>Offers of which the model has not seen everything: new items, and texts of their own.</summary>
public sealed class ContentOffersTests
{
    private const double Beta = 0.25;

    private static readonly Item[] Known =
    [
        new() { Id = "green", Text = "green tea from Japan", Categories = ["tea"] },
        new() { Id = "black", Text = "black tea", Categories = ["tea"] },
        new() { Id = "beans", Text = "coffee beans", Categories = ["coffee"] },
        new() { Id = "spade", Text = "a spade for the garden", Categories = ["garden"] },
    ];

    private static readonly Item New = new() { Id = "sencha", Text = "Sencha, a green tea", Categories = ["tea"] };

    private static readonly ContentModel Model = Train();

    [Fact]
    public void An_offer_on_an_item_that_came_after_the_training_has_a_score_at_once()
    {
        using var shop = new TestShop(new CatalogSnapshot([TestShop.OnItems("beans", "beans"), TestShop.OnItems("new", "sencha"), TestShop.OnItems("spade", "spade")], [.. Known, New]), Model);

        RankedOffer best = shop.Ranker.Rank("drinker")[0];

        Assert.Equal("new", best.Offer.Id.ToString());
        Assert.Equal(Likeness(New), best.Score, 1e-5);
        Assert.Equal((RankReasonKind.BecauseYouBought, (ItemId)"green"), (best.Reasons[0].Kind, best.Reasons[0].Item));
    }

    [Fact]
    public void The_text_of_an_offer_counts_as_one_more_item()
    {
        const string Text = "Green tea week";
        Offer plain = TestShop.OnItems("plain", "black", "sencha");
        using var shop = new TestShop(new CatalogSnapshot([plain, plain with { Id = "told", Text = Text }, TestShop.Offer("shop") with { Text = Text }, TestShop.Offer("shop-plain"), plain with { Id = "odd", Text = "zzz qqq" }], [.. Known, New]), Model);
        Dictionary<string, float> scores = shop.Ranker.Rank("drinker", new RankRequest { HidePurchased = false }).ToDictionary(ranked => ranked.Offer.Id.ToString(), ranked => ranked.Score);

        double items = Likeness(Known[1]) + Likeness(New);
        double text = Likeness(new Item { Id = default, Text = Text });
        Assert.True(text > 0);
        Assert.Equal(items / Math.Pow(2, Beta), scores["plain"], 1e-5);
        Assert.Equal((items + text) / Math.Pow(3, Beta), scores["told"], 1e-5);
        Assert.Equal((scores["shop-plain"] + text) / Math.Pow(2, Beta), scores["shop"], 1e-5);

        // A text of which no word is known says nothing, and does not dilute what the items say.
        Assert.Equal(scores["plain"], scores["odd"]);
    }

    [Fact]
    public void Without_its_tokenizer_a_model_goes_by_the_items_that_it_knows()
    {
        var own = new ContentTrainer(new ContentOptions { Tokenizer = new Spaces() });
        ContentModel trained = own.Train(Data(), Known);
        using var folder = new Models.TemporaryFolder();
        trained.Save(folder.File("content"));
        var catalog = new CatalogSnapshot([TestShop.OnItems("black", "black", "sencha") with { Text = "green" }, TestShop.OnItems("new", "sencha")], [.. Known, New]);
        var logger = new ListLogger();
        var loaded = (ContentModel)RecommendationModel.Load(folder.File("content"));
        using var shop = new TestShop(catalog, loaded, logger: logger);

        Dictionary<string, float> scores = shop.Ranker.Rank("drinker").ToDictionary(ranked => ranked.Offer.Id.ToString(), ranked => ranked.Score);

        Assert.True(scores["black"] > 0);
        Assert.Equal(0, scores["new"]);

        // The model, and the log, say so.
        Assert.Equal((true, false, "spaces"), (trained.HasTokenizer, loaded.HasTokenizer, loaded.TokenizerName));
        Assert.Contains("without the tokenizer spaces", Assert.Single(logger.Warnings), StringComparison.Ordinal);
        Assert.Contains("ModelLoadOptions.Tokenizers", Assert.Throws<InvalidOperationException>(() => loaded.SimilarItems(New, 3)).Message, StringComparison.Ordinal);
        Assert.Contains("without the tokenizer spaces", Assert.Single(WarningsOf(HybridModel.Of([new("content", loaded)]))), StringComparison.Ordinal);
        Assert.Empty(WarningsOf(trained));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void With_its_tokenizer_a_loaded_model_ranks_as_the_trained_one(bool inHybrid)
    {
        RecommendationModel trained = new ContentTrainer(new ContentOptions { Tokenizer = new Spaces() }).Train(Data(), Known);
        trained = inHybrid ? HybridModel.Of([new("content", trained), new("plain", Model)]) : trained;
        using var folder = new Models.TemporaryFolder();
        trained.Save(folder.File("content"));
        var catalog = new CatalogSnapshot([TestShop.OnItems("black", "black", "sencha") with { Text = "green" }, TestShop.OnItems("new", "sencha"), TestShop.OnItems("spade", "spade")], [.. Known, New]);
        RecommendationModel loaded = RecommendationModel.Load(folder.File("content"), new ModelLoadOptions { Tokenizers = { new UnicodeTokenizer(), new Spaces() } });
        using var before = new TestShop(catalog, trained);
        using var after = new TestShop(catalog, loaded);

        (OfferId, float)[] expected = [.. before.Ranker.Rank("drinker").Select(ranked => (ranked.Offer.Id, ranked.Score))];

        Assert.True(expected.Single(one => one.Item1 == "new").Item2 > 0);
        Assert.Equal(expected, after.Ranker.Rank("drinker").Select(ranked => (ranked.Offer.Id, ranked.Score)));
        Assert.Empty(WarningsOf(loaded));
    }

    [Fact]
    public void A_new_item_brings_its_embedding_from_the_catalog_and_it_counts_as_in_training()
    {
        Item[] known = [new() { Id = "green", Embedding = new float[] { 1, 0.1f } }, new() { Id = "spade", Embedding = new float[] { 0.1f, 1 } }];
        ContentModel model = new ContentTrainer().Train(Data(), known);
        ContentModel told = new ContentTrainer().Train(Data(), [.. known.Select(item => item with { Embedding = default })], known.ToDictionary(item => item.Id, item => item.Embedding));
        Item like = new() { Id = "n-like", Embedding = new float[] { 2, 0.2f } };
        Item other = new() { Id = "m-other", Embedding = new float[] { 0, 3 } };
        var catalog = new CatalogSnapshot([TestShop.OnItems("a-other", "m-other"), TestShop.OnItems("b-like", "n-like")], [.. known, like, other]);
        var logger = new ListLogger();
        using var shop = new TestShop(catalog, model, logger: logger);

        RankedOffers ranked = shop.Ranker.Rank("drinker");

        Assert.Equal(told.Manifest.Version, model.Manifest.Version);
        Assert.Equal(["b-like", "a-other"], ranked.Select(one => one.Offer.Id.ToString()));
        Assert.Equal(1, ranked[0].Score, 1e-6);
        Assert.Equal(0.1 / Math.Sqrt(1.01), ranked[1].Score, 1e-6);
        Assert.Equal(model.SimilarItems(new Item { Id = "x" }, 2, like.Embedding), model.SimilarItems(like, 2));
        Assert.Empty(logger.Warnings);

        // The embeddings of another model: nobody compares them, and the log says so.
        shop.Catalog.Replace(catalog with { Items = [.. known, like with { Embedding = new float[] { 1, 2, 3 } }, other] });
        Assert.Equal(0, shop.Ranker.Rank("drinker").Single(one => one.Offer.Id == "b-like").Score);
        Assert.Contains("1 items of the catalog have embeddings that are not 2 numbers long", Assert.Single(logger.Warnings), StringComparison.Ordinal);
        Assert.Empty(model.SimilarItems(new Item { Id = "x", Embedding = new float[] { 1, 2, 3 } }, 2));
    }

    [Fact]
    public void Embeddings_of_items_are_copied_and_faulty_ones_are_refused()
    {
        float[] mine = [1, 2];
        Item item = new() { Id = "a", Embedding = mine };
        mine[0] = 7;

        Assert.Equal([1f, 2f], item.Embedding.ToArray());
        Assert.Contains("embedding with a number that is not finite", Assert.Throws<PromoRecException>(() => new TestShop(new CatalogSnapshot([], [item with { Embedding = new[] { float.NaN } }]))).Message, StringComparison.Ordinal);
        Assert.Contains("one has 1 after another with 2", Assert.Throws<ArgumentException>(() => new ContentTrainer().Train(Data(), [item, new Item { Id = "b", Embedding = new float[] { 1 } }])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new ContentTrainer().Train(Data(), [item], new Dictionary<ItemId, ReadOnlyMemory<float>> { ["green"] = new float[] { 1 } }));
    }

    private static List<string> WarningsOf(RecommendationModel model)
    {
        var logger = new ListLogger();
        using var shop = new TestShop(CatalogSnapshot.Empty, model, logger: logger);
        return logger.Warnings;
    }

    /// <summary>The drinker has one item, so their profile is its vector.</summary>
    private static double Likeness(Item item) =>
        item.Id == "black" ? Model.SharedTerms("green", "black").Sum(term => term.Contribution) : Model.SimilarItems(item, 10).SingleOrDefault(similar => similar.Item == "green").Score;

    private static ContentModel Train() => new ContentTrainer(new ContentOptions()).Train(Data(), Known);

    private static InteractionDataset Data()
    {
        var builder = new DatasetBuilder();
        builder.Add(new Interaction("drinker", new ItemId("green"), InteractionKind.Purchase, default));
        builder.Add(new Interaction("gardener", new ItemId("spade"), InteractionKind.Purchase, default));
        return builder.Build();
    }

    private sealed class Spaces : ITextTokenizer
    {
        public string Name => "spaces";

        public IEnumerable<string> Tokenize(string text) => text.Split(' ');
    }
}
