using FsCheck.Fluent;
using PromoRec.Evaluation;
using PromoRec.Tests.Properties;

namespace PromoRec.Tests.Evaluation;

public sealed class PredictionMetricsTests
{
    private const double Exact = 1e-12;

    [Fact]
    public void Errors_equal_the_values_computed_by_hand()
    {
        double[] predicted = [3.5, 2, 4, 1.5];
        double[] actual = [3, 3, 4, 3];

        Assert.Equal(0.75, PredictionMetrics.MeanAbsoluteError(predicted, actual), Exact);
        Assert.Equal(0.9354143466934853, PredictionMetrics.RootMeanSquaredError(predicted, actual), Exact);
    }

    [Fact]
    public void Log_loss_equals_the_value_computed_by_hand() =>
        Assert.Equal(0.6121919007930318, PredictionMetrics.LogLoss([0.9, 0.2, 0.4, 0.7], [true, false, true, false]), Exact);

    [Fact]
    public void A_wrong_certainty_costs_much_but_not_everything() =>
        Assert.Equal(34.53877639491069, PredictionMetrics.LogLoss([0, 1], [true, false]), Exact);

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void What_is_not_a_probability_is_refused(double value) =>
        Assert.Contains("Probability 1 is", Assert.Throws<ArgumentException>(() => PredictionMetrics.LogLoss([0.5, value], [true, true])).Message, StringComparison.Ordinal);

    [Fact]
    public void Auc_counts_ties_half()
    {
        // True at 3 and 2, false at 2 and 1: of four pairs three and a half are right.
        Assert.Equal(3.5 / 4, PredictionMetrics.Auc([3, 2, 2, 1], [true, true, false, false]), Exact);
        Assert.Equal(0.5, PredictionMetrics.Auc([7, 7, 7], [true, false, true]), Exact);
        Assert.True(double.IsNaN(PredictionMetrics.Auc([1, 2], [true, true])));
    }

    [Fact]
    public void Auc_equals_the_count_over_all_pairs() =>
        Prop.ForAll(Gen.Choose(0, 9).Zip(Gen.Elements(true, false)).ListOf(40).ToArbitrary(), rows =>
        {
            double[] scores = [.. rows.Select(row => (double)row.Item1)];
            bool[] labels = [.. rows.Select(row => row.Item2)];
            double right = 0, pairs = 0;
            for (int i = 0; i < scores.Length; i++)
            {
                for (int j = 0; j < scores.Length; j++)
                {
                    if (labels[i] && !labels[j])
                    {
                        pairs++;
                        right += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                    }
                }
            }

            return pairs == 0 || Math.Abs((right / pairs) - PredictionMetrics.Auc(scores, labels)) < Exact;
        }).Holds();

    [Fact]
    public void Lengths_that_differ_and_scores_that_are_not_numbers_are_refused()
    {
        Assert.Throws<ArgumentException>(() => PredictionMetrics.MeanAbsoluteError([], []));
        Assert.Throws<ArgumentException>(() => PredictionMetrics.RootMeanSquaredError([1], [1, 2]));
        Assert.Throws<ArgumentException>(() => PredictionMetrics.LogLoss([0.5], []));
        Assert.Throws<ArgumentException>(() => PredictionMetrics.Auc([1, double.NaN], [true, false]));
        Assert.Equal(1, PredictionMetrics.Auc([double.PositiveInfinity, double.NegativeInfinity], [true, false]));
    }
}
