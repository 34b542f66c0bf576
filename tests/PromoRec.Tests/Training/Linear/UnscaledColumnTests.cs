using PromoRec.Datasets.Features;
using PromoRec.Models.Linear;
using PromoRec.Numerics;
using PromoRec.Training.Linear;

namespace PromoRec.Tests.Training.Linear;

/// <summary>Columns as large as Unix times, milliseconds and ticks beside flags: the optimum is reached whatever the units.</summary>
/// <remarks>
/// The large column holds (32,768 + k) · 2ᵐ with k from 0 to 255, exact in single precision. Its penalty means nothing at that size, so that its twin, which
/// holds (k - 128) · 2¹³, has the same optimum to about eight digits.
/// </remarks>
public class UnscaledColumnTests
{
    private const int Rows = 3000;

    public static TheoryData<LinearLoss, int> Cases()
    {
        TheoryData<LinearLoss, int> cases = [];
        foreach (LinearLoss loss in Enum.GetValues<LinearLoss>())
        {
            // 1e9, 1e12, 1e17 and 1e-20 for each k.
            cases.Add(loss, 15);
            cases.Add(loss, 25);
            cases.Add(loss, 41);
            if (loss != LinearLoss.Hinge)
            {
                cases.Add(loss, -15);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_objective_is_that_of_the_same_data_centred_and_scaled(LinearLoss loss, int power)
    {
        foreach ((double cost, double l1) in new[] { (0.02, 0.0), (1, 0), (50, 0), (1, 2) })
        {
            LinearTrainingOptions options = new() { Loss = loss, Cost = cost, L1 = loss == LinearLoss.Hinge || power < 0 ? 0 : l1, Tolerance = loss == LinearLoss.Hinge ? 1e-6 : null };
            if (power < 0)
            {
                // So small a column weighs nothing under a penalty; without one it weighs what the large ones do.
                options.L2 = 0;
            }

            LinearModel raw = new LinearTrainer(options).Train(Examples(loss, k => Math.ScaleB(32_768 + k, power)));
            LinearModel twin = new LinearTrainer(options).Train(Examples(loss, k => (k - 128.0) * 8192));

            Assert.True(raw.Converged);
            Assert.True(twin.Converged);
            double expected = twin.Manifest.Metrics["objective"];
            Assert.Equal(expected, raw.Manifest.Metrics["objective"], (loss == LinearLoss.Hinge ? 2e-6 : 2e-8) * expected);
            for (int column = 1; column < 4; column++)
            {
                Assert.Equal(twin.Weights[column], raw.Weights[column], loss == LinearLoss.Hinge ? 2e-2 : 1e-4);
            }
        }
    }

    [Theory]
    [InlineData(LinearLoss.Logistic, 15, true)]
    [InlineData(LinearLoss.Logistic, 41, true)]
    [InlineData(LinearLoss.Logistic, 41, false)]
    [InlineData(LinearLoss.Squared, 15, true)]
    [InlineData(LinearLoss.Squared, 41, true)]
    [InlineData(LinearLoss.Squared, 41, false)]
    [InlineData(LinearLoss.SquaredHinge, 15, true)]
    [InlineData(LinearLoss.SquaredHinge, 41, true)]
    [InlineData(LinearLoss.SquaredHinge, 41, false)]
    public void The_sums_that_are_0_at_the_optimum_are_0(LinearLoss loss, int power, bool intercept)
    {
        ExampleSet examples = Examples(loss, k => Math.ScaleB(32_768 + k, power));

        LinearModel model = new LinearTrainer(new LinearTrainingOptions { Loss = loss, Intercept = intercept }).Train(examples);

        // Derivatives in the units of k and of the flags, by another path than the solver's.
        double[] scores = new double[Rows];
        model.Score(examples, scores);
        double[] sums = new double[5];
        double size = 0;
        for (int row = 0; row < Rows; row++)
        {
            double slope = Slope(loss, scores[row], examples.Labels[row]);
            size += Math.Abs(slope);
            sums[0] += slope;
            ReadOnlySpan<int> columns = examples.Features.ColumnsOf(row);
            for (int i = 0; i < columns.Length; i++)
            {
                double value = examples.Features.ValuesOf(row)[i];
                sums[1 + columns[i]] += slope * (columns[i] == 0 ? (Math.ScaleB(value, -power) - (intercept ? 32_768 + 128 : 0)) / (intercept ? 128 : 32_896) : value);
            }
        }

        Assert.True(model.Converged);
        Assert.InRange(Math.Abs(sums[1]), 0, 1e-6 * size);
        for (int column = 1; column < 4; column++)
        {
            Assert.Equal(0, sums[1 + column] + model.Weights[column], 1e-6 * size);
        }

        Assert.InRange(Math.Abs(sums[0]), 0, intercept ? 1e-6 * size : 0.1 * size);
    }

    [Fact]
    public void Labels_far_from_0_do_not_hide_what_the_features_say()
    {
        FeatureSchema schema = LinearData.Numbers(2);
        ExampleSetBuilder near = new(schema), far = new(schema);
        var random = new SeededRandom(2);
        for (int row = 0; row < 500; row++)
        {
            // Whole numbers, so that both labels are exact.
            float first = random.NextInt32(2), second = 1 + random.NextInt32(9);
            double label = (8 * first) - (2 * second) + random.NextInt32(5);
            near.Add([0, 1], [first, second], label);
            far.Add([0, 1], [first, second], label + 1e9);
        }

        LinearTrainer trainer = new(new LinearTrainingOptions { Loss = LinearLoss.Squared });
        LinearModel expected = trainer.Train(near.Build()), model = trainer.Train(far.Build());

        Assert.True(model.Converged);
        Assert.Equal(expected.Weights[0], model.Weights[0], 1e-5);
        Assert.Equal(expected.Weights[1], model.Weights[1], 1e-5);
        Assert.Equal(expected.Intercept + 1e9, model.Intercept, 1e-3);
        Assert.InRange(expected.Weights[0], 7, 8);
    }

    [Fact]
    public void Centers_and_scales_of_the_schema_give_the_same_coefficients_where_nothing_is_penalised()
    {
        LinearCoefficients? first = null;
        foreach ((double center, double scale) in new[] { (0.0, 1.0), (33_000, 64), (0, 1e-6), (1e6, 1e9) })
        {
            FeatureSchema schema = new FeatureSchemaBuilder().AddNumber("at", center, scale).AddNumber("flag").Build();
            ExampleSetBuilder builder = new(schema);
            FeatureValues values = new(schema);
            var random = new SeededRandom(3);
            for (int row = 0; row < 800; row++)
            {
                int k = random.NextInt32(256), flag = random.NextInt32(2);
                builder.Add(values.Set("at", 32_768 + k).Set("flag", flag), random.NextDouble() < (0.2 + (0.4 * flag) + (0.3 * k / 256)));
            }

            LinearModel model = new LinearTrainer(new LinearTrainingOptions { L2 = 0 }).Train(builder.Build());

            LinearCoefficients coefficients = model.GetCoefficients();
            first ??= coefficients;
            Assert.Equal(["at", "flag"], coefficients.Features.Select(one => one.Feature));
            Assert.Equal(first.Features[0].Weight, coefficients.Features[0].Weight, 1e-3 * Math.Abs(first.Features[0].Weight));
            Assert.Equal(first.Features[1].Weight, coefficients.Features[1].Weight, 1e-4);
            Assert.Equal(first.Intercept, coefficients.Intercept, 1e-3 * Math.Abs(first.Intercept));
            Assert.InRange(Math.Abs(first.Features[0].Weight), 1e-4, 0.1);
        }
    }

    private static double Slope(LinearLoss loss, double score, double label) => loss switch
    {
        LinearLoss.Squared => score - label,
        LinearLoss.Logistic => (1 / (1 + Math.Exp(-score))) - label,
        _ => -2 * ((2 * label) - 1) * Math.Max(0, 1 - (((2 * label) - 1) * score)),
    };

    private static ExampleSet Examples(LinearLoss loss, Func<int, double> large)
    {
        ExampleSetBuilder builder = new(LinearData.Numbers(4));
        var random = new SeededRandom(6);
        for (int row = 0; row < Rows; row++)
        {
            int k = random.NextInt32(256);
            bool flag = random.NextDouble() < 0.5, rare = random.NextDouble() < 0.03;
            float number = (float)random.NextGaussian();
            double score = (k / 100.0) - (2 * (flag ? 1 : 0)) + (1.5 * (rare ? 1 : 0)) + (0.5 * number) - 0.6;
            bool happened = random.NextDouble() < 1 / (1 + Math.Exp(-score));
            List<int> columns = [];
            List<float> values = [];
            Add(0, (float)large(k));
            Add(1, flag ? 1 : 0);
            Add(2, rare ? 1 : 0);
            Add(3, number);
            builder.Add([.. columns], [.. values], loss == LinearLoss.Squared ? score + random.NextGaussian() : happened ? 1 : 0);

            void Add(int column, float value)
            {
                if (value != 0)
                {
                    columns.Add(column);
                    values.Add(value);
                }
            }
        }

        return builder.Build();
    }
}
