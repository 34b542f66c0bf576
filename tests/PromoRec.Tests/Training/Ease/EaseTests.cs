using PromoRec.Models.Knn;
using PromoRec.Training;
using PromoRec.Training.Ease;

namespace PromoRec.Tests.Training.Ease;

public sealed class EaseTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_weights_are_the_minimum_of_the_objective(bool binary)
    {
        double[,] values = AlsData.Random(60, 24, seed: 11);
        ItemItemModel model = new EaseTrainer(new EaseOptions { Regularization = 3, Binary = binary }).Train(AlsData.Dataset(values));
        double[,] x = binary ? Map(values, value => value > 0 ? 1 : 0) : values;
        double[,] b = new double[24, 24];
        for (int source = 0; source < 24; source++)
        {
            ReadOnlySpan<int> columns = model.Weights.ColumnsOf(source);
            for (int at = 0; at < columns.Length; at++)
            {
                b[source, columns[at]] = model.Weights.ValuesOf(source)[at];
            }
        }

        for (int i = 0; i < 24; i++)
        {
            Assert.Equal(0, b[i, i]);
            for (int j = 0; j < 24; j++)
            {
                // The derivative of |X − XB|² + λ|B|² with respect to Bᵢⱼ, but on the diagonal, which is fixed.
                double slope = 3 * b[i, j];
                for (int user = 0; user < 60; user++)
                {
                    double residual = x[user, j] - Enumerable.Range(0, 24).Sum(k => x[user, k] * b[k, j]);
                    slope -= x[user, i] * residual;
                }

                Assert.True(i == j || Math.Abs(slope) < 1e-3, $"The slope at {i}, {j} is {slope}.");
            }
        }
    }

    [Fact]
    public void Of_the_weights_towards_an_item_the_largest_in_size_are_kept()
    {
        double[,] values = AlsData.Random(60, 24, seed: 12);
        ItemItemModel all = new EaseTrainer(new EaseOptions { Regularization = 3 }).Train(AlsData.Dataset(values));
        ItemItemModel few = new EaseTrainer(new EaseOptions { Regularization = 3, MaxWeights = 5 }).Train(AlsData.Dataset(values));

        var byTarget = all.Weights.Transpose();
        var kept = few.Weights.Transpose();
        for (int item = 0; item < 24; item++)
        {
            int row = item;
            (int, float)[] expected = [.. Enumerable.Range(0, byTarget.RowLength(row))
                .Select(at => (byTarget.ColumnsOf(row)[at], byTarget.ValuesOf(row)[at]))
                .OrderByDescending(each => MathF.Abs(each.Item2)).ThenBy(each => each.Item1).Take(5).OrderBy(each => each.Item1)];
            Assert.Equal(expected, Enumerable.Range(0, kept.RowLength(row)).Select(at => (kept.ColumnsOf(row)[at], kept.ValuesOf(row)[at])));
        }
    }

    [Fact]
    public void Any_number_of_threads_gives_the_same_model_and_it_tells_how_far_it_is()
    {
        List<TrainingProgress> told = [];
        ItemItemModel[] models = [.. new[] { 1, 2, 5 }.Select(threads => new EaseTrainer(new EaseOptions { Threads = threads }).Train(AlsData.Dataset(AlsData.Random(90, 300, seed: 13)), new Told(told)))];

        Assert.All(models, model => Assert.Equal(models[0].Weights.AllValues.ToArray(), model.Weights.AllValues.ToArray()));
        Assert.Equal("ease", models[0].Manifest.Algorithm);
        Assert.Equal(10, told[^1].Iteration);
    }

    [Fact]
    public void Faulty_options_and_values_that_are_too_large_are_named()
    {
        string message = Assert.Throws<ArgumentException>(() => new EaseTrainer(new EaseOptions { Regularization = 0, MaxWeights = 0, Threads = -1 })).Message;
        Assert.All((string[])["Regularization must be", "MaxWeights must be", "Threads must be"], expected => Assert.Contains(expected, message, StringComparison.Ordinal));

        double[,] huge = { { 1e30, 1e30 }, { 1e30, 0 } };
        TrainingException fault = Assert.Throws<TrainingException>(() => new EaseTrainer(new EaseOptions { Binary = false }).Train(AlsData.Dataset(huge)));
        Assert.Contains("Products of the items may come to 2E+60", fault.Message, StringComparison.Ordinal);
        Assert.Contains("DatasetOptions.MaxValue", fault.Message, StringComparison.Ordinal);
    }

    private static double[,] Map(double[,] values, Func<double, double> map)
    {
        double[,] mapped = (double[,])values.Clone();
        for (int row = 0; row < values.GetLength(0); row++)
        {
            for (int column = 0; column < values.GetLength(1); column++)
            {
                mapped[row, column] = map(values[row, column]);
            }
        }

        return mapped;
    }

    private sealed class Told(List<TrainingProgress> told) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => told.Add(value);
    }
}
