using PromoRec.Datasets;
using PromoRec.Models.Ratings;
using PromoRec.Training.Ratings;

namespace PromoRec.Tests.Quality;

/// <summary>Predicted ratings of MovieLens-100K have the measured and published errors.</summary>
public sealed class RatingQualityTests(ITestOutputHelper output)
{
    private const double Never = double.PositiveInfinity;

    [Theory]
    [InlineData("mean of all", 0, 0, 0, 1.1537, 0.9680)]
    [InlineData("mean of the customer", 1, 0, Never, 1.0630, 0.8502)]
    [InlineData("mean of the item", 1, Never, 0, 1.0334, 0.8276)]
    [InlineData("biases", 10, 15, 10, 0.9599, 0.7616)]
    public void Baselines_of_the_first_published_fold_have_the_measured_errors_to_all_digits(
        string name, int sweeps, double userRegularization, double itemRegularization, double rmse, double mae)
    {
        RatingSplit split = RatingSplit.U1();
        BaselineOptions options = new() { Sweeps = sweeps, UserRegularization = userRegularization, ItemRegularization = itemRegularization };

        (double foundRmse, double foundMae) = split.Errors(new BaselineTrainer(options).Train(split.Train));

        output.WriteLine($"{name}: RMSE {foundRmse:0.000000}, MAE {foundMae:0.000000}");
        Assert.Equal(rmse, foundRmse, 0.00005);
        Assert.Equal(mae, foundMae, 0.00005);
    }

    /// <summary>The published table: github.com/NicolasHug/Surprise, README, five random folds, default options (customers compared by mean squared difference).</summary>
    [Theory]
    [InlineData("baseline", 0.944, 0.748)]
    [InlineData("k-NN", 0.980, 0.774)]
    [InlineData("centered k-NN", 0.951, 0.749)]
    [InlineData("k-NN baseline", 0.931, 0.733)]
    [InlineData("Slope One", 0.946, 0.743)]
    [InlineData("SVD", 0.934, 0.737)]
    [InlineData("SVD++", 0.919, 0.721)]
    public void Five_random_folds_have_the_published_errors(string algorithm, double rmse, double mae)
    {
        (double foundRmse, double foundMae) = FiveFolds(algorithm, dataset => Train(algorithm, dataset));

        // These are the same algorithms: much lower errors would be as wrong as higher ones.
        Assert.Equal(rmse, foundRmse, 0.005);
        Assert.Equal(mae, foundMae, 0.005);
    }

    [Fact]
    public void Items_compared_around_baselines_are_better_than_customers()
    {
        RatingKnnOptions options = new() { ItemBased = true, Centering = RatingCentering.Baseline, Similarity = RatingSimilarity.PearsonBaseline };

        (double rmse, _) = FiveFolds("k-NN baseline, items, Pearson around baselines", dataset => new RatingKnnTrainer(options).Train(dataset));

        // Published for customers compared by mean squared difference: 0.931.
        Assert.InRange(rmse, 0.910, 0.920);
    }

    private static RatingModel Train(string algorithm, InteractionDataset dataset) => algorithm switch
    {
        "baseline" => new BaselineTrainer().Train(dataset),
        "k-NN" => new RatingKnnTrainer().Train(dataset),
        "centered k-NN" => new RatingKnnTrainer(new RatingKnnOptions { Centering = RatingCentering.Mean }).Train(dataset),
        "k-NN baseline" => new RatingKnnTrainer(new RatingKnnOptions { Centering = RatingCentering.Baseline }).Train(dataset),
        "Slope One" => new SlopeOneTrainer().Train(dataset),
        "SVD" => new SvdTrainer().Train(dataset),
        _ => new SvdPlusPlusTrainer().Train(dataset),
    };

    private (double Rmse, double Mae) FiveFolds(string name, Func<InteractionDataset, RatingModel> train)
    {
        (double Rmse, double Mae)[] folds = [.. RatingSplit.Folds(5, seed: 1).Select(split => split.Errors(train(split.Train)))];
        (double Rmse, double Mae) mean = (folds.Average(fold => fold.Rmse), folds.Average(fold => fold.Mae));
        output.WriteLine($"{name}: RMSE {mean.Rmse:0.0000} MAE {mean.Mae:0.0000}, folds {string.Join(' ', folds.Select(fold => $"{fold.Rmse:0.0000}"))}");
        return mean;
    }
}
