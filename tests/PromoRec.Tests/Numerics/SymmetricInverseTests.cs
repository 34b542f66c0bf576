using PromoRec.Numerics;

namespace PromoRec.Tests.Numerics;

public sealed class SymmetricInverseTests
{
    public static TheoryData<int> Orders { get; } = new(1, 2, 3, 15, 16, 17, 63, 64, 65, 127, 128, 129, 200, 257, 330);

    [Theory]
    [MemberData(nameof(Orders))]
    public void The_inverse_times_the_matrix_is_one(int n)
    {
        FactorMatrix a = PositiveDefinite(n), inverse = PositiveDefinite(n);
        List<int> told = [];

        Assert.True(SymmetricInverse.TryInvert(inverse, 2, told.Add, CancellationToken.None));

        // The test matrices have condition numbers below 100.
        double bound = 100 * (n + 2) * Math.ScaleB(1, -22);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                double product = 0;
                for (int k = 0; k < n; k++)
                {
                    product -= (double)inverse.Row(i)[k] * a.Row(Math.Max(k, j))[Math.Min(k, j)];
                }

                Assert.InRange(product - (i == j ? 1 : 0), -bound, bound);
                Assert.Equal(inverse.Row(i)[j], inverse.Row(j)[i]);
            }
        }

        Assert.Equal(n, told.Sum());
        Assert.Equal((n + 127) / 128, told.Count);
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public void Every_width_and_any_number_of_threads_give_the_same_bits(int n)
    {
        float[] expected = Inverse<Lanes512>(n, 1);

        Assert.Equal(expected, Inverse<Lanes512>(n, 3));
        Assert.Equal(expected, Inverse<Lanes256>(n, 1));
        Assert.Equal(expected, Inverse<Lanes128>(n, 2));
        Assert.Equal(expected, Inverse<LanesScalar>(n, 1));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(150, -1)]
    [InlineData(199, float.NaN)]
    [InlineData(3, float.PositiveInfinity)]
    public void A_matrix_that_is_not_positive_definite_is_refused(int row, float pivot)
    {
        FactorMatrix a = PositiveDefinite(200);
        a.Row(row)[row] = pivot;

        Assert.False(SymmetricInverse.TryInvert(a, 2, null, CancellationToken.None));
    }

    [Fact]
    public void It_can_be_cancelled() =>
        Assert.Throws<OperationCanceledException>(() => SymmetricInverse.TryInvert(PositiveDefinite(300), 2, null, new CancellationToken(true)));

    private static float[] Inverse<TLanes>(int n, int threads)
        where TLanes : struct, ILanes<TLanes>
    {
        FactorMatrix a = PositiveDefinite(n);
        Assert.True(SymmetricInverse.TryInvert<TLanes>(a, threads, null, CancellationToken.None));
        return [.. Enumerable.Range(0, n).SelectMany(row => a.Row(row)[..n].ToArray())];
    }

    /// <summary>The lower triangle of YᵀY + n I, for random Y; above it stands what must not be read.</summary>
    private static FactorMatrix PositiveDefinite(int n)
    {
        FactorMatrix a = FactorMatrix.Create(n, n);
        float[][] y = [.. Enumerable.Range(0, n).Select(i => Vectors.Random(n, (ulong)i + 1))];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                double product = i == j ? n : 0;
                for (int k = 0; k < n; k++)
                {
                    product += (double)y[i][k] * y[j][k];
                }

                a.Row(i)[j] = j <= i ? (float)product : 1e9f;
            }
        }

        return a;
    }
}
