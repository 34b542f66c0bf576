using PromoRec.Datasets;
using PromoRec.Interactions;
using PromoRec.Models;
using PromoRec.Models.Knn;
using PromoRec.Models.Ratings;
using PromoRec.Numerics;
using PromoRec.Tests.Datasets;
using PromoRec.Tests.Models;
using PromoRec.Training;
using PromoRec.Training.Content;
using PromoRec.Training.CoOccurrence;
using PromoRec.Training.Ease;
using PromoRec.Training.ImplicitAls;
using PromoRec.Training.Interest;
using PromoRec.Training.Knn;
using PromoRec.Training.Popularity;
using PromoRec.Training.Ratings;
using PromoRec.Training.Repeat;
using PromoRec.Tuning;

namespace PromoRec.Tests.Training;

/// <summary>Whatever finite values interactions have, a trainer refuses them in words, or makes a model that answers with finite numbers and can be saved and loaded.</summary>
public sealed class ExtremeValueTests
{
    private const int Users = 7;
    private const int Items = 6;

    private static readonly float[][] Palettes =
    [
        [1, 2, -1],
        [float.Epsilon, -float.Epsilon],
        [1e-38f, -1e-38f, 1e-30f],
        [1e18f, -1e18f],
        [2e37f, -2e37f],
        [3e38f, -3e38f],
        [3e38f],
        [float.Epsilon, 1, 1e18f, 3e38f, -3e38f, -1e18f, -1, -float.Epsilon],
    ];

    private static readonly Dictionary<string, Func<InteractionDataset, RecommendationModel>> Families = Trainers();

    public static TheoryData<string> Names => [.. Families.Keys];

    private static IReadOnlyList<Item> Catalog =>
    [
        .. Enumerable.Range(0, Items).Select(item => new Item
        {
            Id = IdOf(item),
            Text = $"item {item % 3} of the shop",
            Categories = [$"c{item % 2}"],
            Brand = $"b{item % 3}",
            Price = item,
            Numbers = new Dictionary<string, double> { ["weight"] = item % 2 == 0 ? 3e38 : -3e38, ["size"] = double.MaxValue },
        }),
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void No_value_makes_a_model_answer_with_what_is_no_number(string family)
    {
        for (int palette = 0; palette < Palettes.Length; palette++)
        {
            for (ulong seed = 0; seed < 5; seed++)
            {
                InteractionDataset dataset = Dataset(Palettes[palette], seed, family);
                RecommendationModel model;
                try
                {
                    model = Families[family](dataset);
                }
                catch (TrainingException refusal)
                {
                    Assert.NotEqual(0, palette);
                    Assert.Matches("too large|diverge|positive definite|too small", refusal.Message);
                    continue;
                }

                AssertFinite(model);
                Assert.True(seed > 0 || SaveAndLoad(model).Manifest.Version == model.Manifest.Version);
            }
        }
    }

    [Fact]
    public void Values_whose_products_overflow_are_refused_by_name()
    {
        InteractionDataset dataset = Dataset([2e37f, -2e37f], seed: 1, "item-knn");
        string message = Assert.Throws<TrainingException>(() => new ItemKnnTrainer().Train(dataset)).Message;
        Assert.Contains("2E+37", message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(nameof(DatasetOptions.MaxValue), message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("repeat")]
    [InlineData("content")]
    [InlineData("popularity-share")]
    [InlineData("ease-binary")]
    [InlineData("co-occurrence")]
    public void Families_that_multiply_no_values_take_the_largest_ones(string family)
    {
        RecommendationModel model = Families[family](Dataset([3e38f], seed: 2, family));
        AssertFinite(model);
    }

    [Fact]
    public void Evidence_too_large_to_score_with_is_refused_by_every_family()
    {
        foreach ((string family, Func<InteractionDataset, RecommendationModel> train) in Families)
        {
            RecommendationModel model = train(Dataset([1, 2, 3], seed: 3, family));
            foreach (float value in (float[])[float.Epsilon, -float.Epsilon, 1e18f, -2e37f, 3e38f, float.MaxValue])
            {
                foreach (ItemEvidence[] evidence in (ItemEvidence[][])[[new(IdOf(0), value)], [.. Enumerable.Range(0, Items).Select(item => new ItemEvidence(IdOf(item), item % 2 == 0 ? value : -value))], [new(IdOf(1), value), new(IdOf(1), value)]])
                {
                    try
                    {
                        Assert.All(model.Recommend(evidence, Items, includeSeen: true), each => AssertFinite(each.Score, family, value));
                    }
                    catch (ArgumentException refusal)
                    {
                        Assert.Contains("too large", refusal.Message, StringComparison.Ordinal);
                    }
                }
            }
        }
    }

    [Fact]
    public void Models_of_different_families_and_options_have_different_versions()
    {
        InteractionDataset dataset = Dataset([1, 2, 3], seed: 4, "all");
        string[] versions = [.. Families.Select(family => family.Value(dataset).Manifest.Version)];
        Assert.Equal(versions.Length, versions.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void A_model_that_could_not_be_loaded_is_not_written_and_an_older_file_stays()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("model.safetensors");
        InteractionDataset dataset = Dataset([1, 2], seed: 1, "als");
        FactorModel sound = new ImplicitAlsTrainer(new ImplicitAlsOptions { Factors = 2, Iterations = 1 }).Train(dataset);
        sound.Save(path);
        byte[] before = File.ReadAllBytes(path);
        var broken = FactorMatrix.Create(sound.ItemCount, 2);
        broken.Data[0] = float.NaN;
        FactorModel model = new(sound.Users, sound.Items, sound.UserFactors, broken, sound.Objective, sound.History, sound.Manifest);

        PromoRecException refusal = Assert.Throws<PromoRecException>(() => model.Save(path));
        Assert.Equal(PromoRecErrorCode.InvalidArtifact, refusal.Code);
        Assert.Contains("items.factors", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(path));
        Assert.Equal(["model.safetensors"], folder.Names);
    }

    [Fact]
    public void Factors_whose_products_overflow_answer_with_the_largest_number_and_are_not_imported()
    {
        InteractionDataset dataset = Dataset([1, 2], seed: 1, "als");
        FactorModel sound = new ImplicitAlsTrainer(new ImplicitAlsOptions { Factors = 2, Iterations = 1 }).Train(dataset);
        FactorMatrix huge = FactorMatrix.Create(sound.ItemCount, 2);
        huge.Row(0)[0] = 3e38f;
        huge.Row(1)[0] = -3e38f;
        (huge.Row(2)[0], huge.Row(2)[1]) = (3e38f, -3e38f);
        FactorMatrix users = FactorMatrix.Create(sound.UserCount, 2);
        (users.Row(0)[0], users.Row(0)[1]) = (3e38f, 3e38f);
        FactorModel model = new(sound.Users, sound.Items, users, huge, sound.Objective, sound.History, sound.Manifest);
        AssertFinite(model);
        Assert.Equal(float.MaxValue, model.Score(UserOf(0), IdOf(0)));
        Assert.Equal(float.MinValue, model.Score(UserOf(0), IdOf(1)));
        Assert.False(model.LargestScore <= float.MaxValue);
    }

    private static void AssertFinite(RecommendationModel model)
    {
        string family = model.Manifest.Algorithm;
        for (int user = -1; user < Users; user++)
        {
            UserId id = UserOf(user);
            Assert.All(model.Recommend(id, Items, includeSeen: true), each => AssertFinite(each.Score, family, user));
            for (int item = 0; item < Items; item++)
            {
                AssertFinite(model.Score(id, IdOf(item)) ?? 0, family, item);
                ScoreExplanation? explanation;
                try
                {
                    explanation = model.Explain(id, IdOf(item));
                }
                catch (InvalidOperationException)
                {
                    continue;
                }

                AssertFinite(explanation?.Score ?? 0, family, item);
                Assert.All(explanation?.Contributions ?? [], each => AssertFinite(each.Contribution, family, item));
            }
        }

        for (int item = 0; item < Items; item++)
        {
            Assert.All(model.SimilarItems(IdOf(item), Items), each => AssertFinite(each.Score, family, item));
        }
    }

    private static void AssertFinite(double number, string family, IFormattable where) => Assert.True(double.IsFinite(number), $"{family} answers {number} at {where}.");

    private static RecommendationModel SaveAndLoad(RecommendationModel model)
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "model.safetensors");
        model.Save(path);
        return RecommendationModel.Load(path, new ModelLoadOptions { MapFile = false });
    }

    private static InteractionDataset Dataset(float[] palette, ulong seed, string family)
    {
        var random = new SeededRandom(seed);
        InteractionKind kind = family.StartsWith("rating", StringComparison.Ordinal) ? InteractionKind.Rating : InteractionKind.Purchase;
        var builder = new DatasetBuilder(new DatasetOptions { KeepEvents = true });
        for (int user = 0; user < Users; user++)
        {
            for (int item = 0; item < Items; item++)
            {
                if (random.NextInt32(3) != 0)
                {
                    builder.Add(new Interaction(UserOf(user), IdOf(item), kind, Events.Start.AddHours((user * 31) + (item * item))) { Value = palette[random.NextInt32(palette.Length)] });
                }
            }
        }

        return builder.Build();
    }

    private static ItemId IdOf(int item) => (ItemId)$"i{item}";

    private static UserId UserOf(int user) => (UserId)$"u{user}";

    private static Dictionary<string, Func<InteractionDataset, RecommendationModel>> Trainers()
    {
        Dictionary<string, Func<InteractionDataset, RecommendationModel>> trainers = new()
        {
            ["als"] = data => new ImplicitAlsTrainer(new ImplicitAlsOptions { Factors = 4, Iterations = 3 }).Train(data),
            ["als-cholesky"] = data => new ImplicitAlsTrainer(new ImplicitAlsOptions { Factors = 4, Iterations = 3, Solver = AlsSolver.Cholesky }).Train(data),
            ["ease"] = data => new EaseTrainer(new EaseOptions { Binary = false }).Train(data),
            ["ease-binary"] = data => new EaseTrainer(new EaseOptions { Binary = true }).Train(data),
            ["repeat"] = data => new RepeatTrainer().Train(data),
            ["interest"] = data => new InterestTrainer().Train(data, Catalog),
            ["content"] = data => new ContentTrainer().Train(data, Catalog),
            ["co-occurrence"] = data => new CoOccurrenceTrainer(new CoOccurrenceOptions { MinSupport = 1 }).Train(data),
            ["popularity-share"] = data => new PopularityTrainer(new PopularityOptions { MinSupport = 1 }).Train(data, Catalog),
            ["popularity-events"] = data => new PopularityTrainer(new PopularityOptions { MinSupport = 1, Counting = PopularityCounting.Events }).Train(data, Catalog),
            ["popularity-trend"] = data => new PopularityTrainer(new PopularityOptions { MinSupport = 1, Counting = PopularityCounting.Events, Measure = PopularityMeasure.Trend }).Train(data, Catalog),
            ["hybrid"] = data => new HybridTrainer(new HybridOptions { Trials = 5 }).Train(
                data,
                [
                    new HybridRecipe("knn", (part, stop) => new ItemKnnTrainer(new KnnOptions { Similarity = KnnSimilarity.Pearson }).Train(part, cancellationToken: stop)),
                    new HybridRecipe("repeat", (part, stop) => new RepeatTrainer().Train(part, cancellationToken: stop)),
                    new HybridRecipe("popularity", (part, stop) => new PopularityTrainer().Train(part, cancellationToken: stop)),
                ]).Model,
            ["rating-baseline"] = data => new BaselineTrainer().Train(data),
            ["rating-svd"] = data => new SvdTrainer(new SvdOptions { Factors = 4, Epochs = 3 }).Train(data),
            ["rating-svdpp"] = data => new SvdPlusPlusTrainer(new SvdPlusPlusOptions { Factors = 4, Epochs = 3 }).Train(data),
            ["rating-slope-one"] = data => new SlopeOneTrainer().Train(data),
        };
        foreach (KnnSimilarity similarity in Enum.GetValues<KnnSimilarity>())
        {
            trainers[$"item-knn-{similarity}"] = data => new ItemKnnTrainer(new KnnOptions { Similarity = similarity }).Train(data);
            trainers[$"user-knn-{similarity}"] = data => new UserKnnTrainer(new KnnOptions { Similarity = similarity, NormalizeWeights = true }).Train(data);
            trainers[$"user-knn-binary-{similarity}"] = data => new UserKnnTrainer(new KnnOptions { Similarity = similarity, BinaryProfile = true }).Train(data);
        }

        foreach (KnnWeighting weighting in (KnnWeighting[])[KnnWeighting.Binary, KnnWeighting.TfIdf, KnnWeighting.Bm25])
        {
            trainers[$"item-knn-{weighting}"] = data => new ItemKnnTrainer(new KnnOptions { Weighting = weighting }).Train(data);
            trainers[$"user-knn-{weighting}"] = data => new UserKnnTrainer(new KnnOptions { Weighting = weighting, Similarity = KnnSimilarity.DotProduct }).Train(data);
        }

        foreach (RatingSimilarity similarity in Enum.GetValues<RatingSimilarity>())
        {
            trainers[$"rating-knn-{similarity}"] = data => new RatingKnnTrainer(new RatingKnnOptions { Similarity = similarity, ItemBased = true }).Train(data);
            trainers[$"rating-knn-users-{similarity}"] = data => new RatingKnnTrainer(new RatingKnnOptions { Similarity = similarity, ItemBased = false, Centering = RatingCentering.Baseline }).Train(data);
        }

        return trainers;
    }
}
