using PromoRec.Evaluation;
using PromoRec.Models.Linear;
using PromoRec.Numerics;
using PromoRec.Training.Linear;

namespace PromoRec.Tests.Training.Linear;

public class CalibrationTests
{
    [Fact]
    public void Pooling_gives_the_least_of_the_greatest_means()
    {
        for (ulong seed = 1; seed <= 200; seed++)
        {
            var random = new SeededRandom(seed);
            int count = 1 + random.NextInt32(12);
            double[] values = new double[count], weights = new double[count];
            for (int i = 0; i < count; i++)
            {
                // Whole numbers make ties.
                values[i] = random.NextInt32(5);
                weights[i] = 0.5 + random.NextInt32(3);
            }

            double[] fitted = [.. values];
            PoolAdjacentViolators.Fit(fitted, weights);

            // The max-min formula of isotonic regression (Barlow et al. 1972): the largest over starts of the smallest over ends of the means.
            for (int i = 0; i < count; i++)
            {
                double expected = Enumerable.Range(0, i + 1).Max(start => Enumerable.Range(i, count - i).Min(end => Mean(values, weights, start, end)));
                Assert.Equal(expected, fitted[i], 1e-12);
            }
        }

        static double Mean(double[] values, double[] weights, int start, int end)
        {
            double sum = 0, mass = 0;
            for (int i = start; i <= end; i++)
            {
                sum += weights[i] * values[i];
                mass += weights[i];
            }

            return sum / mass;
        }
    }

    [Fact]
    public void Isotonic_regression_is_the_best_of_all_step_functions()
    {
        for (ulong seed = 1; seed <= 60; seed++)
        {
            (double[] scores, bool[] labels, double[] weights) = Draw(seed, count: 9, distinct: 6);
            IsotonicCalibrator calibrator = IsotonicRegression.Fit(scores, labels, weights);

            // The optimum takes its values from means of runs of scores: all combinations of shares with these denominators are tried.
            double[] distinct = [.. scores.Distinct().Order()];
            List<double> means = [];
            for (int start = 0; start < distinct.Length; start++)
            {
                for (int end = start; end < distinct.Length; end++)
                {
                    means.Add(Mean(distinct[start], distinct[end]));
                }
            }

            double best = Best(distinct, [.. means.Distinct().Order()], 0, 0);
            Assert.Equal(best, Error(score => calibrator.Calibrate(score)), 1e-9);
            Assert.Equal(calibrator.Probabilities.Order(), calibrator.Probabilities);

            double Mean(double low, double high)
            {
                int[] inside = [.. Enumerable.Range(0, scores.Length).Where(i => scores[i] >= low && scores[i] <= high)];
                return inside.Sum(i => labels[i] ? weights[i] : 0) / inside.Sum(i => weights[i]);
            }

            double Error(Func<double, double> predict) => Enumerable.Range(0, scores.Length).Sum(i => weights[i] * Math.Pow(predict(scores[i]) - (labels[i] ? 1 : 0), 2));

            // Dynamic programming over scores and values that never descend.
            double Best(double[] points, double[] levels, int point, int level) =>
                point == points.Length ? 0
                : Enumerable.Range(level, levels.Length - level).Min(at => At(points[point], levels[at]) + Best(points, levels, point + 1, at));

            double At(double score, double level) => Enumerable.Range(0, scores.Length).Where(i => scores[i] == score).Sum(i => weights[i] * Math.Pow(level - (labels[i] ? 1 : 0), 2));
        }
    }

    [Fact]
    public void An_isotonic_calibrator_runs_straight_between_its_points_and_stays_outside()
    {
        IsotonicCalibrator calibrator = new([-1, 0, 2, double.MaxValue], [0.1, 0.1, 0.5, 1]);

        Assert.Equal([0.1, 0.1, 0.1, 0.1, 0.5, 1, 1], new[] { double.NegativeInfinity, -1, -0.5, 0, 2, double.MaxValue, double.PositiveInfinity }.Select(calibrator.Calibrate));
        Assert.Equal(0.3, calibrator.Calibrate(1), 1e-15);
        Assert.Throws<ArgumentException>(() => calibrator.Calibrate(double.NaN));
        Assert.Throws<ArgumentException>(() => new IsotonicCalibrator([], []));
        Assert.Throws<ArgumentException>(() => new IsotonicCalibrator([0, 0], [0, 1]));
        Assert.Throws<ArgumentException>(() => new IsotonicCalibrator([0, 1], [0.5, 0.4]));
        Assert.Throws<ArgumentException>(() => new IsotonicCalibrator([0, double.NaN], [0, 1]));
        Assert.Throws<ArgumentException>(() => new IsotonicCalibrator([0, 1], [0, 1.1]));
    }

    [Fact]
    public void Platt_scaling_minimises_the_log_loss_of_its_drawn_targets()
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            (double[] scores, bool[] labels, double[] weights) = Draw(seed, count: 60, distinct: 1000);
            labels[0] = true;
            labels[1] = false;
            double shift = seed % 2 == 0 ? 0 : 1000;
            scores = Array.ConvertAll(scores, score => score + shift);
            PlattCalibrator calibrator = PlattScaling.Fit(scores, labels, weights);
            double effective = weights.Sum() * weights.Sum() / weights.Sum(weight => weight * weight);
            double positives = effective * labels.Zip(weights).Sum(pair => pair.First ? pair.Second : 0) / weights.Sum();
            double negatives = effective - positives;
            double best = Loss(calibrator.Slope, calibrator.Offset + (calibrator.Slope * shift));
            foreach (double slopeStep in new[] { -0.01, 0, 0.01 })
            {
                foreach (double offsetStep in new[] { -0.01, 0, 0.01 })
                {
                    double slope = calibrator.Slope + slopeStep;
                    Assert.True(slope < 0 || best <= Loss(slope, calibrator.Offset + (calibrator.Slope * shift) + offsetStep) + 1e-12, $"seed {seed}");
                }
            }

            // Around the shift, so that a change of the slope turns the line there.
            double Loss(double slope, double offset)
            {
                double sum = 0;
                for (int i = 0; i < scores.Length; i++)
                {
                    double target = labels[i] ? (positives + 1) / (positives + 2) : 1 / (negatives + 2);
                    double p = 1 / (1 + Math.Exp(-((slope * (scores[i] - shift)) + offset)));
                    sum -= weights[i] * ((target * Math.Log(p)) + ((1 - target) * Math.Log(1 - p)));
                }

                return sum;
            }
        }
    }

    [Fact]
    public void Platt_scaling_goes_by_the_ratios_of_weights_alone()
    {
        (double[] scores, bool[] labels, double[] weights) = Draw(seed: 9, count: 200, distinct: 1000);
        PlattCalibrator equal = PlattScaling.Fit(scores, labels), weighted = PlattScaling.Fit(scores, labels, weights);
        Assert.InRange(equal.Calibrate(3), 0.8, 0.99);
        foreach (double unit in new[] { 1e-140, 1e-6, 0.5, 1, 1e6, 1e140 })
        {
            PlattCalibrator all = PlattScaling.Fit(scores, labels, Array.ConvertAll(weights, _ => unit));
            Assert.Equal(equal.Slope, all.Slope, 1e-9);
            Assert.Equal(equal.Offset, all.Offset, 1e-9);
            PlattCalibrator scaled = PlattScaling.Fit(scores, labels, Array.ConvertAll(weights, weight => weight * unit));
            Assert.Equal(weighted.Slope, scaled.Slope, 1e-9);
            Assert.Equal(weighted.Offset, scaled.Offset, 1e-9);
        }

        Assert.NotEqual(equal.Slope, weighted.Slope, 1e-3);

        // Examples that count nothing are absent, in the drawing of the targets too: one true of two says 2/3 and 1/3.
        PlattCalibrator two = PlattScaling.Fit([0, 0, 5], [true, false, true], [1e-9, 1e-9, 0]);
        Assert.Equal(0.5, two.Calibrate(0), 1e-9);
        Assert.Equal(2 / 3.0, PlattScaling.Fit([-1, 1, 5], [false, true, false], [3, 3, 0]).Calibrate(1), 1e-3);
    }

    [Fact]
    public void Platt_scaling_finds_the_line_that_made_the_labels()
    {
        var random = new SeededRandom(4);
        double[] scores = new double[50_000];
        bool[] labels = new bool[scores.Length];
        for (int i = 0; i < scores.Length; i++)
        {
            scores[i] = 3 * random.NextGaussian();
            labels[i] = random.NextDouble() < 1 / (1 + Math.Exp(-((0.7 * scores[i]) - 1)));
        }

        PlattCalibrator platt = PlattScaling.Fit(scores, labels);
        IsotonicCalibrator isotonic = IsotonicRegression.Fit(scores, labels);

        Assert.Equal(0.7, platt.Slope, 0.03);
        Assert.Equal(-1, platt.Offset, 0.05);
        foreach (double score in new[] { -4.0, -1, 0, 2, 5 })
        {
            Assert.Equal(platt.Calibrate(score), isotonic.Calibrate(score), 0.05);
        }

        Assert.InRange(PredictionMetrics.ExpectedCalibrationError(Array.ConvertAll(scores, platt.Calibrate), labels), 0, 0.01);
        Assert.InRange(PredictionMetrics.ExpectedCalibrationError(Array.ConvertAll(scores, score => 1 / (1 + Math.Exp(-score))), labels), 0.05, 0.3);
    }

    [Fact]
    public void One_class_equal_scores_and_scores_that_mislead_have_an_answer()
    {
        PlattCalibrator negative = PlattScaling.Fit([1, 2, 3], [false, false, false]);
        Assert.Equal(0.2, negative.Calibrate(2), 1e-6);
        Assert.Equal(0.25, PlattScaling.Fit([5, 5, 5, 5], [true, false, false, false]).Calibrate(5), 0.1);
        PlattCalibrator misled = PlattScaling.Fit([1, 2, 3, 4], [true, true, false, false]);
        Assert.Equal((0, 0.5), (misled.Slope, misled.Calibrate(1)));
        Assert.InRange(PlattScaling.Fit([1e-200, 2e-200, -1e-200], [true, true, false]).Calibrate(0), 0.01, 0.99);
        Assert.InRange(PlattScaling.Fit([1e150, -1e150], [true, false]).Calibrate(1e150), 0.5, 1);

        Assert.Equal(0, IsotonicRegression.Fit([1, 2, 3], [false, false, false]).Calibrate(2));
        Assert.Equal(0.25, IsotonicRegression.Fit([5, 5, 5, 5], [true, false, false, false]).Calibrate(-7));
        Assert.Equal(0.5, IsotonicRegression.Fit([1, 2, 3, 4], [true, true, false, false]).Calibrate(1));

        // An example of weight 0 makes no point.
        Assert.Equal([1.0], IsotonicRegression.Fit([1, 2], [true, false], [1, 0]).Scores);
        Assert.Throws<ArgumentException>(() => IsotonicRegression.Fit([], []));
        Assert.Throws<ArgumentException>(() => IsotonicRegression.Fit([1], [true, false]));
        Assert.Throws<ArgumentException>(() => PlattScaling.Fit([double.NaN], [true]));
        Assert.Throws<ArgumentException>(() => PlattScaling.Fit([1], [true], [0]));
        Assert.Throws<ArgumentException>(() => PlattScaling.Fit([1], [true], [-1]));
        Assert.Throws<ArgumentException>(() => new PlattCalibrator(-1, 0));
        Assert.Throws<ArgumentException>(() => new PlattCalibrator(1, double.NaN));
        Assert.Equal((0, 1), (new PlattCalibrator(1, 0).Calibrate(double.NegativeInfinity), new PlattCalibrator(1e150, 0).Calibrate(double.PositiveInfinity)));
    }

    [Fact]
    public void Calibration_error_is_what_a_hand_computes()
    {
        double[] probabilities = [0.05, 0.05, 0.15, 0.95, 1.0, 0.1];
        bool[] labels = [false, true, false, true, true, true];

        // Bin [0, 0.1): 2 of mean 0.05, half true. Bin [0.1, 0.2): 0.15 and 0.1, half true. The last: 0.95 and 1, all true.
        double expected = (Math.Abs(0.10 - 1) + Math.Abs(0.25 - 1) + Math.Abs(1.95 - 2)) / 6;
        Assert.Equal(expected, PredictionMetrics.ExpectedCalibrationError(probabilities, labels), 1e-12);
        Assert.Equal(Math.Abs(2.3 - 4) / 6, PredictionMetrics.ExpectedCalibrationError(probabilities, labels, bins: 1), 1e-12);
        Assert.Throws<ArgumentException>(() => PredictionMetrics.ExpectedCalibrationError([double.NaN], [true]));
        Assert.Throws<ArgumentException>(() => PredictionMetrics.ExpectedCalibrationError([], []));
        Assert.Throws<ArgumentOutOfRangeException>(() => PredictionMetrics.ExpectedCalibrationError([0.5], [true], bins: 0));
    }

    private static (double[] Scores, bool[] Labels, double[] Weights) Draw(ulong seed, int count, int distinct)
    {
        var random = new SeededRandom(seed);
        double[] scores = new double[count], weights = new double[count];
        bool[] labels = new bool[count];
        for (int i = 0; i < count; i++)
        {
            scores[i] = (random.NextInt32(distinct) - (distinct / 2.0)) / (distinct / 6.0);
            labels[i] = random.NextDouble() < 1 / (1 + Math.Exp(-scores[i]));
            weights[i] = 0.5 + random.NextDouble();
        }

        return (scores, labels, weights);
    }
}
