using PromoRec.Numerics;

namespace PromoRec.Tests.Numerics;

public class SeededRandomTests
{
    private const int Draws = 100_000;

    [Fact]
    public void Stream_zero_is_xoshiro256starstar_with_a_state_from_SplitMix64()
    {
        // Calculated with an independent program from the published C sources, for seed 1234567.
        var random = new SeededRandom(1234567);
        ulong[] expected = [3504822795582309479, 1819558768956484042, 1250851346055027673, 16940231675099994102, 11585879347611423030, 8134400763355999650];
        Assert.All(expected, value => Assert.Equal(value, random.NextUInt64()));
    }

    [Fact]
    public void The_same_seed_and_stream_give_the_same_numbers_and_other_ones_give_others()
    {
        Assert.Equal(First(1, 2), First(1, 2));
        HashSet<ulong> firsts = [];
        for (ulong seed = 0; seed < 100; seed++)
        {
            for (ulong stream = 0; stream < 100; stream++)
            {
                Assert.True(firsts.Add(First(seed, stream)));
            }
        }
    }

    [Fact]
    public void Uniform_numbers_have_the_moments_of_the_uniform_distribution()
    {
        var random = new SeededRandom(29);
        double sum = 0, squares = 0, singles = 0;
        for (int i = 0; i < Draws; i++)
        {
            double value = random.NextDouble();
            Assert.InRange(value, 0, 1 - double.Epsilon);
            sum += value;
            squares += value * value;
            float single = random.NextSingle();
            Assert.True(single is >= 0 and < 1);
            singles += single;
        }

        // Five standard errors.
        Assert.Equal(0.5, sum / Draws, 5 * Math.Sqrt(1 / 12.0 / Draws));
        Assert.Equal(0.5, singles / Draws, 5 * Math.Sqrt(1 / 12.0 / Draws));
        Assert.Equal(1 / 3.0, squares / Draws, 5 * Math.Sqrt(4 / 45.0 / Draws));
    }

    [Fact]
    public void Gaussian_numbers_have_the_moments_and_tails_of_the_normal_distribution()
    {
        var random = new SeededRandom(30);
        double[] moments = new double[5];
        int beyondTwo = 0;
        for (int i = 0; i < Draws; i++)
        {
            double value = random.NextGaussian();
            for (int power = 1; power <= 4; power++)
            {
                moments[power] += Math.Pow(value, power) / Draws;
            }

            beyondTwo += Math.Abs(value) > 2 ? 1 : 0;
        }

        // Five standard errors: the variances of x, x², x³ and x⁴ are 1, 2, 15 and 96.
        Assert.Equal(0, moments[1], 5 * Math.Sqrt(1.0 / Draws));
        Assert.Equal(1, moments[2], 5 * Math.Sqrt(2.0 / Draws));
        Assert.Equal(0, moments[3], 5 * Math.Sqrt(15.0 / Draws));
        Assert.Equal(3, moments[4], 5 * Math.Sqrt(96.0 / Draws));
        Assert.Equal(0.0455, (double)beyondTwo / Draws, 5 * Math.Sqrt(0.0455 / Draws));
    }

    [Fact]
    public void First_numbers_of_neighbouring_streams_are_independent()
    {
        double product = 0;
        for (ulong stream = 0; stream < Draws; stream++)
        {
            var random = new SeededRandom(31, stream);
            var next = new SeededRandom(31, stream + 1);
            product += random.NextGaussian() * next.NextGaussian();
        }

        Assert.Equal(0, product / Draws, 5 * Math.Sqrt(1.0 / Draws));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(10)]
    public void Whole_numbers_are_equally_likely(int exclusiveMax)
    {
        var random = new SeededRandom(32);
        var counts = new int[exclusiveMax];
        for (int i = 0; i < Draws; i++)
        {
            counts[random.NextInt32(exclusiveMax)]++;
        }

        double share = 1.0 / exclusiveMax;
        Assert.All(counts, count => Assert.Equal(share, (double)count / Draws, 5 * Math.Sqrt(share / Draws)));
    }

    [Fact]
    public void Whole_numbers_stay_below_the_largest_limit_and_a_limit_below_one_is_refused()
    {
        var random = new SeededRandom(33);
        for (int i = 0; i < 1000; i++)
        {
            Assert.InRange(random.NextInt32(int.MaxValue), 0, int.MaxValue - 1);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => new SeededRandom(1).NextInt32(0));
    }

    [Fact]
    public void The_own_logarithm_agrees_with_the_platform()
    {
        var random = new SeededRandom(34);
        for (int i = 0; i < 10_000; i++)
        {
            double value = Math.ScaleB(1 - random.NextDouble(), -random.NextInt32(100));
            double expected = Math.Log(value);
            Assert.Equal(expected, SeededRandom.Log(value), 4e-16 * Math.Max(1, Math.Abs(expected)));
        }
    }

    private static ulong First(ulong seed, ulong stream)
    {
        var random = new SeededRandom(seed, stream);
        return random.NextUInt64();
    }
}
