using FsCheck.Fluent;
using PromoRec.Numerics;
using PromoRec.Tests.Properties;

namespace PromoRec.Tests.Numerics;

public class VectorMathTests
{
    private const double HalfUlp = 1.0 / (1 << 24);

    [Fact]
    public void Dot_has_the_bits_of_the_sixteen_lane_loop_on_every_width() =>
        Prop.ForAll(Vectors.Pairs, pair =>
        {
            int expected = Vectors.Bits(SixteenLanes.Dot(pair.X, pair.Y));
            return expected == Vectors.Bits(VectorMath.Dot(pair.X, pair.Y))
                && expected == Vectors.Bits(VectorMath.Dot<Lanes512>(pair.X, pair.Y))
                && expected == Vectors.Bits(VectorMath.Dot<Lanes256>(pair.X, pair.Y))
                && expected == Vectors.Bits(VectorMath.Dot<Lanes128>(pair.X, pair.Y))
                && expected == Vectors.Bits(VectorMath.Dot<LanesScalar>(pair.X, pair.Y));
        }).Holds();

    [Fact]
    public void Dot_is_within_its_stated_bound_of_double_precision_at_every_length()
    {
        for (int length = 0; length <= 260; length++)
        {
            float[] x = Vectors.Random(length, (ulong)length), y = Vectors.Random(length, (ulong)length + 1000);
            double exact = 0, magnitude = 0;
            for (int i = 0; i < length; i++)
            {
                exact += (double)x[i] * y[i];
                magnitude += Math.Abs((double)x[i] * y[i]);
            }

            double bound = (((length + 15) / 16) + 4) * HalfUlp * magnitude * 1.001;
            float dot = VectorMath.Dot(x, y);
            Assert.InRange(dot - exact, -bound, bound);
            Assert.Equal(Vectors.Bits(SixteenLanes.Dot(x, y)), Vectors.Bits(dot));
        }
    }

    [Fact]
    public void A_vector_and_the_same_vector_padded_with_zeros_have_the_same_dot() =>
        Prop.ForAll(Vectors.Pairs, pair =>
        {
            int padded = FactorMatrix.StrideFor(pair.X.Length);
            var x = new float[padded];
            var y = new float[padded];
            pair.X.CopyTo(x, 0);
            pair.Y.CopyTo(y, 0);
            return Vectors.Bits(VectorMath.Dot(x, y)) == Vectors.Bits(VectorMath.Dot(pair.X, pair.Y));
        }).Holds();

    [Fact]
    public void Adding_a_sparse_row_rounds_each_sum_once_whether_some_or_all_columns_are_there() =>
        Prop.ForAll((from length in Gen.Choose(1, 70) from share in Gen.Elements(0.1, 0.5, 1) from seed in Gen.Choose(0, 1000) select (length, share, seed)).ToArbitrary(), one =>
        {
            var random = new Random(one.seed);
            int[] columns = [.. Enumerable.Range(0, one.length).Where(_ => random.NextDouble() < one.share)];
            float[] x = Vectors.Random(columns.Length, (ulong)one.seed), y = Vectors.Random(one.length, (ulong)one.seed + 1000), sums = [.. y];
            VectorMath.AddScaled(0.3f, columns, x, sums);
            return Enumerable.Range(0, one.length).All(column => Array.IndexOf(columns, column) is int at
                && sums[column] == (at < 0 ? y[column] : MathF.FusedMultiplyAdd(0.3f, x[at], y[column])));
        }).Holds();

    [Fact]
    public void AddScaled_rounds_each_component_once_on_every_width() =>
        Prop.ForAll(Vectors.Pairs, pair =>
        {
            const float Factor = -0.7f;
            int[] expected = [.. pair.X.Zip(pair.Y, (x, y) => Vectors.Bits(MathF.FusedMultiplyAdd(Factor, x, y)))];
            return new AddScaledKernel[] { VectorMath.AddScaled, VectorMath.AddScaled<Lanes512>, VectorMath.AddScaled<Lanes256>, VectorMath.AddScaled<Lanes128>, VectorMath.AddScaled<LanesScalar> }
                .All(kernel =>
                {
                    float[] y = [.. pair.Y];
                    kernel(Factor, pair.X, y);
                    return Vectors.Bits(y).SequenceEqual(expected);
                });
        }).Holds();

    [Fact]
    public void Norms_agree_with_double_precision()
    {
        for (int length = 0; length <= 260; length++)
        {
            float[] x = Vectors.Random(length, (ulong)length);
            double squared = x.Sum(value => (double)value * value);
            double relative = (((length + 15) / 16) + 4) * HalfUlp * 1.001;
            Assert.InRange(VectorMath.SquaredNorm(x), squared * (1 - relative), squared * (1 + relative));
            Assert.InRange(VectorMath.Norm(x), Math.Sqrt(squared) * (1 - relative), Math.Sqrt(squared) * (1 + relative));
        }
    }

    [Fact]
    public void Cosine_agrees_with_double_precision_at_every_length()
    {
        for (int length = 1; length <= 260; length++)
        {
            float[] x = Vectors.Random(length, (ulong)length), y = Vectors.Random(length, (ulong)length + 1000);
            double product = x.Zip(y, (a, b) => (double)a * b).Sum();
            double expected = product / Math.Sqrt(x.Sum(a => (double)a * a) * y.Sum(b => (double)b * b));
            Assert.Equal(expected, VectorMath.Cosine(x, y), 60 * HalfUlp);
        }
    }

    [Theory]
    [InlineData(1e-30f)]
    [InlineData(1e-38f)]
    [InlineData(1e30f)]
    [InlineData(3e38f)]
    public void Cosine_survives_components_whose_squares_leave_the_range(float scale)
    {
        float[] x = [3 * (scale / 4), scale], y = [scale, 0];
        Assert.Equal(0.6, VectorMath.Cosine(x, y), 0.001);
        Assert.Equal(1, VectorMath.Cosine(x, x), 1e-6);
    }

    [Fact]
    public void Cosine_with_a_zero_vector_is_zero_and_with_a_NaN_is_NaN()
    {
        Assert.Equal(0, VectorMath.Cosine([], []));
        Assert.Equal(0, VectorMath.Cosine([0, 0], [1, 2]));
        Assert.True(float.IsNaN(VectorMath.Cosine([float.NaN, 0], [1, 2])));
        Assert.True(float.IsNaN(VectorMath.Cosine([float.PositiveInfinity, 0], [1, 2])));
    }

    [Fact]
    public void Different_lengths_are_refused_with_both_named()
    {
        ArgumentException dot = Assert.Throws<ArgumentException>(() => VectorMath.Dot(new float[3], new float[4]));
        Assert.Contains("3 and 4", dot.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => VectorMath.AddScaled(1, new float[3], new float[4]));
        Assert.Throws<ArgumentException>(() => VectorMath.Cosine(new float[3], new float[4]));
    }

    private delegate void AddScaledKernel(float a, ReadOnlySpan<float> x, Span<float> y);
}
