using FsCheck;
using FsCheck.Fluent;
using PromoRec.Datasets;
using PromoRec.Models.Ratings;
using PromoRec.Tests.Properties;
using PromoRec.Training.Ratings;

namespace PromoRec.Tests.Training.Ratings;

/// <summary>A customer whom no model has seen is learnt from a list of ratings.</summary>
public sealed class RatingFoldInTests
{
    public static TheoryData<string> Names => RatingModelTests.Names;

    /// <summary>All forms but those of gradient descent, whose customers depend on random start values.</summary>
    public static TheoryData<string> ExactForms => [.. Forms.Keys];

    private static Dictionary<string, Func<InteractionDataset, RatingModel>> Forms
    {
        get
        {
            Dictionary<string, Func<InteractionDataset, RatingModel>> forms = new()
            {
                ["baseline"] = dataset => new BaselineTrainer().Train(dataset),
                ["mean of the item"] = dataset => new BaselineTrainer(new BaselineOptions { Sweeps = 1, ItemRegularization = 0, UserRegularization = double.PositiveInfinity }).Train(dataset),
                ["mean of all"] = dataset => new BaselineTrainer(new BaselineOptions { Sweeps = 0 }).Train(dataset),
                ["Slope One"] = dataset => new SlopeOneTrainer(new SlopeOneOptions { DeviationsPerItem = 6 }).Train(dataset),
            };
            foreach (RatingCentering centering in Enum.GetValues<RatingCentering>())
            {
                foreach (RatingSimilarity similarity in Enum.GetValues<RatingSimilarity>())
                {
                    foreach (bool itemBased in new[] { false, true })
                    {
                        RatingKnnOptions options = new() { Centering = centering, Similarity = similarity, ItemBased = itemBased, MinSupport = 2, Neighbours = 4, Shrinkage = 3 };
                        forms.Add($"{(itemBased ? "items" : "customers")}, {similarity}, {centering}", dataset => new RatingKnnTrainer(options).Train(dataset));
                    }
                }
            }

            return forms;
        }
    }

    [Theory]
    [MemberData(nameof(ExactForms))]
    public void A_customer_with_the_ratings_of_one_whom_the_model_knows_is_predicted_the_same_bits(string form)
    {
        double[,] ratings = RatingTables.Random(25, 18, seed: 11);
        RatingModel model = Forms[form](RatingTables.Dataset(ratings));

        // Where customers are compared, the new one is like the one whom it copies, who has an opinion on what both rated.
        bool comparesCustomers = model is RatingKnnModel { ItemBased: false };
        for (int user = 0; user < 25; user++)
        {
            FoldedRater rater = model.FoldIn(Evidence(model, ratings, user));
            for (int item = 0; item < 18; item++)
            {
                if (!comparesCustomers || ratings[user, item] == 0)
                {
                    Assert.Equal(model.Predict(RatingTables.UserAt(model, user), RatingTables.ItemAt(model, item)), rater.Predict(RatingTables.ItemAt(model, item)));
                }
            }

            Assert.Equal(model.Predict(RatingTables.UserAt(model, user), "nothing"), rater.Predict("nothing"));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    public void SVD_learns_a_customer_by_its_own_steps_while_the_items_stay(int epochs)
    {
        double[,] ratings = RatingTables.Random(25, 18, seed: 12);
        SvdModel model = new SvdTrainer(new SvdOptions { Factors = 5, Epochs = epochs, LearningRate = 0.03, Regularization = 0.1 }).Train(RatingTables.Dataset(ratings));

        FoldedRater rater = model.FoldIn(Evidence(model, ratings, 7));

        AssertSteps(model.BiasedFactors, new double[5], ratings, 7, epochs, rater);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    public void SVD_plus_plus_learns_a_customer_beside_what_their_items_say(int epochs)
    {
        double[,] ratings = RatingTables.Random(25, 18, seed: 13);
        SvdPlusPlusModel model = new SvdPlusPlusTrainer(new SvdPlusPlusOptions { Factors = 5, Epochs = epochs, LearningRate = 0.03, Regularization = 0.1 }).Train(RatingTables.Dataset(ratings));
        int[] items = new DenseRatings(ratings).ItemsOf(7);
        double[,] y = AlsData.ToDense(model.ImplicitFactors);

        FoldedRater rater = model.FoldIn(Evidence(model, ratings, 7));

        AssertSteps(model.BiasedFactors, [.. Enumerable.Range(0, 5).Select(f => items.Sum(item => y[item, f]) / Math.Sqrt(items.Length))], ratings, 7, epochs, rater);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_order_of_ratings_makes_no_difference_the_last_of_an_item_stands_and_zero_is_none(string family)
    {
        double[,] ratings = RatingTables.Random(25, 18, seed: 14);
        RatingModel model = RatingModelTests.Families[family](RatingTables.Dataset(ratings), 1);
        ItemEvidence[] evidence = Evidence(model, ratings, 3);
        ItemEvidence first = evidence[0];

        double[] expected = Predictions(model.FoldIn(evidence));

        Assert.Equal(expected, Predictions(model.FoldIn([.. Enumerable.Reverse(evidence)])));
        Assert.Equal(expected, Predictions(model.FoldIn([first with { Value = 1 }, .. evidence])));
        Assert.Equal(expected, Predictions(model.FoldIn([.. evidence, new ItemEvidence("nothing", 3)])));
        Assert.Equal(Predictions(model.FoldIn(evidence[1..])), Predictions(model.FoldIn([.. evidence, first with { Value = 0 }])));
        Assert.Equal((evidence.Length - 1, 2), (model.FoldIn([.. evidence[1..], new("nothing", 3), new("naught", 3)]).KnownItems, model.FoldIn([.. evidence, new("nothing", 3), new("naught", 3)]).UnknownItems));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Without_a_rating_that_the_model_knows_a_customer_is_an_unknown_one(string family)
    {
        RatingModel model = RatingModelTests.Families[family](RatingTables.Dataset(RatingTables.Random(25, 18, seed: 14)), 1);
        foreach (FoldedRater rater in new[] { model.FoldIn([]), model.FoldIn([new ItemEvidence("nothing", 2)]) })
        {
            Assert.Equal(Enumerable.Range(0, 18).Select(item => model.Predict("nobody", RatingTables.ItemAt(model, item))), Predictions(rater));
            Assert.Equal(model.Predict("nobody", "nothing"), rater.Predict("nothing"));
            Assert.Same(model, rater.Model);
        }

        Assert.Equal(model.Recommend("nobody", 9).ToArray(), model.Recommend([new ItemEvidence("nothing", 2)], 9).ToArray());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Recommended_are_the_items_with_the_highest_predictions(string family)
    {
        double[,] ratings = RatingTables.Random(25, 18, seed: 14);
        RatingModel model = RatingModelTests.Families[family](RatingTables.Dataset(ratings), 1);
        ItemEvidence[] evidence = Evidence(model, ratings, 3);
        FoldedRater rater = model.FoldIn(evidence);

        var all = model.Recommend(evidence, 18, includeSeen: true);

        Assert.Equal(18, all.Count);
        Assert.All(all, each => Assert.Equal(Math.Clamp(each.Score, model.LowestRating, model.HighestRating), rater.Predict(each.Item), 1e-6));
        Assert.Equal(all.OrderByDescending(each => each.Score).ThenBy(each => each.Item), all);
        Assert.Equal(all.Where(each => evidence.All(one => one.Item != each.Item)), model.Recommend(evidence, 18));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Whatever_is_rated_the_prediction_is_a_number_on_the_scale(string family)
    {
        double[,] ratings = RatingTables.Random(12, 9, seed: 15, stars: true);
        RatingModel model = RatingModelTests.Families[family](RatingTables.Dataset(ratings), 1);
        Arbitrary<float[]> values = Gen.Elements(0, 1, 5, -3, 1e-30f, 1e10f, float.MaxValue, float.MinValue).ArrayOf(9).ToArbitrary();
        Prop.ForAll(values, given =>
        {
            ItemEvidence[] evidence = [.. given.Select((value, item) => new ItemEvidence(RatingTables.ItemAt(model, item), value))];
            try
            {
                double[] predictions = [.. Predictions(model.FoldIn(evidence)), model.FoldIn(evidence).Predict("nothing")];
                return predictions.All(each => each >= model.LowestRating && each <= model.HighestRating)
                    && model.Recommend(evidence, 9, includeSeen: true).All(each => float.IsFinite(each.Score));
            }
            catch (ArgumentException)
            {
                // Only steps can be too large.
                return model is SvdModel or SvdPlusPlusModel && given.Any(value => Math.Abs(value) > 1e6);
            }
        }).Holds(200);

        Assert.Throws<ArgumentException>(() => model.FoldIn([new ItemEvidence(RatingTables.ItemAt(model, 0), float.NaN)]));
        Assert.Throws<ArgumentNullException>(() => model.FoldIn(null!));
    }

    private static ItemEvidence[] Evidence(RatingModel model, double[,] ratings, int user) =>
        [.. new DenseRatings(ratings).ItemsOf(user).Select(item => new ItemEvidence(RatingTables.ItemAt(model, item), (float)ratings[user, item]))];

    private static double[] Predictions(FoldedRater rater) => [.. Enumerable.Range(0, rater.Model.ItemCount).Select(item => rater.Predict(RatingTables.ItemAt(rater.Model, item)))];

    /// <summary>The steps in double, one after the other.</summary>
    private static void AssertSteps(BiasedFactors factors, double[] fixedPart, double[,] ratings, int user, int epochs, FoldedRater rater)
    {
        double[,] q = AlsData.ToDense(factors.Items);
        double bias = 0;
        double[] p = new double[fixedPart.Length];
        double Estimate(int item) => factors.Biases.Mean + bias + factors.Biases.Items[item] + p.Select((each, f) => (each + fixedPart[f]) * q[item, f]).Sum();
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            foreach (int item in new DenseRatings(ratings).ItemsOf(user))
            {
                double error = ratings[user, item] - Estimate(item);
                bias += 0.03 * (error - (0.1 * bias));
                for (int f = 0; f < p.Length; f++)
                {
                    p[f] += 0.03 * ((error * q[item, f]) - (0.1 * p[f]));
                }
            }
        }

        Assert.NotEqual(0, bias);
        for (int item = 0; item < ratings.GetLength(1); item++)
        {
            Assert.Equal(rater.Model.Scale.Keep(Estimate(item)), rater.Predict(RatingTables.ItemAt(rater.Model, item)), 1e-5);
        }

        Assert.Equal(rater.Model.Scale.Keep(factors.Biases.Mean + bias), rater.Predict("nothing"), 1e-5);
    }
}
