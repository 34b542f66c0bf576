using FsCheck;
using FsCheck.Fluent;
using PromoRec.Datasets;
using PromoRec.Interactions;
using PromoRec.Models;
using PromoRec.Models.Ratings;
using PromoRec.Numerics;
using PromoRec.Tests.Properties;
using PromoRec.Training;
using PromoRec.Training.Ratings;

namespace PromoRec.Tests.Training.Ratings;

/// <summary>What all models of ratings have in common, and what they answer where there is little to go by.</summary>
public sealed class RatingModelTests
{
    public static readonly Dictionary<string, Func<InteractionDataset, int, RatingModel>> Families = new()
    {
        ["baseline"] = (dataset, threads) => new BaselineTrainer(new BaselineOptions { Threads = threads }).Train(dataset),
        ["k-NN"] = (dataset, threads) => new RatingKnnTrainer(new RatingKnnOptions { Threads = threads }).Train(dataset),
        ["k-NN, cosine, items"] = (dataset, threads) =>
            new RatingKnnTrainer(new RatingKnnOptions { Threads = threads, ItemBased = true, Similarity = RatingSimilarity.Cosine }).Train(dataset),
        ["centered k-NN, Pearson"] = (dataset, threads) =>
            new RatingKnnTrainer(new RatingKnnOptions { Threads = threads, Centering = RatingCentering.Mean, Similarity = RatingSimilarity.Pearson }).Train(dataset),
        ["k-NN baseline, Pearson around baselines, items"] = (dataset, threads) => new RatingKnnTrainer(
            new RatingKnnOptions { Threads = threads, ItemBased = true, Centering = RatingCentering.Baseline, Similarity = RatingSimilarity.PearsonBaseline, Shrinkage = 0 }).Train(dataset),
        ["Slope One"] = (dataset, threads) => new SlopeOneTrainer(new SlopeOneOptions { Threads = threads }).Train(dataset),
        ["SVD"] = (dataset, _) => new SvdTrainer(new SvdOptions { Factors = 6, Epochs = 3 }).Train(dataset),
        ["SVD++"] = (dataset, _) => new SvdPlusPlusTrainer(new SvdPlusPlusOptions { Factors = 6, Epochs = 3 }).Train(dataset),
    };

    public static TheoryData<string> Names => [.. Families.Keys];

    /// <summary>Tables of up to 7 × 7 with ratings of several scales, many of them equal, some of them none.</summary>
    private static Arbitrary<double[,]> Tables { get; } =
        (from users in Gen.Choose(1, 7)
         from items in Gen.Choose(1, 7)
         from scale in Gen.Elements(1.0, 0.1, -1.0, 20.0)
         from stars in Gen.Elements(0, 0, 0, 1, 2, 3, 3, 5).ArrayOf(users * items)
         where stars.Any(each => each != 0)
         select Table(users, items, [.. stars.Select(each => (double)(float)(each * scale))])).ToArbitrary();

    [Theory]
    [MemberData(nameof(Names))]
    public void A_prediction_is_a_number_on_the_scale_of_the_ratings(string family) =>
        Prop.ForAll(Tables, ratings =>
        {
            RatingModel model = Families[family](RatingTables.Dataset(ratings), 1);
            double[] rated = [.. ratings.Cast<double>().Where(each => each != 0)];
            double[] all =
            [
                .. RatingTables.Predictions(model),
                model.Predict("nobody", "nothing"),
                model.Predict(RatingTables.UserAt(model, 0), "nothing"),
                model.Predict("nobody", RatingTables.ItemAt(model, 0)),
            ];
            return all.All(each => each >= rated.Min() && each <= rated.Max()) && model.LowestRating == rated.Min() && model.HighestRating == rated.Max();
        }).Holds(60);

    [Theory]
    [MemberData(nameof(Names))]
    public void Equal_ratings_are_predicted_as_they_are(string family)
    {
        double[,] ratings = RatingTables.Random(12, 9, seed: 1);
        for (int user = 0; user < 12; user++)
        {
            for (int item = 0; item < 9; item++)
            {
                ratings[user, item] = ratings[user, item] != 0 ? 3.7f : 0;
            }
        }

        RatingModel model = Families[family](RatingTables.Dataset(ratings), 1);

        Assert.All(RatingTables.Predictions(model), each => Assert.Equal(3.7f, each));
        Assert.Equal(3.7f, model.Predict("nobody", "nothing"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_single_rating_is_enough_and_none_is_refused(string family)
    {
        Assert.Equal(4, Families[family](RatingTables.Dataset(new double[,] { { 4 } }), 1).Predict("anybody", "anything"));
        TrainingException fault = Assert.Throws<TrainingException>(() => Families[family](RatingTables.Dataset(new double[2, 2]), 1));
        Assert.Contains("no rating", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_number_of_threads_changes_no_bit_and_neither_does_a_second_run(string family)
    {
        InteractionDataset dataset = RatingTables.Dataset(RatingTables.Random(120, 80, seed: 6, stars: true));
        RatingModel[] models = [.. new[] { 1, 2, 7 }.Select(threads => Families[family](dataset, threads))];

        Assert.All(models, model => Assert.Equal(RatingTables.Predictions(models[0]), RatingTables.Predictions(model)));
        Assert.All(models, model => Assert.Equal(models[0].Manifest.Version, model.Manifest.Version));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_manifest_tells_how_a_model_was_made_and_a_model_knows_its_ids(string family)
    {
        InteractionDataset dataset = RatingTables.Dataset(RatingTables.Random(30, 400, seed: 6));
        RatingModel model = Families[family](dataset, 0);

        Assert.Equal(dataset.Fingerprint, model.Manifest.DataFingerprint);
        Assert.NotEmpty(model.Manifest.Algorithm);
        Assert.NotEmpty(model.Manifest.Options);
        Assert.Equal((30, 400), (model.UserCount, model.ItemCount));
        Assert.True(model.ContainsUser(RatingTables.UserAt(model, 3)) && model.ContainsItem(RatingTables.ItemAt(model, 3)));
        Assert.False(model.ContainsUser("nobody") || model.ContainsItem("nothing"));
    }

    [Fact]
    public void Every_trainer_reports_its_steps_and_can_be_cancelled()
    {
        InteractionDataset dataset = RatingTables.Dataset(RatingTables.Random(700, 700, seed: 6));
        CancellationToken cancelled = new(true);
        Told baseline = new(), knn = new(), slopeOne = new(), svd = new(), svdPlusPlus = new();
        new BaselineTrainer(new BaselineOptions { Sweeps = 4 }).Train(dataset, baseline);
        new RatingKnnTrainer(new RatingKnnOptions { Threads = 1 }).Train(dataset, knn);
        new SlopeOneTrainer(new SlopeOneOptions { Threads = 1 }).Train(dataset, slopeOne);
        new SvdTrainer(new SvdOptions { Epochs = 2 }).Train(dataset, svd);
        new SvdPlusPlusTrainer(new SvdPlusPlusOptions { Epochs = 3 }).Train(dataset, svdPlusPlus);

        Assert.Equal(Enumerable.Range(1, 4), baseline.Iterations);
        Assert.Equal(Enumerable.Range(1, 10), knn.Iterations);
        Assert.Equal(Enumerable.Range(1, 10), slopeOne.Iterations);
        Assert.Equal(Enumerable.Range(1, 2), svd.Iterations);
        Assert.Equal(Enumerable.Range(1, 3), svdPlusPlus.Iterations);
        Assert.ThrowsAny<OperationCanceledException>(() => new BaselineTrainer().Train(dataset, cancellationToken: cancelled));
        Assert.ThrowsAny<OperationCanceledException>(() => new RatingKnnTrainer().Train(dataset, cancellationToken: cancelled));
        Assert.ThrowsAny<OperationCanceledException>(() => new SlopeOneTrainer().Train(dataset, cancellationToken: cancelled));
        Assert.ThrowsAny<OperationCanceledException>(() => new SvdTrainer().Train(dataset, cancellationToken: cancelled));
        Assert.ThrowsAny<OperationCanceledException>(() => new SvdPlusPlusTrainer().Train(dataset, cancellationToken: cancelled));
    }

    [Fact]
    public void Whoever_is_unknown_is_predicted_by_what_the_other_side_knows()
    {
        double[,] ratings = RatingTables.Random(12, 9, seed: 7);
        InteractionDataset dataset = RatingTables.Dataset(ratings);
        DenseRatings twin = new(ratings);
        (double[] users, double[] items) = twin.Biases(new BaselineOptions());

        foreach (RatingModel model in new RatingModel[] { new BaselineTrainer().Train(dataset), new RatingKnnTrainer(new RatingKnnOptions { Centering = RatingCentering.Baseline }).Train(dataset) })
        {
            Assert.Equal(twin.Mean + users[2], model.Predict(RatingTables.UserAt(model, 2), "nothing"), 1e-9);
            Assert.Equal(twin.Mean + items[2], model.Predict("nobody", RatingTables.ItemAt(model, 2)), 1e-9);
        }

        SvdModel svd = new SvdTrainer().Train(dataset);
        Assert.Equal(twin.Mean + svd.BiasedFactors.Biases.Users[2], svd.Predict(RatingTables.UserAt(svd, 2), "nothing"), 1e-9);
        Assert.NotEqual(0, svd.BiasedFactors.Biases.Items[2]);
        Assert.Equal(twin.Mean + svd.BiasedFactors.Biases.Items[2], svd.Predict("nobody", RatingTables.ItemAt(svd, 2)), 1e-9);

        foreach (RatingModel model in new RatingModel[] { new RatingKnnTrainer().Train(dataset), new RatingKnnTrainer(new RatingKnnOptions { Centering = RatingCentering.Mean }).Train(dataset), new SlopeOneTrainer().Train(dataset) })
        {
            Assert.Equal(twin.Mean, model.Predict(RatingTables.UserAt(model, 2), "nothing"), 1e-9);
            Assert.Equal(twin.Mean, model.Predict("nobody", RatingTables.ItemAt(model, 2)), 1e-9);
        }
    }

    [Fact]
    public void A_customer_with_nothing_in_common_with_others_gets_the_mean_their_own_mean_or_their_baseline()
    {
        double[,] ratings = { { 2, 4, 0, 0 }, { 1, 5, 0, 0 }, { 0, 0, 5, 3 } };
        InteractionDataset dataset = RatingTables.Dataset(ratings);
        RatingModel basic = new RatingKnnTrainer().Train(dataset);
        (UserId user, ItemId item) = (RatingTables.UserAt(basic, 2), RatingTables.ItemAt(basic, 0));

        Assert.Equal(20.0 / 6, basic.Predict(user, item), 1e-9);
        Assert.Equal(4, new RatingKnnTrainer(new RatingKnnOptions { Centering = RatingCentering.Mean }).Train(dataset).Predict(user, item), 1e-9);
        Assert.Equal(1.5, new RatingKnnTrainer(new RatingKnnOptions { Centering = RatingCentering.Mean, ItemBased = true }).Train(dataset).Predict(user, item), 1e-9);
        Assert.Equal(
            new BaselineTrainer().Train(dataset).Predict(user, item), new RatingKnnTrainer(new RatingKnnOptions { Centering = RatingCentering.Baseline }).Train(dataset).Predict(user, item), 1e-9);
        Assert.Equal(4, new SlopeOneTrainer().Train(dataset).Predict(user, item), 1e-9);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_customer_and_an_item_without_any_rating_are_like_unknown_ones(string family)
    {
        double[,] ratings = RatingTables.Random(6, 5, seed: 3);
        for (int item = 0; item < 5; item++)
        {
            ratings[5, item] = 0;
        }

        for (int user = 0; user < 6; user++)
        {
            ratings[user, 4] = 0;
        }

        RatingModel model = Families[family](RatingTables.Dataset(ratings), 1);

        Assert.Equal(model.Predict("nobody", "nothing"), model.Predict(RatingTables.UserAt(model, 5), RatingTables.ItemAt(model, 4)), 1e-9);
    }

    [Fact]
    public void Ratings_too_large_for_steps_of_that_size_are_refused_and_the_other_models_take_them()
    {
        InteractionDataset dataset = RatingTables.Dataset(new double[,] { { float.MaxValue, -float.MaxValue, 3 }, { -float.MaxValue, float.MaxValue, 0 }, { 1, 2, float.MaxValue } });
        foreach ((string name, Func<InteractionDataset, int, RatingModel> train) in Families)
        {
            if (name.StartsWith("SVD", StringComparison.Ordinal))
            {
                Assert.Contains("LearningRate", Assert.Throws<TrainingException>(() => train(dataset, 1)).Message, StringComparison.Ordinal);
            }
            else
            {
                Assert.All(RatingTables.Predictions(train(dataset, 1)), each => Assert.True(double.IsFinite(each), $"{name}: {each}"));
            }
        }

        Assert.Throws<TrainingException>(() => new SvdTrainer(new SvdOptions { LearningRate = 1, Regularization = 1e6 }).Train(RatingTables.Dataset(RatingTables.Random(6, 5, seed: 3))));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_explanation_names_ratings_of_the_customer_and_adds_up_to_the_score(string family)
    {
        double[,] ratings = RatingTables.Random(20, 15, seed: 8);
        RatingModel model = Families[family](RatingTables.Dataset(ratings), 1);
        int named = 0;
        for (int user = 0; user < 20; user++)
        {
            for (int item = 0; item < 15; item++)
            {
                ScoreExplanation why = model.Explain(RatingTables.UserAt(model, user), RatingTables.ItemAt(model, item))!;
                Assert.Equal(model.Estimate(user, item), why.Score);
                Assert.Equal((float)why.Score, model.Score(RatingTables.UserAt(model, user), RatingTables.ItemAt(model, item)));
                Assert.Equal(why.Score, why.Start + why.Contributions.Sum(each => each.Contribution), 1e-9);
                Assert.All(why.Contributions, each => Assert.NotEqual(0, ratings[user, model.ItemRow(each.Item)]));
                Assert.Equal(why.Contributions.OrderByDescending(each => each.Contribution), why.Contributions);
                named += why.Contributions.Count;
            }
        }

        Assert.Equal(model is SlopeOneModel or SvdPlusPlusModel or RatingKnnModel { ItemBased: true }, named > 300);
        Assert.Null(model.Explain("nobody", RatingTables.ItemAt(model, 0)));
        Assert.Null(model.Explain(RatingTables.UserAt(model, 0), "nothing"));
    }

    [Fact]
    public void A_neighbour_starts_from_the_centre_and_Slope_One_from_the_mean_of_the_customer()
    {
        double[,] ratings = RatingTables.Random(20, 15, seed: 8);
        InteractionDataset dataset = RatingTables.Dataset(ratings);
        double[] own = [.. Enumerable.Range(0, 15).Select(item => ratings[4, item]).Where(each => each != 0)];
        (UserId user, ItemId item) = (RatingTables.UserAt(new BaselineTrainer().Train(dataset), 4), RatingTables.ItemAt(new BaselineTrainer().Train(dataset), 3));
        RatingKnnModel Knn(RatingCentering centering) => new RatingKnnTrainer(new RatingKnnOptions { ItemBased = true, Centering = centering }).Train(dataset);

        Assert.Equal(own.Average(), new SlopeOneTrainer().Train(dataset).Explain(user, item)!.Start, 1e-6);
        Assert.Equal(0, Knn(RatingCentering.None).Explain(user, item)!.Start, 1e-9);
        Assert.Equal(new BaselineTrainer().Train(dataset).Predict(user, item), Knn(RatingCentering.Baseline).Explain(user, item)!.Start, 1e-9);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_items_with_the_highest_estimates_are_recommended_and_rated_ones_only_on_request(string family)
    {
        double[,] ratings = RatingTables.Random(20, 15, seed: 8);
        RatingModel model = Families[family](RatingTables.Dataset(ratings), 1);
        var expected = Enumerable.Range(0, 15)
            .Select(item => (Item: RatingTables.ItemAt(model, item), Score: (float)model.Estimate(4, item)))
            .OrderByDescending(each => each.Score)
            .ThenBy(each => each.Item)
            .ToArray();

        RecommendedItems all = model.Recommend(RatingTables.UserAt(model, 4), 15, includeSeen: true);
        RecommendedItems others = model.Recommend(RatingTables.UserAt(model, 4), 15);

        Assert.Equal(expected, all.Select(each => (each.Item, each.Score)));
        Assert.Equal(expected.Where(each => ratings[4, model.ItemRow(each.Item)] == 0), others.Select(each => (each.Item, each.Score)));
        Assert.Equal(RankTier.Popularity, model.Recommend("nobody", 3).Tier);
    }

    [Fact]
    public void Items_are_similar_as_the_model_found_them_and_models_that_compare_none_say_so()
    {
        InteractionDataset dataset = RatingTables.Dataset(RatingTables.Random(20, 15, seed: 8));
        RatingKnnModel knn = new RatingKnnTrainer(new RatingKnnOptions { ItemBased = true }).Train(dataset);
        SvdModel svd = new SvdTrainer().Train(dataset);
        ItemId item = RatingTables.ItemAt(knn, 3);

        Assert.Equal(knn.Similarities.ValuesOf(3).ToArray().OrderDescending().Take(5), knn.SimilarItems(item, 5).Select(each => each.Score));
        Assert.All(svd.SimilarItems(item, 14), each => Assert.Equal(VectorMath.Cosine(svd.BiasedFactors.Items.Row(3), svd.BiasedFactors.Items.Row(svd.ItemRow(each.Item))), each.Score));
        Assert.Equal(14, svd.SimilarItems(item, 20).Count);
        Assert.Empty(new RatingKnnTrainer().Train(dataset).SimilarItems(item, 5));
        Assert.Empty(new SlopeOneTrainer().Train(dataset).SimilarItems(item, 5));
    }

    [Fact]
    public void The_last_rating_of_a_pair_stands()
    {
        var builder = new DatasetBuilder(new DatasetOptions { Aggregation = ValueAggregation.Latest });
        DateTimeOffset first = DateTimeOffset.UnixEpoch;
        builder.Add(new Interaction("u", (ItemId)"i", InteractionKind.Rating, first.AddDays(1)) { Value = 2 });
        builder.Add(new Interaction("u", (ItemId)"i", InteractionKind.Rating, first) { Value = 5 });

        Assert.Equal(2, new BaselineTrainer().Train(builder.Build()).Predict("u", "i"));
    }

    [Fact]
    public void The_seed_decides_the_factors()
    {
        InteractionDataset dataset = RatingTables.Dataset(RatingTables.Random(20, 15, seed: 8));
        double[] Predictions(ulong seed) => RatingTables.Predictions(new SvdTrainer(new SvdOptions { Seed = seed }).Train(dataset));

        Assert.Equal(Predictions(3), Predictions(3));
        Assert.NotEqual(Predictions(3), Predictions(4));
        double[] start = [.. AlsData.ToDense(new SvdTrainer(new SvdOptions { Epochs = 0 }).Train(dataset).BiasedFactors.Users).Cast<double>()];
        Assert.InRange(start.Average(each => each * each), 0.009, 0.011);
    }

    [Fact]
    public void Later_changes_of_options_make_no_difference_to_a_trainer()
    {
        InteractionDataset dataset = RatingTables.Dataset(RatingTables.Random(20, 15, seed: 8));
        RatingKnnOptions options = new() { Centering = RatingCentering.Baseline };
        RatingKnnTrainer trainer = new(options);
        double[] before = RatingTables.Predictions(trainer.Train(dataset));
        options.Baseline.Sweeps = 0;
        options.Neighbours = 1;

        Assert.Equal(before, RatingTables.Predictions(trainer.Train(dataset)));
        Assert.NotEqual(before, RatingTables.Predictions(new RatingKnnTrainer(options).Train(dataset)));
    }

    [Fact]
    public void Every_option_that_is_out_of_range_is_named()
    {
        AssertNamed<BaselineOptions>(() => new BaselineTrainer(new BaselineOptions { Sweeps = -1, UserRegularization = double.NaN, ItemRegularization = -1, Threads = -1 }));
        AssertNamed<SlopeOneOptions>(() => new SlopeOneTrainer(new SlopeOneOptions { MinSupport = 0, DeviationsPerItem = 0, Threads = -1 }));
        AssertNamed<SvdOptions>(() => new SvdTrainer(new SvdOptions { Factors = 0, Epochs = -1, LearningRate = 0, Regularization = -1, InitialScale = double.NaN }));
        AssertNamed<SvdPlusPlusOptions>(() => new SvdPlusPlusTrainer(new SvdPlusPlusOptions { Factors = 1025, Epochs = 10_001, LearningRate = 2, Regularization = Never, InitialScale = -1 }));
        AssertNamed<RatingKnnOptions>(() => new RatingKnnTrainer(new RatingKnnOptions
        {
            Centering = (RatingCentering)9,
            Similarity = (RatingSimilarity)9,
            Neighbours = 0,
            MinNeighbours = 0,
            MinSupport = 0,
            Shrinkage = -1,
            SimilaritiesPerRow = 0,
            Baseline = null!,
            Threads = -1,
        }));
        Assert.Contains("Sweeps must be", Assert.Throws<ArgumentException>(() => new RatingKnnTrainer(new RatingKnnOptions { Baseline = new BaselineOptions { Sweeps = -1 } })).Message, StringComparison.Ordinal);
    }

    private const double Never = double.PositiveInfinity;

    private static void AssertNamed<TOptions>(Func<object> create)
    {
        string message = Assert.Throws<ArgumentException>(create).Message;
        Assert.All(
            typeof(TOptions).GetProperties().Where(property => property.PropertyType != typeof(bool) && property.PropertyType != typeof(ulong)),
            property => Assert.Contains($"{property.Name} must be", message, StringComparison.Ordinal));
    }

    private static double[,] Table(int users, int items, double[] values)
    {
        double[,] table = new double[users, items];
        Buffer.BlockCopy(values, 0, table, 0, values.Length * sizeof(double));
        return table;
    }

    private sealed class Told : IProgress<TrainingProgress>
    {
        public List<int> Iterations { get; } = [];

        public void Report(TrainingProgress value) => Iterations.Add(value.Iteration);
    }
}
