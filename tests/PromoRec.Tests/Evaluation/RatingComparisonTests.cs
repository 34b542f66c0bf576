using PromoRec.Evaluation;
using PromoRec.Numerics;

namespace PromoRec.Tests.Evaluation;

public sealed class RatingComparisonTests
{
    [Theory]
    [InlineData(RatingErrorKind.RootMeanSquared)]
    [InlineData(RatingErrorKind.MeanAbsolute)]
    public void Errors_are_those_of_the_metrics_and_a_clear_difference_has_a_winner(RatingErrorKind kind)
    {
        UserRating[] test = Test(40, 12);
        RatingCandidate[] candidates = [Noisy("far", test, 1.5, 1), Noisy("near", test, 0.5, 2), Noisy("middle", test, 1, 3)];

        RatingComparison comparison = RatingComparison.Of(candidates, test, kind);

        Assert.Equal(["near", "middle", "far"], comparison.Predictions.Select(each => each.Name));
        Assert.Equal("near", comparison.Winner);
        Assert.Equal((40, 480), (comparison.Users, comparison.Ratings));
        Assert.Equal(0.975, comparison.IntervalLevel, 1e-12);
        double[] actual = [.. test.Select(each => each.Rating)];
        Assert.All(comparison.Predictions, each =>
        {
            double[] predicted = [.. candidates.Single(one => one.Name == each.Name).Predicted];
            Assert.Equal(kind == RatingErrorKind.RootMeanSquared ? PredictionMetrics.RootMeanSquaredError(predicted, actual) : PredictionMetrics.MeanAbsoluteError(predicted, actual), each.Error, 1e-12);
            Assert.InRange(each.Error, each.Low, each.High);
            Assert.InRange(each.Behind, each.BehindLow - 1e-12, each.BehindHigh + 1e-12);
        });
    }

    [Fact]
    public void Equally_good_predictions_have_no_winner_at_the_rate_that_the_level_allows()
    {
        int winners = 0;
        for (ulong trial = 0; trial < 200; trial++)
        {
            UserRating[] test = Test(30, 5);
            winners += RatingComparison.Of([Noisy("a", test, 1, 10 + (2 * trial)), Noisy("b", test, 1, 11 + (2 * trial))], test, resamples: 200, level: 0.9).Winner is null ? 0 : 1;
        }

        Assert.InRange(winners, 5, 45);
    }

    [Fact]
    public void Customers_are_drawn_whole_so_that_what_hangs_together_makes_intervals_wider()
    {
        UserRating[] one = [.. Enumerable.Range(0, 400).Select(at => new UserRating($"u{at:D3}", "i", 3))];
        UserRating[] few = [.. Enumerable.Range(0, 400).Select(at => new UserRating($"u{at / 40:D3}", "i", 3))];
        double[] near = [.. Enumerable.Range(0, 400).Select(_ => 3.5)];
        double[] mixed = [.. Enumerable.Range(0, 400).Select(at => 3 + (at / 40 % 2 == 0 ? 0.1 : 0.8))];

        ComparedPrediction alone = RatingComparison.Of([new("a", near), new("b", mixed)], one, RatingErrorKind.MeanAbsolute).Predictions[0];
        ComparedPrediction together = RatingComparison.Of([new("a", near), new("b", mixed)], few, RatingErrorKind.MeanAbsolute).Predictions[0];

        Assert.Equal("b", alone.Name);
        Assert.Equal(alone.Error, together.Error, 1e-12);
        Assert.True(together.High - together.Low > 3 * (alone.High - alone.Low));
    }

    [Fact]
    public void The_order_and_the_seed_decide_nothing_but_the_draws()
    {
        UserRating[] test = Test(20, 6);
        RatingCandidate a = Noisy("a", test, 1, 1), b = Noisy("b", test, 1.1, 2);

        Assert.Equal(RatingComparison.Of([a, b], test, seed: 3).Predictions, RatingComparison.Of([b, a], test, seed: 3).Predictions);
        Assert.NotEqual(RatingComparison.Of([a, b], test, seed: 3).Predictions[0].Low, RatingComparison.Of([a, b], test, seed: 4).Predictions[0].Low);
    }

    [Fact]
    public void What_cannot_be_compared_is_refused()
    {
        UserRating[] test = Test(3, 2);
        RatingCandidate good = Noisy("a", test, 1, 1);

        Assert.Contains("but 1 were given", Assert.Throws<ArgumentException>(() => RatingComparison.Of([good], test)).Message, StringComparison.Ordinal);
        Assert.Contains("called 'a'", Assert.Throws<ArgumentException>(() => RatingComparison.Of([good, good], test)).Message, StringComparison.Ordinal);
        Assert.Contains("0 predictions of 6", Assert.Throws<ArgumentException>(() => RatingComparison.Of([good, new("b", [])], test)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => RatingComparison.Of([good, new("b", [.. Enumerable.Repeat(double.NaN, 6)])], test));
        Assert.Throws<ArgumentException>(() => RatingComparison.Of([new("a", []), new("b", [])], []));
        Assert.Throws<ArgumentOutOfRangeException>(() => RatingComparison.Of([good, new("b", good.Predicted)], test, level: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => RatingComparison.Of([good, new("b", good.Predicted)], test, resamples: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => RatingComparison.Of([good, new("b", good.Predicted)], test, (RatingErrorKind)7));
    }

    private static UserRating[] Test(int users, int each) => [.. Enumerable.Range(0, users * each).Select(at => new UserRating($"u{at / each:D3}", $"i{at % each}", 1 + (at % 5)))];

    private static RatingCandidate Noisy(string name, UserRating[] test, double noise, ulong seed)
    {
        var random = new SeededRandom(seed);
        var predicted = new double[test.Length];
        for (int i = 0; i < predicted.Length; i++)
        {
            predicted[i] = test[i].Rating + (noise * random.NextGaussian());
        }

        return new RatingCandidate(name, predicted);
    }
}
