using PromoRec.Datasets.Features;
using PromoRec.Models.Linear;
using PromoRec.Training;
using PromoRec.Training.Linear;

namespace PromoRec.Tests.Training.Linear;

/// <summary>Data that a linear model cannot learn from, or hardly.</summary>
public class LinearInputTests
{
    private static readonly double[,] Line = { { -2 }, { -1 }, { 1 }, { 2 } };

    [Fact]
    public void Separable_data_has_a_finite_answer_with_a_penalty_and_a_clear_error_without()
    {
        ExampleSet separable = LinearData.Dense(Line, [0, 0, 1, 1]);
        foreach (LinearLoss loss in Enum.GetValues<LinearLoss>())
        {
            LinearModel model = new LinearTrainer(new LinearTrainingOptions { Loss = loss, L2 = 1e-3 }).Train(separable);
            Assert.InRange(model.Weights[0], 0.1, 100);
        }

        LinearModel lasso = new LinearTrainer(new LinearTrainingOptions { L1 = 1e-3, L2 = 0 }).Train(separable);
        Assert.InRange(lasso.Weights[0], 1, 100);

        TrainingException refused = Assert.Throws<TrainingException>(() => new LinearTrainer(new LinearTrainingOptions { L2 = 0 }).Train(separable));
        Assert.Contains("Set L2", refused.Message, StringComparison.Ordinal);

        // The squared hinge reaches 0 there, and stays.
        LinearModel margin = new LinearTrainer(new LinearTrainingOptions { Loss = LinearLoss.SquaredHinge, L2 = 0 }).Train(separable);
        Assert.InRange(margin.Manifest.Metrics["objective"], 0, 1e-9);
    }

    [Fact]
    public void Data_separable_but_for_a_tie_gives_finite_weights_without_a_penalty()
    {
        // The feature stands in true examples only, and half of the others are true as well.
        double[,] features = { { 1 }, { 1 }, { 0 }, { 0 } };

        LinearModel model = new LinearTrainer(new LinearTrainingOptions { L2 = 0 }).Train(LinearData.Dense(features, [1, 1, 0, 1]));

        Assert.InRange(model.Weights[0], 5, 100);
        Assert.Equal(0, model.Intercept, 1e-3);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Labels_of_one_class_only_are_refused_by_classifiers_and_learnt_by_regression(double label)
    {
        ExampleSet examples = LinearData.Dense(Line, [label, label, label, label]);
        foreach (LinearLoss loss in new[] { LinearLoss.Logistic, LinearLoss.Hinge, LinearLoss.SquaredHinge })
        {
            TrainingException refused = Assert.Throws<TrainingException>(() => new LinearTrainer(new LinearTrainingOptions { Loss = loss }).Train(examples));
            Assert.Contains(label == 1 ? "label true" : "label false", refused.Message, StringComparison.Ordinal);
        }

        LinearModel model = new LinearTrainer(new LinearTrainingOptions { Loss = LinearLoss.Squared }).Train(examples);
        Assert.Equal(label, model.Intercept, 1e-9);
        Assert.Equal(0, model.Weights[0], 1e-9);

        // The other class with weight 0 is absent.
        Assert.Throws<TrainingException>(() => new LinearTrainer().Train(LinearData.Dense(Line, [label, label, label, 1 - label], [1, 1, 1, 0])));
    }

    [Fact]
    public void Labels_other_than_the_two_are_refused_with_their_place()
    {
        ExampleSet examples = LinearData.Dense(Line, [0, 1, -1, 1]);

        TrainingException refused = Assert.Throws<TrainingException>(() => new LinearTrainer().Train(examples));

        Assert.Contains("Example 2 has the label -1", refused.Message, StringComparison.Ordinal);
        Assert.Contains("-1 to 0", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_examples_are_refused()
    {
        Assert.Throws<TrainingException>(() => new LinearTrainer().Train(new ExampleSetBuilder(LinearData.Numbers(2)).Build()));
        Assert.Throws<TrainingException>(() => new LinearTrainer(new LinearTrainingOptions { Loss = LinearLoss.Squared }).Train(LinearData.Dense(Line, [0, 1, 0, 1], [0, 0, 0, 0])));
    }

    [Fact]
    public void Constant_and_empty_columns_get_no_weight_beside_an_intercept()
    {
        double[,] features = { { -2, 5, 0 }, { -1, 5, 0 }, { 1, 5, 0 }, { 2, 5, 0 }, { 3, 5, 0 }, { 7, 6, 1 } };
        double[,] narrow = { { -2 }, { -1 }, { 1 }, { 2 }, { 3 } };
        foreach (LinearLoss loss in Enum.GetValues<LinearLoss>())
        {
            foreach ((double l1, double l2) in loss == LinearLoss.Hinge ? new[] { (0.0, 1.0) } : [(0.0, 1.0), (0.1, 1.0), (0.1, 0.0), (0.0, 0.0)])
            {
                // The last example counts nothing, so that what differs in it does not differ.
                LinearTrainer trainer = new(new LinearTrainingOptions { Loss = loss, L1 = l1, L2 = l2 });
                LinearModel model = trainer.Train(LinearData.Dense(features, [0, 1, 0, 1, 1, 1], [1, 1, 1, 1, 1, 0]));
                LinearModel without = trainer.Train(LinearData.Dense(narrow, [0, 1, 0, 1, 1]));

                Assert.True(model.Converged);
                Assert.Equal((without.Weights[0], 0.0, 0.0), (model.Weights[0], model.Weights[1], model.Weights[2]));
                Assert.Equal((without.Intercept, 1), (model.Intercept, model.NonZeroCount));
                Assert.Equal("f1", Assert.Single(model.Explain(new FeatureValues(model.Schema).Set("f1", 1).Set("f2", 5).Set("f3", 5)).Contributions).Feature);
                Assert.True(Math.Abs(model.Weights[0]) > 0.01);
            }
        }
    }

    [Fact]
    public void A_constant_column_without_an_intercept_is_one_that_is_penalised()
    {
        double[,] features = { { -2, 5 }, { -1, 5 }, { 1, 5 }, { 2, 5 }, { 3, 5 } };
        foreach (LinearLoss loss in Enum.GetValues<LinearLoss>())
        {
            LinearTrainingOptions options = new() { Loss = loss, Intercept = false, Tolerance = 1e-8, L2 = 0.5 };
            ExampleSet examples = LinearData.Dense(features, [0, 1, 0, 1, 1]);

            LinearModel model = new LinearTrainer(options).Train(examples);

            PlainLinear plain = new(examples, options);
            double least = loss == LinearLoss.Hinge ? plain.SlowHingeOptimum() : plain.Objective(plain.SlowOptimum());
            Assert.Equal((0.0, 2), (model.Intercept, model.NonZeroCount));
            Assert.Equal(least, model.Manifest.Metrics["objective"], 1e-6 * least);
        }
    }

    [Fact]
    public void A_hinge_over_whole_numbers_is_solved_with_the_defaults()
    {
        // The margin lies between 24 and 25: w = 1 and b = -24.5 lose ½ + ½ + ½. With w = 2 there is no loss, but the penalty is 2.
        double[,] features = new double[50, 1];
        double[] labels = new double[50];
        for (int row = 0; row < labels.Length; row++)
        {
            (features[row, 0], labels[row]) = (row, row >= 25 ? 1 : 0);
        }

        LinearModel model = new LinearTrainer(new LinearTrainingOptions { Loss = LinearLoss.Hinge }).Train(LinearData.Dense(features, labels));
        LinearModel exact = new LinearTrainer(new LinearTrainingOptions { Loss = LinearLoss.Hinge, Tolerance = 1e-9 }).Train(LinearData.Dense(features, labels));

        Assert.True(model.Converged);
        Assert.InRange(model.Manifest.Metrics["objective"], 1.5 * (1 - 1e-12), 1.5 * (1 + 1e-3));
        Assert.InRange(model.Manifest.Metrics["iterations"], 1, 150);
        Assert.True(exact.Converged);
        Assert.Equal(1.5, exact.Manifest.Metrics["objective"], 2e-9);
        Assert.Equal(1, exact.Weights[0], 1e-4);
        Assert.Equal(-24.5, exact.Intercept, 3e-3);
    }

    [Fact]
    public void Examples_without_any_feature_give_the_share_of_true_ones()
    {
        double[,] nothing = { { 0 }, { 0 }, { 0 }, { 0 } };
        foreach (double l1 in new[] { 0.0, 1 })
        {
            LinearModel model = new LinearTrainer(new LinearTrainingOptions { L1 = l1 }).Train(LinearData.Dense(nothing, [0, 0, 1, 0]));
            Assert.Equal(0.25, model.Probability(new FeatureValues(model.Schema)), 1e-6);
        }

        LinearModel hinge = new LinearTrainer(new LinearTrainingOptions { Loss = LinearLoss.Hinge }).Train(LinearData.Dense(nothing, [0, 0, 1, 0]));
        Assert.Equal(-1, hinge.Intercept, 1e-3);
        LinearModel bare = new LinearTrainer(new LinearTrainingOptions { Loss = LinearLoss.Hinge, Intercept = false }).Train(LinearData.Dense(nothing, [0, 0, 1, 0]));
        Assert.Equal((0.0, 4.0), (bare.Score(new FeatureValues(bare.Schema)), bare.Manifest.Metrics["objective"]));
    }

    [Fact]
    public void Numbers_beyond_what_a_model_holds_end_in_an_error_or_in_finite_scores()
    {
        double[,] huge = { { 3e38, 1 }, { -3e38, 2 }, { 1e38, -1 }, { 1e-38, 1 } };
        foreach (LinearLoss loss in Enum.GetValues<LinearLoss>())
        {
            foreach (double cost in new[] { 1.0, 1e300 })
            {
                LinearModel? model = null;
                try
                {
                    model = new LinearTrainer(new LinearTrainingOptions { Loss = loss, Cost = cost, MaxIterations = 200 }).Train(LinearData.Dense(huge, [0, 1, 0, 1]));
                }
                catch (TrainingException)
                {
                }

                Assert.True(model is null || (double.IsFinite(model.Intercept) && Array.TrueForAll(model.Weights, double.IsFinite)));
                Assert.True(model is null || double.IsFinite(model.Score(new FeatureValues(model.Schema).Set("f1", 3e38))));
            }
        }
    }

    [Fact]
    public void Options_out_of_range_are_all_named_at_once()
    {
        LinearTrainingOptions options = new()
        {
            Cost = 0,
            L1 = double.NaN,
            L2 = -1,
            PositiveWeight = 0,
            NegativeWeight = double.PositiveInfinity,
            Tolerance = 1,
            MaxIterations = 0,
            Threads = -1,
        };

        ArgumentException refused = Assert.Throws<ArgumentException>(() => new LinearTrainer(options));

        Assert.All(["Cost", "L1", "L2", "PositiveWeight", "NegativeWeight", "Tolerance", "MaxIterations", "Threads"], name => Assert.Contains($"{name} must be", refused.Message, StringComparison.Ordinal));
        Assert.Contains("L1", Assert.Throws<ArgumentException>(() => new LinearTrainer(new LinearTrainingOptions { Loss = LinearLoss.Hinge, L1 = 1 })).Message, StringComparison.Ordinal);
        Assert.Contains("L2", Assert.Throws<ArgumentException>(() => new LinearTrainer(new LinearTrainingOptions { Loss = LinearLoss.Hinge, L2 = 0 })).Message, StringComparison.Ordinal);
        Assert.Contains("PositiveWeight", Assert.Throws<ArgumentException>(() => new LinearTrainer(new LinearTrainingOptions { Loss = LinearLoss.Squared, NegativeWeight = 2 })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_training_that_is_cut_short_says_so()
    {
        ExampleSet examples = LinearData.Random(100, 5, 0.5, seed: 1);
        foreach (LinearLoss loss in Enum.GetValues<LinearLoss>())
        {
            foreach (int most in loss == LinearLoss.Hinge ? new[] { 1, 51 } : loss == LinearLoss.Squared ? [] : [1])
            {
                LinearModel model = new LinearTrainer(new LinearTrainingOptions { Loss = loss, MaxIterations = most, Tolerance = 1e-10 }).Train(examples);

                Assert.False(model.Converged);
                Assert.Equal((0, most), (model.Manifest.Metrics["converged"], model.Manifest.Metrics["iterations"]));
            }
        }

        Assert.True(new LinearTrainer().Train(examples).Converged);
        Assert.Null(new FtrlLearner(examples.Schema).ToModel().Converged);
    }
}
