using PromoRec.Models.Ratings;
using PromoRec.Numerics;
using PromoRec.Training.Ratings;

namespace PromoRec.Tests.Training.Ratings;

/// <summary>Models of ratings do what their formulas say: each beside a plain second implementation.</summary>
public sealed class RatingTwinTests
{
    private const int Users = 25;
    private const int Items = 18;

    public static TheoryData<RatingCentering, RatingSimilarity, bool, bool> KnnForms
    {
        get
        {
            TheoryData<RatingCentering, RatingSimilarity, bool, bool> forms = [];
            foreach (RatingCentering centering in Enum.GetValues<RatingCentering>())
            {
                foreach (RatingSimilarity similarity in Enum.GetValues<RatingSimilarity>())
                {
                    forms.Add(centering, similarity, false, false);
                    forms.Add(centering, similarity, true, true);
                }
            }

            return forms;
        }
    }

    [Theory]
    [InlineData(0, 15, 10)]
    [InlineData(1, 15, 10)]
    [InlineData(10, 15, 10)]
    [InlineData(3, 0, 0.5)]
    public void Baselines_are_those_of_plain_sweeps(int sweeps, double userRegularization, double itemRegularization)
    {
        DenseRatings twin = new(RatingTables.Random(Users, Items, seed: 1));
        BaselineOptions options = new() { Sweeps = sweeps, UserRegularization = userRegularization, ItemRegularization = itemRegularization };

        BaselineModel model = new BaselineTrainer(options).Train(RatingTables.Dataset(RatingTables.Random(Users, Items, seed: 1)));

        (double[] users, double[] items) = twin.Biases(options);
        Assert.Equal(twin.Mean, model.MeanRating, 1e-12);
        EachPair((user, item) =>
        {
            Assert.Equal(users[user], model.BiasOf(RatingTables.UserAt(model, user)), 1e-12);
            Assert.Equal(items[item], model.BiasOf(RatingTables.ItemAt(model, item)), 1e-12);
            AssertPredicts(twin, twin.Mean + users[user] + items[item], model, user, item, 1e-12);
        });
    }

    [Theory]
    [MemberData(nameof(KnnForms))]
    public void Neighbours_predict_what_their_formulas_say(RatingCentering centering, RatingSimilarity similarity, bool itemBased, bool limits)
    {
        double[,] ratings = RatingTables.Random(Users, Items, seed: 2);
        DenseRatings twin = new(ratings);
        RatingKnnOptions options = new()
        {
            ItemBased = itemBased,
            Centering = centering,
            Similarity = similarity,
            Neighbours = limits ? 3 : 40,
            MinNeighbours = limits ? 2 : 1,
            MinSupport = limits ? 3 : 1,
            Shrinkage = limits ? 2 : 100,
            SimilaritiesPerRow = limits ? 6 : 2_000,
        };
        RatingKnnModel model = new RatingKnnTrainer(options).Train(RatingTables.Dataset(ratings));

        double[,] similarities = twin.Similarities(options);
        (double[] Users, double[] Items) biases = twin.Biases(options.Baseline);
        Assert.Equal(similarities.Cast<double>().Count(each => each > 0), model.SimilarityCount);
        EachPair((user, item) => AssertPredicts(twin, twin.Knn(user, item, options, similarities, biases), model, user, item, 1e-5));
    }

    [Theory]
    [InlineData(1, 2_000)]
    [InlineData(3, 5)]
    public void Slope_One_predicts_what_its_formula_says(int minSupport, int deviationsPerItem)
    {
        double[,] ratings = RatingTables.Random(Users, Items, seed: 3);
        DenseRatings twin = new(ratings);
        SlopeOneOptions options = new() { MinSupport = minSupport, DeviationsPerItem = deviationsPerItem };

        SlopeOneModel model = new SlopeOneTrainer(options).Train(RatingTables.Dataset(ratings));

        EachPair((user, item) => AssertPredicts(twin, twin.SlopeOne(user, item, options), model, user, item, 1e-5));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void An_SVD_epoch_is_one_step_for_each_rating(int epochs)
    {
        double[,] ratings = RatingTables.Random(Users, Items, seed: 4);
        SvdOptions options = new() { Factors = 5, Epochs = 0, LearningRate = 0.02, Regularization = 0.3, Seed = 9 };
        BiasedFactors start = new SvdTrainer(options).Train(RatingTables.Dataset(ratings)).BiasedFactors;
        DenseSgd twin = new(ratings, 0.02, 0.3, AlsData.ToDense(start.Users), AlsData.ToDense(start.Items), null);
        options.Epochs = epochs;

        SvdModel model = new SvdTrainer(options).Train(RatingTables.Dataset(ratings));

        for (int epoch = 0; epoch < epochs; epoch++)
        {
            twin.Epoch();
        }

        AssertFactors(twin.Users, model.BiasedFactors.Users);
        AssertFactors(twin.Items, model.BiasedFactors.Items);
        AssertBiases(twin, model.BiasedFactors.Biases);
        EachPair((user, item) => AssertPredicts(new DenseRatings(ratings), twin.Estimate(user, item), model, user, item, 1e-5));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void An_SVD_plus_plus_epoch_moves_the_factors_of_all_rated_items_at_every_rating(int epochs)
    {
        double[,] ratings = RatingTables.Random(Users, Items, seed: 5);
        SvdPlusPlusOptions options = new() { Factors = 5, Epochs = 0, LearningRate = 0.02, Regularization = 0.3, Seed = 9 };
        SvdPlusPlusModel start = new SvdPlusPlusTrainer(options).Train(RatingTables.Dataset(ratings));
        double[,] y = AlsData.ToDense(start.ImplicitFactors);
        double[,] p = WithoutImplicit(ratings, AlsData.ToDense(start.BiasedFactors.Users), y);
        DenseSgd twin = new(ratings, 0.02, 0.3, p, AlsData.ToDense(start.BiasedFactors.Items), y);
        options.Epochs = epochs;

        SvdPlusPlusModel model = new SvdPlusPlusTrainer(options).Train(RatingTables.Dataset(ratings));

        for (int epoch = 0; epoch < epochs; epoch++)
        {
            twin.Epoch();
        }

        AssertFactors(twin.Items, model.BiasedFactors.Items);
        AssertFactors(twin.Implicit!, model.ImplicitFactors);
        double[,] users = WithoutImplicit(ratings, AlsData.ToDense(model.BiasedFactors.Users), AlsData.ToDense(model.ImplicitFactors));
        Assert.Equal(twin.Users.Cast<double>(), users.Cast<double>(), (left, right) => Math.Abs(left - right) < 1e-5);
        AssertBiases(twin, model.BiasedFactors.Biases);
        EachPair((user, item) => AssertPredicts(new DenseRatings(ratings), twin.Estimate(user, item), model, user, item, 1e-5));
    }

    private static double[,] WithoutImplicit(double[,] ratings, double[,] users, double[,] implicitFactors)
    {
        DenseRatings table = new(ratings);
        double[,] p = new double[Users, users.GetLength(1)];
        for (int user = 0; user < Users; user++)
        {
            for (int f = 0; f < users.GetLength(1); f++)
            {
                p[user, f] = users[user, f] - (table.ItemsOf(user).Sum(item => implicitFactors[item, f]) / Math.Sqrt(table.ItemsOf(user).Length));
            }
        }

        return p;
    }

    private static void AssertPredicts(DenseRatings twin, double expected, RatingModel model, int user, int item, double tolerance)
    {
        Assert.Equal(expected, model.Estimate(user, item), tolerance);
        Assert.Equal(twin.Clip(expected), model.Predict(RatingTables.UserAt(model, user), RatingTables.ItemAt(model, item)), tolerance);
    }

    private static void AssertFactors(double[,] expected, FactorMatrix found) =>
        Assert.Equal(expected.Cast<double>(), AlsData.ToDense(found).Cast<double>(), (left, right) => Math.Abs(left - right) < 1e-5);

    private static void AssertBiases(DenseSgd expected, RatingBiases found)
    {
        Assert.Equal(expected.UserBiases, found.Users, (left, right) => Math.Abs(left - right) < 1e-5);
        Assert.Equal(expected.ItemBiases, found.Items, (left, right) => Math.Abs(left - right) < 1e-5);
    }

    private static void EachPair(Action<int, int> check)
    {
        for (int user = 0; user < Users; user++)
        {
            for (int item = 0; item < Items; item++)
            {
                check(user, item);
            }
        }
    }
}
