using PromoRec.Datasets;
using PromoRec.Interactions;
using PromoRec.Models.Content;
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
        using var shop = new TestShop(new CatalogSnapshot([TestShop.OnItems("black", "black", "sencha") with { Text = "green" }, TestShop.OnItems("new", "sencha")], [.. Known, New]), ContentModel.Load(folder.File("content")));

        Dictionary<string, float> scores = shop.Ranker.Rank("drinker").ToDictionary(ranked => ranked.Offer.Id.ToString(), ranked => ranked.Score);

        Assert.True(scores["black"] > 0);
        Assert.Equal(0, scores["new"]);
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
