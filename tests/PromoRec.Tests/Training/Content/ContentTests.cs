using System.Globalization;
using PromoRec.Datasets;
using PromoRec.Interactions;
using PromoRec.Models;
using PromoRec.Models.Content;
using PromoRec.Numerics;
using PromoRec.Tests.Datasets;
using PromoRec.Tests.Models;
using PromoRec.Training;
using PromoRec.Training.Content;

namespace PromoRec.Tests.Training.Content;

public sealed class ContentTests
{
    private static readonly string[] Words = ["red", "blue", "shoe", "shirt", "cotton", "牛奶", "有机", "summer", "été", "RED", "shoe"];

    [Fact]
    public void The_weights_of_terms_are_those_of_the_smooth_formula()
    {
        // What scikit-learn's TfidfVectorizer gives for the same three texts (smooth_idf, norm l2), worked out by hand:
        // idf = ln(4 / (1 + df)) + 1: apple 1.2876821 (2 of 3), pie 1.2876821 (2), red 1.6931472 (1), cake 1.6931472 (1).
        ContentModel model = Train([new Item { Id = "1", Text = "red apple apple" }, new Item { Id = "2", Text = "apple pie" }, new Item { Id = "3", Text = "Pie cake" }]);

        Assert.Equal(["text:apple", "text:cake", "text:pie", "text:red"], Enumerable.Range(0, 4).Select(term => model.Vocabulary.Terms.IdAt(term).ToString()));
        AssertClose([1.28768207, 1.69314718, 1.28768207, 1.69314718], model.Vocabulary.Rarity.ToArray());
        AssertClose([0.83559154, 0.54935123], model.Vectors.ValuesOf(0));
        AssertClose([0.70710678, 0.70710678], model.Vectors.ValuesOf(1));
        AssertClose([0.79596054, 0.60534851], model.Vectors.ValuesOf(2));
        Assert.Equal(0.83559154 * 0.70710678, Assert.Single(model.SimilarItems("1", 9)).Score, 1e-6);
        Assert.Equal([("1", 0.59085245f), ("3", 0.42804603f)], model.SimilarItems("2", 9).Select(each => (each.Item.ToString(), each.Score)), (x, y) => x.Item1 == y.Item1 && Math.Abs(x.Item2 - y.Item2) < 1e-6);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void Vectors_similarities_and_scores_are_those_of_dense_formulas(ulong seed, bool sublinear)
    {
        ContentOptions options = new() { SublinearCounts = sublinear, TextWeight = 0.9, CategoryWeight = 0.8, BrandWeight = 0.7, TagWeight = 0.6, NumberWeight = 0.5, EmbeddingWeight = 0.4, MinItems = 2, MaxItemShare = 0.8 };
        Item[] items = RandomItems(seed, 30);
        Dictionary<ItemId, ReadOnlyMemory<float>> embeddings = items.Where((_, n) => n % 3 != 0).ToDictionary(item => item.Id, item => (ReadOnlyMemory<float>)new[] { (int.Parse(item.Id.ToString()[1..], CultureInfo.InvariantCulture) % 7) - 3f, 1, item.Text?.Length ?? 0 });
        InteractionDataset dataset = SmallShop.Dataset(SmallShop.Random(seed));
        ContentModel model = new ContentTrainer(options).Train(dataset, items, embeddings);
        Dictionary<string, double>[] dense = [.. items.Select(item => DenseContent.Vector(item, items, embeddings, options))];

        for (int i = 0; i < items.Length; i++)
        {
            IReadOnlyList<ScoredItem> similar = model.SimilarItems(items[i].Id, 99);
            for (int j = 0; j < items.Length; j++)
            {
                double expected = DenseContent.Dot(dense[i], dense[j]);
                double found = i == j ? expected : similar.FirstOrDefault(each => each.Item == items[j].Id).Score;
                Assert.Equal(expected, found, 2e-6);
                Assert.Equal(i == j && dense[i].Count > 0 ? DenseContent.Dot(dense[i], dense[i]) : expected, model.SharedTerms(items[i].Id, items[j].Id).Sum(term => term.Contribution), 2e-6);
            }
        }

        for (int user = 0; user < dataset.UserCount; user++)
        {
            Dictionary<string, double> profile = new(StringComparer.Ordinal);
            for (int at = 0; at < dataset.ByUser.RowLength(user); at++)
            {
                int item = Array.FindIndex(items, each => each.Id == new ItemId(dataset.Items.IdAt(dataset.ByUser.ColumnsOf(user)[at])));
                foreach ((string term, double value) in item < 0 ? [] : dense[item])
                {
                    profile[term] = profile.GetValueOrDefault(term) + (value * dataset.ByUser.ValuesOf(user)[at]);
                }
            }

            double length = Math.Sqrt(DenseContent.Dot(profile, profile));
            UserId id = new(dataset.Users.IdAt(user));
            foreach (Item item in items)
            {
                double expected = length > 0 ? DenseContent.Dot(profile, dense[Array.IndexOf(items, item)]) / length : 0;
                Assert.Equal(expected, model.Score(id, item.Id)!.Value, 5e-6);
                Assert.Equal(expected, model.Explain(id, item.Id)!.Score, 5e-6);
                Assert.Equal(expected, model.ExplainByTerms(id, item.Id)!.Sum(term => term.Contribution), 5e-6);
            }
        }
    }

    [Fact]
    public void All_items_have_the_same_bits_as_each_alone_and_training_again_gives_the_same_model()
    {
        Item[] items = RandomItems(3, 40);
        InteractionDataset dataset = SmallShop.Dataset(SmallShop.Random(3));
        ContentModel model = new ContentTrainer().Train(dataset, items);
        ContentModel again = new ContentTrainer().Train(dataset, [.. items.Reverse()]);

        float[] scores = new float[model.ItemCount];
        for (int user = 0; user < dataset.UserCount; user++)
        {
            model.ScoreAll(user, scores);
            Assert.All(Enumerable.Range(0, scores.Length), item => Assert.Equal(scores[item], model.ScoreOf(user, item)));
        }

        Assert.Equal(SampleModel.Bytes(model), SampleModel.Bytes(again));
        Assert.NotEqual(model.Manifest.Version, new ContentTrainer().Train(dataset, [.. items.SkipLast(1)]).Manifest.Version);
    }

    [Fact]
    public void An_item_that_nobody_has_is_recommended_has_neighbours_and_a_reason_at_once()
    {
        Item[] items =
        [
            new() { Id = "tea", Text = "Green tea leaves", Categories = ["drinks"] }, new() { Id = "matcha", Text = "Matcha green tea powder", Categories = ["drinks"] },
            new() { Id = "drill", Text = "Cordless drill", Categories = ["tools"] },
        ];
        ContentModel model = new ContentTrainer().Train(SmallShop.Dataset([Events.Purchase("ann", "tea"), Events.Purchase("bob", "gone")]), items);

        RecommendedItems forAnn = model.Recommend("ann", 2);
        Assert.Equal(RankTier.Content, forAnn.Tier);
        Assert.Equal((ItemId)"matcha", forAnn[0].Item);
        Assert.Equal((ItemId)"tea", Assert.Single(model.Explain("ann", "matcha")!.Contributions).Item);
        Assert.Equal(["drinks", "green", "tea"], model.ExplainByTerms("ann", "matcha")!.Select(term => term.Term).Order());
        Assert.Equal([ContentField.Category, ContentField.Text], model.SharedTerms("tea", "matcha").Select(term => term.Field).Distinct().Order().Reverse());
        Assert.Equal((ItemId)"tea", Assert.Single(model.SimilarItems("matcha", 5)).Item);
        Assert.Equal(forAnn, model.Recommend([new ItemEvidence("tea", 3)], 2));

        // Known, but nothing is said of it: it is like nothing, and who has nothing else has no preference.
        Assert.Empty(model.SimilarItems("gone", 5));
        Assert.All(model.Recommend("bob", 5), each => Assert.Equal(0, each.Score));
        Assert.Equal(RankTier.Popularity, model.Recommend("nobody", 1).Tier);
        Assert.Null(model.ExplainByTerms("nobody", "tea"));
    }

    [Fact]
    public void Whoever_dismissed_an_item_is_not_offered_what_is_like_it()
    {
        Item[] items = [new() { Id = "a", Text = "loud music" }, new() { Id = "b", Text = "loud speakers" }, new() { Id = "c", Text = "quiet tea" }, new() { Id = "d", Text = "tea pot" }];
        ContentModel model = new ContentTrainer().Train(SmallShop.Dataset([new("u", (ItemId)"a", InteractionKind.Dismiss, default), new("u", (ItemId)"c", InteractionKind.Purchase, default)]), items);

        Assert.Equal(["d", "b"], model.Recommend("u", 9).Select(each => each.Item.ToString()));
        Assert.True(model.Score("u", "b") < 0);
    }

    [Fact]
    public void A_new_item_or_offer_is_compared_by_the_terms_that_the_model_has()
    {
        Item[] items = RandomItems(4, 30);
        ContentModel model = Train(items);

        Assert.Equal(model.SimilarItems(items[5].Id, 9), model.SimilarItems(items[5], 9));
        IReadOnlyList<ScoredItem> asNew = model.SimilarItems(items[5] with { Id = "another" }, 9);
        Assert.Equal((items[5].Id, true), (asNew[0].Item, Math.Abs(asNew[0].Score - 1) < 1e-6));
        Offer offer = new() { Id = "o", Terms = OfferTerms.FreeShipping, Text = "RED cotton, unheard-of", Targets = [OfferTarget.Category("c1"), OfferTarget.Brand("b1")] };
        Assert.Equal(model.SimilarItems(new Item { Id = "x", Text = "red cotton", Categories = ["c1"], Brand = "b1" }, 9), model.SimilarItems(offer, 9));
        Assert.Empty(model.SimilarItems(new Item { Id = "x", Text = "unheard-of", Numbers = new Dictionary<string, double> { ["unknown"] = 1 } }, 9));
    }

    [Fact]
    public void Numbers_are_as_alike_as_they_are_near_in_the_spread_of_the_catalog_and_constant_ones_say_nothing()
    {
        Item[] items = [.. Enumerable.Range(0, 9).Select(n => new Item
        {
            Id = $"i{n}", Price = n == 8 ? 1_000_000 : 100 + (10 * n), Text = n % 2 == 0 ? "even" : "odd", Numbers = new Dictionary<string, double> { ["legs"] = 4, ["size"] = 40 + n },
        })];
        ContentModel model = new ContentTrainer(new ContentOptions { TextWeight = 0 }).Train(SmallShop.Dataset([Events.Purchase("u", "i0")]), items);

        Assert.Equal(["measured size", "price"], Enumerable.Range(0, model.Vocabulary.Numbers.Count).Select(n => model.Vocabulary.Numbers.IdAt(n).ToString()));
        Assert.Equal(44, model.Vocabulary.Centres.Span[0]);
        Assert.Equal(4, model.Vocabulary.Spreads.Span[0]);
        Assert.Equal(["i1", "i2", "i3"], model.SimilarItems("i0", 3).Select(each => each.Item.ToString()));

        // One price far out of all proportion moves neither median nor quartiles: the others stay apart.
        Assert.True(model.SimilarItems("i0", 9).Single(each => each.Item == "i7").Score < 0.9);
        Assert.Equal(["price", "size"], model.SharedTerms("i0", "i1").Select(term => term.Term).Order());

        Item[] constant = [new() { Id = "a", Price = 5, Text = "x" }, new() { Id = "b", Price = 5, Text = "y" }];
        Assert.Empty(Train(constant).SimilarItems("a", 5));
        Item[] mostlyConstant = [.. Enumerable.Range(0, 9).Select(n => new Item { Id = $"i{n}", Price = n == 0 ? 50 : 5 })];
        Assert.Equal("i0", Train(mostlyConstant).SimilarItems("i3", 9)[^1].Item.ToString());
    }

    [Fact]
    public void An_embedding_of_the_host_makes_items_alike_that_share_no_word()
    {
        Item[] items = [new() { Id = "a", Text = "sofa" }, new() { Id = "b", Text = "couch" }, new() { Id = "c", Text = "lamp" }];
        Dictionary<ItemId, ReadOnlyMemory<float>> embeddings = new() { ["a"] = new float[] { 3, 4 }, ["b"] = new float[] { 30, 40 }, ["c"] = new float[] { -4, 3 }, ["not in the catalog"] = new float[] { 1, 1 } };
        ContentModel model = new ContentTrainer().Train(SmallShop.Dataset([Events.Purchase("u", "a")]), items, embeddings);

        Assert.Equal(0.5, model.SimilarItems("a", 1)[0].Score, 1e-6);
        SharedTerm shared = Assert.Single(model.SharedTerms("a", "b"));
        Assert.Equal((ContentField.Embedding, string.Empty), (shared.Field, shared.Term));
        Assert.Equal((ItemId)"c", model.SimilarItems(new Item { Id = "x" }, 1, new float[] { -4, 3 })[0].Item);
        Assert.Throws<ArgumentException>(() => model.SimilarItems(items[0], 1, new float[] { 1 }));
        Assert.Throws<ArgumentException>(() => model.SimilarItems(items[0], 1, new float[] { 1, float.NaN }));
        foreach (float[] bad in (float[][])[[], [1], [1, float.PositiveInfinity]])
        {
            Assert.Throws<ArgumentException>(() => new ContentTrainer().Train(SmallShop.Dataset([Events.Purchase("u", "a")]), items, new Dictionary<ItemId, ReadOnlyMemory<float>> { ["b"] = new float[] { 1, 2 }, ["c"] = bad }));
        }

        // A vector of zeros says nothing, and no NaN comes of it.
        ContentModel zero = new ContentTrainer().Train(SmallShop.Dataset([Events.Purchase("u", "a")]), items, new Dictionary<ItemId, ReadOnlyMemory<float>> { ["a"] = new float[2], ["b"] = new float[2] });
        Assert.All(zero.Vectors.AllValues.ToArray(), value => Assert.True(float.IsFinite(value)));
        Assert.Empty(zero.SimilarItems("a", 3));
    }

    [Fact]
    public void Rare_and_frequent_terms_are_left_out_as_asked()
    {
        Item[] items = [new() { Id = "1", Text = "the red car" }, new() { Id = "2", Text = "the blue car" }, new() { Id = "3", Text = "the sea" }, new() { Id = "4", Text = "a red bird" }];

        Assert.Equal(["car", "red"], Terms(new ContentOptions { MinItems = 2, MaxItemShare = 0.5 }));
        Assert.Equal(["car", "the"], Terms(new ContentOptions { MaxTerms = 2 }));

        string[] Terms(ContentOptions options) =>
            [.. new ContentTrainer(options).Train(SmallShop.Dataset([Events.Purchase("u", "1")]), items) is var model ? Enumerable.Range(0, model.TermCount).Select(term => model.Vocabulary.Terms.IdAt(term).ToString()[5..]) : []];
    }

    [Fact]
    public void A_tokenizer_of_the_host_is_used_bad_terms_are_passed_over_and_a_loaded_model_asks_for_it()
    {
        ContentModel model = Train([new Item { Id = "a", Text = "x-y" }, new Item { Id = "b", Text = "x z" }, new Item { Id = "c", Text = "x-w" }], new ContentOptions { Tokenizer = new Dashes("dashes") });

        Assert.Equal(["text:w", "text:x", "text:x z", "text:y"], Enumerable.Range(0, model.TermCount).Select(term => model.Vocabulary.Terms.IdAt(term).ToString()));
        Assert.Equal((ItemId)"c", Assert.Single(model.SimilarItems("a", 9)).Item);
        var loaded = (ContentModel)RecommendationModel.Load(SampleModel.Bytes(model));
        Item item = new() { Id = "q", Text = "x-q" };
        Assert.Contains("'dashes'", Assert.Throws<InvalidOperationException>(() => loaded.SimilarItems(item, 3)).Message, StringComparison.Ordinal);
        Assert.Contains("'other'", Assert.Throws<ArgumentException>(() => loaded.SimilarItems(item, 3, tokenizer: new Dashes("other"))).Message, StringComparison.Ordinal);
        Assert.Equal(model.SimilarItems(item, 3), loaded.SimilarItems(item, 3, tokenizer: new Dashes("dashes")));
    }

    [Fact]
    public void A_saved_model_comes_back_with_the_same_bits_and_compares_new_items()
    {
        Item[] items = RandomItems(5, 30);
        ContentModel model = new ContentTrainer(new ContentOptions { SublinearCounts = true, BrandWeight = 1 / 3.0 }).Train(SmallShop.Dataset(SmallShop.Random(5)), items);
        byte[] file = SampleModel.Bytes(model);
        var loaded = (ContentModel)RecommendationModel.Load(file);

        Assert.Equal(file, SampleModel.Bytes(loaded));
        Assert.Equal(model.Recommend("u03", 99), loaded.Recommend("u03", 99));
        Assert.Equal(model.SimilarItems(items[7] with { Id = "new" }, 9), loaded.SimilarItems(items[7] with { Id = "new" }, 9));
    }

    [Fact]
    public void Faulty_options_and_catalogs_are_named()
    {
        ContentOptions options = new()
        {
            Tokenizer = null!,
            MinItems = 0,
            MaxItemShare = 0,
            MaxTerms = 0,
            TextWeight = -1,
            CategoryWeight = double.NaN,
            BrandWeight = 1e7,
            TagWeight = -1,
            NumberWeight = double.PositiveInfinity,
            EmbeddingWeight = -1,
        };
        string message = Assert.Throws<ArgumentException>(() => new ContentTrainer(options)).Message;
        Assert.All(typeof(ContentOptions).GetProperties().Where(property => property.PropertyType != typeof(bool)), property => Assert.Contains($"{property.Name} must be", message, StringComparison.Ordinal));
        Assert.Contains("a tokenizer with a name", Assert.Throws<ArgumentException>(() => new ContentTrainer(new ContentOptions { Tokenizer = new Dashes(" ") })).Message, StringComparison.Ordinal);

        InteractionDataset dataset = SmallShop.Dataset([Events.Purchase("u", "a")]);
        Item[][] catalogs = [[null!], [new Item { Id = default }], [new Item { Id = "a" }, new Item { Id = "a" }], [new Item { Id = "a", Price = -1 }]];
        Assert.All(catalogs, items => Assert.Equal("items", Assert.Throws<ArgumentException>(() => new ContentTrainer().Train(dataset, items)).ParamName));
        Assert.Throws<TrainingException>(() => new ContentTrainer().Train(dataset, []));
        Assert.Throws<TrainingException>(() => new ContentTrainer().Train(dataset, [new Item { Id = "a", Text = "!?", Price = 3 }]));
        Assert.Throws<OperationCanceledException>(() => new ContentTrainer().Train(dataset, RandomItems(1, 3), cancellationToken: new CancellationToken(true)));
    }

    private static ContentModel Train(Item[] items, ContentOptions? options = null) => new ContentTrainer(options).Train(SmallShop.Dataset([Events.Purchase("u", items[0].Id)]), items);

    private static Item[] RandomItems(ulong seed, int count)
    {
        var random = new SeededRandom(seed);
        return [.. Enumerable.Range(0, count).Select(n => new Item
        {
            Id = $"i{n}",
            Text = n % 7 == 6 ? null : string.Join(' ', Enumerable.Range(0, 1 + random.NextInt32(5)).Select(_ => Words[random.NextInt32(Words.Length)])),
            Categories = [.. Enumerable.Range(0, random.NextInt32(3)).Select(_ => $"c{random.NextInt32(4)}")],
            Brand = random.NextInt32(3) == 0 ? null : $"b{random.NextInt32(3)}",
            Tags = [.. Enumerable.Range(0, random.NextInt32(3)).Select(_ => $"t={random.NextInt32(4)}")],
            Price = random.NextInt32(4) == 0 ? null : 1 + random.NextInt32(100),
            Numbers = random.NextInt32(2) == 0 ? new Dictionary<string, double>() : new Dictionary<string, double> { ["w"] = random.NextGaussian(), ["constant"] = 3 },
        })];
    }

    private static void AssertClose(double[] expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-6);
        }
    }

    private sealed class Dashes(string name) : ITextTokenizer
    {
        public string Name => name;

        public IEnumerable<string> Tokenize(string text) => [.. text.Split('-'), " ", null!, "\uD800", new string('x', 300)];
    }
}
