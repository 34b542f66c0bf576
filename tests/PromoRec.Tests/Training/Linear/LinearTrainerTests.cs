using PromoRec.Datasets.Features;
using PromoRec.Models.Linear;
using PromoRec.Numerics;
using PromoRec.Training;
using PromoRec.Training.Linear;

namespace PromoRec.Tests.Training.Linear;

/// <summary>What the batch solvers reach, against plain twins in double precision.</summary>
public class LinearTrainerTests
{
    public static TheoryData<LinearLoss, double, double, bool> SmoothCases()
    {
        TheoryData<LinearLoss, double, double, bool> cases = [];
        foreach (LinearLoss loss in new[] { LinearLoss.Logistic, LinearLoss.Squared, LinearLoss.SquaredHinge })
        {
            foreach ((double l1, double l2) in new[] { (0.0, 1.0), (0.0, 0.01), (2.0, 0.0), (1.0, 0.5), (1000.0, 0.0) })
            {
                cases.Add(loss, l1, l2, true);
                cases.Add(loss, l1, l2, false);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(SmoothCases))]
    public void The_optimum_is_that_of_a_slow_plain_solver(LinearLoss loss, double l1, double l2, bool intercept)
    {
        for (ulong seed = 1; seed <= 3; seed++)
        {
            ExampleSet examples = LinearData.Random(60, 6, 0.6, seed, regression: loss == LinearLoss.Squared, weighted: seed > 1);
            LinearTrainingOptions options = new() { Loss = loss, L1 = l1, L2 = l2, Intercept = intercept, Cost = 0.7, Tolerance = 1e-10 };
            if (loss != LinearLoss.Squared && seed == 3)
            {
                (options.PositiveWeight, options.NegativeWeight) = (3, 0.5);
            }

            LinearModel model = new LinearTrainer(options).Train(examples);

            PlainLinear plain = new(examples, options);
            double[] point = PlainLinear.PointOf(model, intercept);
            double[] expected = plain.SlowOptimum();
            Assert.Equal(1, model.Manifest.Metrics["converged"]);
            Assert.Equal(plain.Objective(point), model.Manifest.Metrics["objective"], 1e-10 * plain.Objective(point));
            Assert.InRange(plain.Objective(point), 0, plain.Objective(expected) * (1 + 1e-11));
            Assert.InRange(plain.Violation(point), 0, 1e-6);
            for (int j = 0; j < point.Length; j++)
            {
                Assert.Equal(expected[j], point[j], 1e-6);
            }
        }
    }

    [Theory]
    [InlineData(LinearLoss.Logistic)]
    [InlineData(LinearLoss.Squared)]
    [InlineData(LinearLoss.SquaredHinge)]
    public void L1_makes_weights_exactly_zero_and_the_rest_optimal(LinearLoss loss)
    {
        ExampleSet examples = LinearData.Random(200, 50, 0.3, seed: 4, regression: loss == LinearLoss.Squared);
        LinearTrainingOptions options = new() { Loss = loss, L1 = loss == LinearLoss.Logistic ? 8 : 25, L2 = 0, Tolerance = 1e-10 };

        LinearModel model = new LinearTrainer(options).Train(examples);

        Assert.InRange(model.NonZeroCount, 1, 40);
        Assert.InRange(new PlainLinear(examples, options).Violation(PlainLinear.PointOf(model, intercept: true)), 0, 1e-5);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(true, 20)]
    [InlineData(false, 1)]
    [InlineData(false, 20)]
    public void The_hinge_optimum_is_that_of_sequential_minimal_optimisation(bool intercept, double cost)
    {
        for (ulong seed = 1; seed <= 3; seed++)
        {
            ExampleSet examples = LinearData.Random(50, 5, 0.7, seed, weighted: seed == 2);
            LinearTrainingOptions options = new() { Loss = LinearLoss.Hinge, Cost = cost, L2 = 0.5, Intercept = intercept, Tolerance = 1e-8, MaxIterations = 200_000, PositiveWeight = seed };

            LinearModel model = new LinearTrainer(options).Train(examples);

            PlainLinear plain = new(examples, options);
            double optimum = plain.SlowHingeOptimum();
            double reached = plain.Objective(PlainLinear.PointOf(model, intercept));
            Assert.Equal(1, model.Manifest.Metrics["converged"]);
            Assert.Equal(reached, model.Manifest.Metrics["objective"], 1e-9 * reached);
            Assert.InRange(reached, optimum * (1 - 1e-7), optimum * (1 + 1e-6));
        }
    }

    [Fact]
    public void Gradient_and_hessian_product_are_the_differences_of_the_objective()
    {
        Check<LogisticLoss>(LinearLoss.Logistic);
        Check<SquaredLoss>(LinearLoss.Squared);
        Check<SquaredHingeLoss>(LinearLoss.SquaredHinge);

        static void Check<TLoss>(LinearLoss loss)
            where TLoss : struct, ILossFunction
        {
            ExampleSet examples = LinearData.Random(40, 7, 0.5, seed: 11, regression: loss == LinearLoss.Squared, weighted: true);
            LinearProblem problem = new(examples, new LinearTrainingOptions { Loss = loss, Cost = 1.3 }, CancellationToken.None);
            LossObjective<TLoss> objective = new(problem, l2: 0.4);
            var random = new SeededRandom(5);
            double[] point = Gaussian(ref random), direction = Gaussian(ref random);
            double[] gradient = new double[8], product = new double[8], diagonal = new double[8], ahead = new double[8], behind = new double[8];

            // The gradients on both sides first: the Hessian belongs to the last gradient asked for.
            const double H = 1e-5;
            double valueAhead = At(H, ahead), valueBehind = At(-H, behind);
            At(0, gradient);
            objective.HessianProduct(direction, product);
            objective.HessianDiagonal(diagonal);

            double slope = DoubleVectors.Dot(gradient, direction);
            Assert.Equal((valueAhead - valueBehind) / (2 * H), slope, 1e-6 * (1 + Math.Abs(slope)));
            for (int j = 0; j < 8; j++)
            {
                // The squared hinge has kinks in its gradient; between them it is linear.
                Assert.Equal((ahead[j] - behind[j]) / (2 * H), product[j], 1e-4 * (1 + Math.Abs(product[j])));
                double[] unit = new double[8];
                double[] column = new double[8];
                unit[j] = 1;
                objective.HessianProduct(unit, column);
                Assert.Equal(column[j], diagonal[j], 1e-12 * diagonal[j]);
            }

            double At(double length, double[] result)
            {
                double[] moved = [.. point.Zip(direction, (x, d) => x + (length * d))];
                double value = objective.Value(moved);
                objective.Gradient(moved, result);
                return value;
            }
        }

        static double[] Gaussian(ref SeededRandom random)
        {
            double[] result = new double[8];
            for (int i = 0; i < result.Length; i++)
            {
                result[i] = random.NextGaussian();
            }

            return result;
        }
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(true, 0.3)]
    [InlineData(false, 0.3)]
    public void Standard_coordinates_change_no_value_and_bend_alike(bool intercept, double pull)
    {
        ExampleSet examples = LinearData.Random(40, 5, 0.5, seed: 12, regression: true, weighted: true);
        LinearProblem problem = new(examples, new LinearTrainingOptions { Loss = LinearLoss.Squared, Intercept = intercept }, CancellationToken.None);
        LossObjective<SquaredLoss> raw = new(problem, l2: 0.4);
        StandardCoordinates coordinates = StandardCoordinates.For(problem, raw, new double[problem.Length]);
        double[] anchor = [.. Enumerable.Range(0, problem.Length).Select(i => 0.1 * i)];
        StandardizedObjective<SquaredLoss> objective = new(coordinates, raw, pull, anchor);
        double[] point = [.. Enumerable.Range(0, problem.Length).Select(i => Math.Sin(i + 1))];
        double[] standard = new double[point.Length], back = new double[point.Length];
        coordinates.FromRaw(point, standard);
        coordinates.ToRaw(standard, back);

        Assert.All(point.Zip(back), pair => Assert.Equal(pair.First, pair.Second, 1e-14));
        double distance = standard.Zip(anchor).Sum(pair => Math.Pow(pair.First - pair.Second, 2));
        Assert.Equal(raw.Value(point) + (0.5 * pull * distance), objective.Value(standard), 1e-12 * raw.Value(point));
        double[] gradient = new double[point.Length], diagonal = new double[point.Length];
        objective.Value(standard);
        objective.Gradient(standard, gradient);
        objective.HessianDiagonal(diagonal);
        Assert.All(diagonal, one => Assert.Equal(1 + pull, one, 1e-12));
        for (int j = 0; j < point.Length; j++)
        {
            // The squared loss has no third derivative, so that the difference is exact but for rounding.
            double[] ahead = [.. standard], behind = [.. standard], unit = new double[point.Length], product = new double[point.Length];
            ahead[j] += 0.5;
            behind[j] -= 0.5;
            unit[j] = 1;
            objective.HessianProduct(unit, product);
            Assert.Equal(objective.Value(ahead) - objective.Value(behind), gradient[j], 1e-10);
            Assert.Equal(diagonal[j], product[j], 1e-12);

            // Centred columns and the intercept do not depend on each other.
            Assert.Equal(0, intercept && j < 5 ? product[^1] : 0, 1e-12);
        }
    }

    [Fact]
    public void The_huber_hinge_is_a_hinge_with_a_parabola_for_a_kink()
    {
        foreach (double sign in new[] { 1.0, -1 })
        {
            // Beyond the target, at it, in the parabola, at its end and on the line.
            foreach ((double score, double value, double slope, double curvature) in new[] { (4.0, 0.0, 0.0, 0.0), (3, 0, 0, 0), (2.5, 0.125, 0.5, 1), (2, 0.5, 1, 0), (-1, 3.5, 1, 0) })
            {
                Assert.Equal((value, -sign * slope, curvature), (HuberHingeLoss.Value(sign * score, sign * 3), HuberHingeLoss.Slope(sign * score, sign * 3), HuberHingeLoss.Curvature(sign * score, sign * 3)));
            }
        }
    }

    [Theory]
    [InlineData(LinearLoss.Logistic, 0)]
    [InlineData(LinearLoss.Logistic, 3)]
    [InlineData(LinearLoss.Squared, 0)]
    [InlineData(LinearLoss.SquaredHinge, 3)]
    [InlineData(LinearLoss.Hinge, 0)]
    public void Any_number_of_threads_gives_the_same_bits(LinearLoss loss, double l1)
    {
        ExampleSet examples = LinearData.Random(9_000, 60, 0.15, seed: 8);
        Assert.InRange(examples.Features.Count, 60_000, int.MaxValue);
        LinearModel one = Train(1), other = Train(3);

        Assert.Equal(one.Weights.Select(BitConverter.DoubleToInt64Bits), other.Weights.Select(BitConverter.DoubleToInt64Bits));
        Assert.Equal(BitConverter.DoubleToInt64Bits(one.Intercept), BitConverter.DoubleToInt64Bits(other.Intercept));
        Assert.Equal(one.Manifest.Version, other.Manifest.Version);

        // Beyond the passes over the dual, the hinge loss has Newton steps too.
        Assert.True(loss != LinearLoss.Hinge || one.Manifest.Metrics["iterations"] > 50);

        LinearModel Train(int threads) => new LinearTrainer(new LinearTrainingOptions { Loss = loss, L1 = l1, Threads = threads, MaxIterations = loss == LinearLoss.Hinge ? 80 : 30, Tolerance = 1e-9 }).Train(examples);
    }

    [Fact]
    public void An_example_of_weight_two_is_the_example_twice_and_of_weight_zero_none()
    {
        double[,] features = { { 1, 0 }, { 0, 1 }, { 1, 1 }, { 2, 0.5 } };
        double[,] repeated = { { 1, 0 }, { 1, 0 }, { 0, 1 }, { 1, 1 } };
        foreach (LinearLoss loss in Enum.GetValues<LinearLoss>())
        {
            LinearTrainer trainer = new(new LinearTrainingOptions { Loss = loss, Tolerance = 1e-9, MaxIterations = 100_000 });
            LinearModel weighted = trainer.Train(LinearData.Dense(features, [1, 0, 0, 1], [2, 1, 1, 0]));
            LinearModel plain = trainer.Train(LinearData.Dense(repeated, [1, 1, 0, 0]));

            Assert.Equal(plain.Weights[0], weighted.Weights[0], 1e-4);
            Assert.Equal(plain.Weights[1], weighted.Weights[1], 1e-4);
            Assert.Equal(plain.Manifest.Metrics["objective"], weighted.Manifest.Metrics["objective"], 1e-6);
        }
    }

    [Fact]
    public void Progress_tells_an_objective_that_never_rises_and_cancelling_stops()
    {
        ExampleSet examples = LinearData.Random(300, 10, 0.5, seed: 3);
        foreach (double l1 in new[] { 0.0, 1 })
        {
            List<TrainingProgress> told = [];
            new LinearTrainer(new LinearTrainingOptions { L1 = l1 }).Train(examples, new Sink(told));

            Assert.InRange(told.Count, 2, 100);
            Assert.Equal(Enumerable.Range(1, told.Count), told.Select(one => one.Iteration));
            Assert.All(told.Zip(told.Skip(1)), pair => Assert.True(pair.Second.Loss <= pair.First.Loss));
        }

        using CancellationTokenSource cancelled = new();
        cancelled.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => new LinearTrainer().Train(examples, cancellationToken: cancelled.Token));
    }

    private sealed class Sink(List<TrainingProgress> told) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => told.Add(value);
    }
}
