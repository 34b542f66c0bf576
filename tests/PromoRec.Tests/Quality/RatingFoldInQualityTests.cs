using PromoRec.Datasets;
using PromoRec.Evaluation;
using PromoRec.Models.Ratings;
using PromoRec.Numerics;
using PromoRec.Training.Ratings;

namespace PromoRec.Tests.Quality;

/// <summary>Customers of MovieLens-100K whom a model never saw are predicted nearly as well from half of their ratings as if it had been trained on these.</summary>
public sealed class RatingFoldInQualityTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("baseline")]
    [InlineData("k-NN baseline, customers")]
    [InlineData("k-NN baseline, items")]
    [InlineData("Slope One")]
    [InlineData("SVD")]
    [InlineData("SVD++")]
    public void A_folded_customer_is_predicted_nearly_as_well_as_one_of_the_training(string algorithm)
    {
        NewCustomers data = NewCustomers.Read();
        RatingModel without = Train(algorithm, RatingSplit.Dataset(data.Others));
        RatingModel with = Train(algorithm, RatingSplit.Dataset(data.Others.Concat(data.Given.SelectMany(each => each.Value.Select(one => (each.Key, one.Item, one.Rating))))));

        double folded = data.Error(user => without.FoldIn(Evidence(data.Given[user])).Predict);
        double trained = data.Error(user => item => with.Predict(user, item));
        double unknown = data.Error(user => item => without.Predict(user, item));

        output.WriteLine($"{algorithm}: RMSE folded in {folded:0.0000}, trained {trained:0.0000}, unknown {unknown:0.0000}");
        Assert.InRange(folded, 0, trained + 0.01);
        Assert.InRange(folded, 0, unknown - 0.02);
        if (without is SvdModel svd)
        {
            double exact = data.Error(user => Exact(svd, data.Given[user]));
            output.WriteLine($"{algorithm}: RMSE of the exact minimum {exact:0.0000}");
            Assert.True(folded < exact);
        }
    }

    private static RatingModel Train(string algorithm, InteractionDataset dataset) => algorithm switch
    {
        "baseline" => new BaselineTrainer().Train(dataset),
        "k-NN baseline, customers" => new RatingKnnTrainer(new RatingKnnOptions { Centering = RatingCentering.Baseline }).Train(dataset),
        "k-NN baseline, items" => new RatingKnnTrainer(new RatingKnnOptions { ItemBased = true, Centering = RatingCentering.Baseline, Similarity = RatingSimilarity.PearsonBaseline }).Train(dataset),
        "Slope One" => new SlopeOneTrainer().Train(dataset),
        "SVD" => new SvdTrainer().Train(dataset),
        _ => new SvdPlusPlusTrainer().Train(dataset),
    };

    private static ItemEvidence[] Evidence(List<(ItemId Item, double Rating)> given) => [.. given.Select(one => new ItemEvidence(one.Item, (float)one.Rating))];

    /// <summary>The minimum of Σ (r − μ − b − bᵢ − p·qᵢ)² + nλ (b² + |p|²), the objective whose gradient the training follows.</summary>
    private static Func<ItemId, double> Exact(SvdModel model, List<(ItemId Item, double Rating)> given)
    {
        (int Row, double Rating)[] known = [.. given.Select(one => (model.ItemRow(one.Item), one.Rating)).Where(one => one.Item1 >= 0)];
        int n = model.Factors + 1;
        double[,] system = new double[n, n + 1];
        double Coefficient(int row, int f) => f == 0 ? 1 : model.BiasedFactors.Items.Row(row)[f - 1];
        for (int i = 0; i < n; i++)
        {
            system[i, i] = model.Steps.Regularization * known.Length;
            foreach ((int row, double rating) in known)
            {
                double one = Coefficient(row, i);
                system[i, n] += one * (rating - model.BiasedFactors.Biases.Of(0.0, row));
                for (int j = 0; j < n; j++)
                {
                    system[i, j] += one * Coefficient(row, j);
                }
            }
        }

        // Positive definite, so elimination needs no pivoting.
        for (int i = 0; i < n; i++)
        {
            for (int row = 0; row < n; row++)
            {
                double factor = row == i ? 0 : system[row, i] / system[i, i];
                for (int j = i; factor != 0 && j <= n; j++)
                {
                    system[row, j] -= factor * system[i, j];
                }
            }
        }

        return item => model.ItemRow(item) is >= 0 and int row
            ? model.Scale.Keep(model.BiasedFactors.Biases.Of(0.0, row) + Enumerable.Range(0, n).Sum(f => Coefficient(row, f) * system[f, n] / system[f, f]))
            : model.MeanRating;
    }

    /// <summary>Every fifth customer, a random half of whose ratings is given and the other half predicted.</summary>
    private sealed record NewCustomers(
        List<(UserId User, ItemId Item, double Rating)> Others, Dictionary<UserId, List<(ItemId Item, double Rating)>> Given, List<(UserId User, ItemId Item, double Rating)> Asked)
    {
        public static NewCustomers Read()
        {
            NewCustomers data = new([], [], []);
            var random = new SeededRandom(1);
            foreach ((UserId user, ItemId item, double rating) in RatingSplit.Rows("ratings"))
            {
                if (int.Parse(user.ToString(), System.Globalization.CultureInfo.InvariantCulture) % 5 != 0)
                {
                    data.Others.Add((user, item, rating));
                }
                else if (random.NextInt32(2) == 0)
                {
                    data.Asked.Add((user, item, rating));
                }
                else if (data.Given.TryGetValue(user, out var given))
                {
                    given.Add((item, rating));
                }
                else
                {
                    data.Given.Add(user, [(item, rating)]);
                }
            }

            data.Asked.RemoveAll(asked => !data.Given.ContainsKey(asked.User));
            return data;
        }

        public double Error(Func<UserId, Func<ItemId, double>> predictions)
        {
            Dictionary<UserId, Func<ItemId, double>> byUser = Given.Keys.ToDictionary(user => user, predictions);
            return PredictionMetrics.RootMeanSquaredError([.. Asked.Select(asked => byUser[asked.User](asked.Item))], [.. Asked.Select(asked => asked.Rating)]);
        }
    }
}
