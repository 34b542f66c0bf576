using PromoRec.Evaluation;
using PromoRec.Numerics;

namespace PromoRec.Tests.Evaluation;

public sealed class BootstrapIntervalTests
{
    [Fact]
    public void The_same_seed_gives_the_same_interval_and_another_seed_another()
    {
        double[] values = Values(200);

        Assert.Equal(BootstrapInterval.OfMean(values, seed: 7), BootstrapInterval.OfMean(values, seed: 7));
        Assert.NotEqual(BootstrapInterval.OfMean(values, seed: 7), BootstrapInterval.OfMean(values, seed: 8));
    }

    [Fact]
    public void Equal_values_leave_no_doubt() =>
        Assert.Equal((0.25, 0.25), BootstrapInterval.OfMean([0.25, 0.25, 0.25, 0.25]));

    [Fact]
    public void The_interval_of_many_values_is_that_of_the_normal_approximation()
    {
        double[] values = Values(2_000);
        double mean = values.Average();
        double error = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / values.Length / values.Length);

        (double low, double high) = BootstrapInterval.OfMean(values, resamples: 4_000);

        Assert.Equal(mean - (1.96 * error), low, 0.15 * error);
        Assert.Equal(mean + (1.96 * error), high, 0.15 * error);
    }

    [Fact]
    public void A_higher_level_gives_a_wider_interval()
    {
        double[] values = Values(100);
        (double low, double high) = BootstrapInterval.OfMean(values, level: 0.8);
        (double lower, double higher) = BootstrapInterval.OfMean(values, level: 0.99);

        Assert.True(lower < low && high < higher);
    }

    [Fact]
    public void One_resample_is_its_own_interval()
    {
        (double low, double high) = BootstrapInterval.OfMean([1, 2, 3], resamples: 1);

        Assert.Equal(low, high);
    }

    [Fact]
    public void Arguments_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentException>(() => BootstrapInterval.OfMean([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => BootstrapInterval.OfMean([1], resamples: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => BootstrapInterval.OfMean([1], level: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => BootstrapInterval.OfMean([1], level: double.NaN));
    }

    private static double[] Values(int count)
    {
        var random = new SeededRandom(3);
        var values = new double[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = random.NextDouble();
        }

        return values;
    }
}
