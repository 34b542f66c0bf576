using PromoRec.Datasets;
using PromoRec.Models;
using PromoRec.Numerics;
using PromoRec.Training;
using PromoRec.Training.ImplicitAls;

namespace PromoRec.Tests.Training;

/// <summary>What training is started from, and the smallest, largest and wrong inputs.</summary>
public class ImplicitAlsInputTests
{
    [Fact]
    public void A_warm_start_begins_at_the_earlier_factors()
    {
        InteractionDataset dataset = AlsData.Dataset(AlsData.Random(30, 25, seed: 2));
        FactorModel earlier = new ImplicitAlsTrainer(new ImplicitAlsOptions { Factors = 8, Iterations = 5, Seed = 9 }).Train(dataset);
        FactorModel untouched = new ImplicitAlsTrainer(new ImplicitAlsOptions { Factors = 8, Iterations = 0 }).Train(dataset, earlier);

        Assert.Equal(earlier.UserFactors.Data.ToArray(), untouched.UserFactors.Data.ToArray());
        Assert.Equal(earlier.ItemFactors.Data.ToArray(), untouched.ItemFactors.Data.ToArray());
        TrainingException refused = Assert.Throws<TrainingException>(() => new ImplicitAlsTrainer(new ImplicitAlsOptions { Factors = 16 }).Train(dataset, earlier));
        Assert.Contains("8 factors, but 16", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_warm_start_finds_rows_by_id_and_draws_the_rest()
    {
        FactorModel earlier = new ImplicitAlsTrainer(new ImplicitAlsOptions { Factors = 8, Iterations = 5, Seed = 9 }).Train(AlsData.Dataset(AlsData.Random(20, 25, seed: 2)));
        InteractionDataset grown = AlsData.Dataset(AlsData.Random(30, 25, seed: 3));
        FactorModel fresh = new ImplicitAlsTrainer(new ImplicitAlsOptions { Factors = 8, Iterations = 0 }).Train(grown);
        FactorModel warm = new ImplicitAlsTrainer(new ImplicitAlsOptions { Factors = 8, Iterations = 0 }).Train(grown, earlier);

        for (int user = 0; user < 30; user++)
        {
            FactorModel expected = user < 20 ? earlier : fresh;
            Assert.Equal(expected.UserFactors.Row(user).ToArray(), warm.UserFactors.Row(user).ToArray());
        }
    }

    [Fact]
    public void A_row_without_observations_is_zero_with_either_solver()
    {
        foreach (AlsSolver solver in Enum.GetValues<AlsSolver>())
        {
            foreach (double unobservedWeight in new[] { 0, 0.1 })
            {
                ImplicitAlsOptions options = new() { Factors = 3, Iterations = 2, UnobservedWeight = unobservedWeight, Solver = solver };

                FactorModel model = new ImplicitAlsTrainer(options).Train(AlsData.Dataset(new double[,] { { 1, 0, 1 }, { 0, 0, 0 }, { 1, 0, 0 } }));

                Assert.All(model.UserFactors.Row(1).ToArray(), factor => Assert.Equal(0f, factor));
                Assert.All(model.ItemFactors.Row(1).ToArray(), factor => Assert.Equal(0f, factor));
                Assert.InRange(model.Score("u000000", "i000000")!.Value, 0.5f, 1.01f);
            }
        }
    }

    [Fact]
    public void More_numbers_than_one_matrix_holds_are_refused_with_the_remedy()
    {
        const int Count = 1 << 21;
        var ids = new IdIndex(default, new long[Count + 1], new int[2 * Count]);

        TrainingException refused = Assert.Throws<TrainingException>(() => StartValues.Create(ids, new ImplicitAlsOptions { Factors = 1024 }, side: 0, null, null));

        Assert.Contains("1024 factors", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Lower Factors", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Later_changes_of_the_options_do_not_reach_the_trainer()
    {
        ImplicitAlsOptions options = new() { Factors = 3, Iterations = 1 };
        var trainer = new ImplicitAlsTrainer(options);
        options.Factors = -1;
        options.Iterations = int.MaxValue;

        Assert.Equal(3, trainer.Train(AlsData.Dataset(AlsData.Random(5, 5, seed: 1))).Factors);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 30)]
    [InlineData(30, 1)]
    public void One_user_or_one_item_is_enough(int users, int items)
    {
        var values = new double[users, items];
        for (int u = 0; u < users; u++)
        {
            for (int i = 0; i < items; i++)
            {
                values[u, i] = 1;
            }
        }

        FactorModel model = new ImplicitAlsTrainer(new ImplicitAlsOptions { Factors = 3, Iterations = 10, UnobservedWeight = 0 }).Train(AlsData.Dataset(values));

        Assert.InRange(VectorMath.Dot(model.UserFactors.Row(0), model.ItemFactors.Row(0)), 0.8f, 1.01f);
    }

    [Fact]
    public void Values_beyond_single_precision_are_refused_with_the_remedy()
    {
        var values = new double[,] { { 1e38, 1e38 }, { 1e38, 1e38 } };
        foreach (AlsSolver solver in Enum.GetValues<AlsSolver>())
        {
            TrainingException failure = Assert.Throws<TrainingException>(() => new ImplicitAlsTrainer(new ImplicitAlsOptions { Alpha = 1000, Solver = solver }).Train(AlsData.Dataset(values)));
            Assert.Contains("Regularization", failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Cancelling_stops_inside_an_iteration()
    {
        using CancellationTokenSource cancelled = new();
        cancelled.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => new ImplicitAlsTrainer().Train(AlsData.Dataset(AlsData.Random(30, 30, 1)), cancellationToken: cancelled.Token));
    }

    [Fact]
    public void Every_option_out_of_range_is_named()
    {
        ImplicitAlsOptions options = new() { Factors = 0, Regularization = double.NaN, Alpha = -1, Threads = -1 };

        string message = Assert.Throws<ArgumentException>(() => new ImplicitAlsTrainer(options)).Message;

        foreach (string name in new[] { "Factors must be from 1 to 1,024, but is 0", "Regularization must be", "Alpha must be above 0 and finite, but is -1", "Threads" })
        {
            Assert.Contains(name, message, StringComparison.Ordinal);
        }
    }
}
