using PromoRec.Numerics;

namespace PromoRec.Tests.Numerics;

public class GramMatrixTests
{
    [Theory]
    [InlineData(0, 5)]
    [InlineData(1, 1)]
    [InlineData(50, 16)]
    [InlineData(999, 33)]
    [InlineData(1100, 64)]
    [InlineData(300, 100)]
    public void Gram_agrees_with_double_precision_and_is_symmetric(int rowCount, int factors)
    {
        FactorMatrix rows = Vectors.RandomMatrix(rowCount, factors, 5);
        FactorMatrix gram = GramMatrix.Compute(rows, 1, TestContext.Current.CancellationToken);
        var exact = new double[factors * factors];
        var magnitude = new double[factors * factors];
        for (int row = 0; row < rowCount; row++)
        {
            ReadOnlySpan<float> r = rows.Row(row);
            for (int i = 0; i < factors; i++)
            {
                for (int k = 0; k < factors; k++)
                {
                    exact[(i * factors) + k] += (double)r[i] * r[k];
                    magnitude[(i * factors) + k] += Math.Abs((double)r[i] * r[k]);
                }
            }
        }

        for (int i = 0; i < factors; i++)
        {
            for (int k = 0; k < factors; k++)
            {
                double bound = (rowCount + 1) * Math.ScaleB(1, -24) * magnitude[(i * factors) + k];
                Assert.InRange(gram.Row(i)[k] - exact[(i * factors) + k], -bound, bound);
                Assert.Equal(Vectors.Bits(gram.Row(i)[k]), Vectors.Bits(gram.Row(k)[i]));
            }

            Assert.All(gram.Row(i)[factors..].ToArray(), padding => Assert.Equal(0, padding));
        }
    }

    [Fact]
    public void Gram_has_the_same_bits_for_any_number_of_threads_and_any_width()
    {
        FactorMatrix rows = Vectors.RandomMatrix(2100, 18, 6);
        CancellationToken token = TestContext.Current.CancellationToken;
        int[] expected = Vectors.Bits(GramMatrix.Compute(rows, 1, token).Data);
        Assert.Equal(expected, Vectors.Bits(GramMatrix.Compute(rows, 2, token).Data));
        Assert.Equal(expected, Vectors.Bits(GramMatrix.Compute(rows, 7, token).Data));
        Assert.Equal(expected, Vectors.Bits(GramMatrix.Compute<Lanes512>(rows, 1, token).Data));
        Assert.Equal(expected, Vectors.Bits(GramMatrix.Compute<EightFloats>(rows, 1, token).Data));
        Assert.Equal(expected, Vectors.Bits(GramMatrix.Compute<Lanes128>(rows, 1, token).Data));
        Assert.Equal(expected, Vectors.Bits(GramMatrix.Compute<LanesScalar>(rows, 1, token).Data));
    }

    [Fact]
    public void Gram_can_be_cancelled() =>
        Assert.ThrowsAny<OperationCanceledException>(() => GramMatrix.Compute(FactorMatrix.Create(10, 4), 1, new CancellationToken(canceled: true)));
}
