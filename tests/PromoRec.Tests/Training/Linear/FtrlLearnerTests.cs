using PromoRec.Datasets.Features;
using PromoRec.Models.Linear;
using PromoRec.Training;
using PromoRec.Training.Linear;

namespace PromoRec.Tests.Training.Linear;

public class FtrlLearnerTests
{
    [Theory]
    [InlineData(LinearLoss.Logistic)]
    [InlineData(LinearLoss.Squared)]
    [InlineData(LinearLoss.Hinge)]
    [InlineData(LinearLoss.SquaredHinge)]
    public void Weights_are_those_of_the_formulas_of_the_paper(LinearLoss loss)
    {
        ExampleSet examples = LinearData.Random(200, 8, 0.5, seed: 2, regression: loss == LinearLoss.Squared, weighted: true);
        FtrlOptions options = new() { Loss = loss, Alpha = 0.2, Beta = 0.7, L1 = 0.4, L2 = 0.3 };
        if (loss != LinearLoss.Squared)
        {
            (options.PositiveWeight, options.NegativeWeight) = (2, 0.5);
        }

        FtrlLearner learner = new(examples.Schema, options);
        learner.Learn(examples);
        LinearModel model = learner.ToModel();

        double[] expected = Plain(examples, options);
        Assert.Equal(200, learner.Learned);
        Assert.Equal(expected[^1], model.Intercept, 1e-12);
        Assert.All(model.Weights.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-12));
        Assert.Contains(model.Weights, weight => weight != 0);
    }

    [Fact]
    public void A_larger_L1_leaves_fewer_weights()
    {
        ExampleSet examples = LinearData.Random(500, 40, 0.2, seed: 5);
        int[] counts = [.. new[] { 0.0, 3, 10, 1e6 }.Select(l1 =>
        {
            FtrlLearner learner = new(examples.Schema, new FtrlOptions { L1 = l1 });
            learner.Learn(examples);
            return learner.ToModel().NonZeroCount;
        })];

        Assert.Equal(counts.OrderDescending(), counts);
        Assert.Equal((40, 0), (counts[0], counts[^1]));
        Assert.InRange(counts[2], 1, 39);
    }

    [Fact]
    public void Values_and_sets_teach_the_same_and_the_score_before_is_told()
    {
        FeatureSchema schema = new FeatureSchemaBuilder { HashBits = 4 }.AddNumber("n").AddHashed("h").Build();
        ExampleSetBuilder builder = new(schema);
        FtrlLearner one = new(schema), other = new(schema);
        for (int i = 0; i < 50; i++)
        {
            FeatureValues values = new FeatureValues(schema).Set("n", i % 7).Set("h", $"a{i % 5}", $"b{i % 3}", $"c{i % 11}");
            LinearModel before = one.ToModel();
            Assert.Equal(before.Score(values), one.Learn(values, i % 2 == 0), 1e-12);
            builder.Add(values, i % 2 == 0);
        }

        other.Learn(builder.Build());

        Assert.Equal(one.ToModel().Weights, other.ToModel().Weights);
        Assert.Equal(one.ToModel().Manifest.Version, other.ToModel().Manifest.Version);
    }

    [Fact]
    public void One_class_only_gives_a_finite_answer()
    {
        FeatureSchema schema = LinearData.Numbers(1);
        FtrlLearner learner = new(schema);
        for (int i = 0; i < 10_000; i++)
        {
            learner.Learn(new FeatureValues(schema).Set("f1", 1), false);
        }

        Assert.InRange(learner.ToModel().Probability(new FeatureValues(schema).Set("f1", 1)), 1e-9, 0.05);
    }

    [Fact]
    public void A_wrong_example_teaches_nothing()
    {
        FeatureSchema schema = LinearData.Numbers(1);
        FeatureValues values = new FeatureValues(schema).Set("f1", 1);
        FtrlLearner learner = new(schema, new FtrlOptions { Loss = LinearLoss.SquaredHinge });
        learner.Learn(values, true);
        string before = learner.ToModel().Manifest.DataFingerprint;

        Assert.Throws<ArgumentException>(() => learner.Learn(values, double.NaN));
        Assert.Throws<ArgumentException>(() => learner.Learn(values, true, -1));
        Assert.Throws<ArgumentException>(() => learner.Learn(values, true, double.PositiveInfinity));
        Assert.Contains("label -1", Assert.Throws<TrainingException>(() => learner.Learn(values, -1.0)).Message, StringComparison.Ordinal);
        Assert.Throws<TrainingException>(() => learner.Learn(values, false, 1e300));
        Assert.Throws<PromoRecException>(() => learner.Learn(new FeatureValues(LinearData.Numbers(2)), true));
        learner.Learn(values, false, weight: 0);

        Assert.Equal(before, learner.ToModel().Manifest.DataFingerprint);
        Assert.Equal(1, learner.Learned);
        ArgumentException refused = Assert.Throws<ArgumentException>(() => new FtrlLearner(schema, new FtrlOptions { Alpha = 0, Beta = -1, L1 = double.NaN, L2 = -1, PositiveWeight = 0, NegativeWeight = 0 }));
        Assert.All(["Alpha", "Beta", "L1", "L2", "PositiveWeight", "NegativeWeight"], name => Assert.Contains($"{name} must be", refused.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void With_beta_zero_a_feature_that_never_pushed_stays_without_weight()
    {
        FeatureSchema schema = LinearData.Numbers(2);
        FtrlLearner learner = new(schema, new FtrlOptions { Beta = 0 });
        learner.Learn(new FeatureValues(schema).Set("f1", 1), true);

        LinearModel model = learner.ToModel();

        Assert.Equal(0, model.Weights[1]);
        Assert.Equal(0.1, model.Weights[0], 1e-12);
    }

    /// <summary>Algorithm 1 of McMahan et al. (2013), coordinate by coordinate, over dense arrays.</summary>
    private static double[] Plain(ExampleSet examples, FtrlOptions options)
    {
        int columns = examples.Schema.ColumnCount;
        double[] z = new double[columns + 1], n = new double[columns + 1], w = new double[columns + 1];
        for (int row = 0; row < examples.Count; row++)
        {
            double[] x = new double[columns + 1];
            for (int i = 0; i < examples.Features.ColumnsOf(row).Length; i++)
            {
                x[examples.Features.ColumnsOf(row)[i]] = examples.Features.ValuesOf(row)[i];
            }

            x[^1] = 1;
            Weights();
            double score = x.Zip(w).Sum(pair => pair.First * pair.Second);
            double label = examples.Labels[row];
            double y = (2 * label) - 1;
            double slope = options.Loss switch
            {
                LinearLoss.Logistic => (1 / (1 + Math.Exp(-score))) - label,
                LinearLoss.Squared => score - label,
                LinearLoss.Hinge => y * score < 1 ? -y : 0,
                _ => y * score < 1 ? -2 * y * (1 - (y * score)) : 0,
            };
            slope *= examples.Weights[row] * (label == 1 ? options.PositiveWeight : options.NegativeWeight);
            for (int i = 0; i <= columns; i++)
            {
                double g = slope * x[i];
                double sigma = (Math.Sqrt(n[i] + (g * g)) - Math.Sqrt(n[i])) / options.Alpha;
                z[i] += g - (sigma * w[i]);
                n[i] += g * g;
            }
        }

        Weights();
        return w;

        void Weights()
        {
            for (int i = 0; i <= columns; i++)
            {
                (double l1, double l2) = i == columns ? (0, 0) : (options.L1, options.L2);
                w[i] = Math.Abs(z[i]) <= l1 ? 0 : -(z[i] - (Math.Sign(z[i]) * l1)) / (((options.Beta + Math.Sqrt(n[i])) / options.Alpha) + l2);
            }
        }
    }
}
