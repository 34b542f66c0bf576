using PromoRec.Numerics;

namespace PromoRec.Tests.Numerics;

public class CholeskyTests
{
    public static TheoryData<int> Orders { get; } = new(1, 2, 3, 5, 15, 16, 17, 31, 33, 50, 64, 65, 100, 130);

    [Theory]
    [MemberData(nameof(Orders))]
    public void The_factor_times_itself_is_the_matrix(int n)
    {
        int stride = FactorMatrix.StrideFor(n);
        float[] a = PositiveDefinite(n, stride, 7), u = [.. a];
        Assert.True(Cholesky.TryFactorize(u, n, stride));
        for (int i = 0; i < n; i++)
        {
            u[(i * stride) + i] = 1 / u[(i * stride) + i];
            for (int k = i; k < n; k++)
            {
                double product = 0;
                for (int p = 0; p <= i; p++)
                {
                    product += (double)u[(p * stride) + i] * u[(p * stride) + k];
                }

                // |A - UᵀU| ≤ (n + 1) ε |Uᵀ||U| element by element, and |Uᵀ||U| is at most the geometric mean of the two diagonals.
                double bound = (n + 2) * Math.ScaleB(1, -23) * Math.Sqrt((double)a[(i * stride) + i] * a[(k * stride) + k]);
                Assert.InRange(product - a[(i * stride) + k], -bound, bound);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public void The_solution_agrees_with_double_precision(int n)
    {
        int stride = FactorMatrix.StrideFor(n);
        float[] a = PositiveDefinite(n, stride, 8), b = [.. Vectors.Random(n, 9), .. new float[stride - n]];
        double[] exact = DenseSolver.Solve(a, n, stride, b);
        float[] x = [.. b];
        Assert.True(Cholesky.TryFactorize(a, n, stride));
        Cholesky.Solve(a, n, stride, x);
        double size = exact.Max(Math.Abs);

        // The test matrices have condition numbers below 100.
        for (int i = 0; i < n; i++)
        {
            Assert.Equal(exact[i], x[i], 100 * (n + 2) * Math.ScaleB(1, -23) * size);
        }

        Assert.All(x[n..], padding => Assert.Equal(0, padding));
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public void Every_width_gives_the_same_bits(int n)
    {
        int stride = FactorMatrix.StrideFor(n);
        float[] expected = Solve<EightFloats, Lanes256>(n, stride);
        Assert.Equal(Vectors.Bits(expected), Vectors.Bits(Solve<Lanes512, Lanes512>(n, stride)));
        Assert.Equal(Vectors.Bits(expected), Vectors.Bits(Solve<Lanes128, Lanes128>(n, stride)));
        Assert.Equal(Vectors.Bits(expected), Vectors.Bits(Solve<LanesScalar, LanesScalar>(n, stride)));
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_matrix_that_is_not_positive_definite_is_refused(float pivot)
    {
        foreach (int at in new[] { 0, 1, 15, 16, 37 })
        {
            float[] a = new float[40 * 48];
            for (int i = 0; i < 40; i++)
            {
                a[(i * 48) + i] = i == at ? pivot : 1;
            }

            Assert.False(Cholesky.TryFactorize(a, 40, 48));
        }
    }

    [Fact]
    public void Wrong_shapes_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Cholesky.TryFactorize(new float[64], 4, 15));
        Assert.Throws<ArgumentOutOfRangeException>(() => Cholesky.TryFactorize(new float[640], 17, 16));
        Assert.Throws<ArgumentException>(() => Cholesky.TryFactorize(new float[63], 4, 16));
        Assert.Throws<ArgumentException>(() => Cholesky.Solve(new float[64], 4, 16, new float[4]));
    }

    /// <summary>Half the identity plus the mean of 2 n outer products: well conditioned, every element filled.</summary>
    internal static float[] PositiveDefinite(int n, int stride, ulong seed)
    {
        FactorMatrix rows = Vectors.RandomMatrix(2 * n, n, seed);
        float[] a = GramMatrix.Compute(rows, 1, TestContext.Current.CancellationToken).Data[..(n * stride)].ToArray();
        for (int i = 0; i < n; i++)
        {
            for (int k = 0; k < n; k++)
            {
                a[(i * stride) + k] = (a[(i * stride) + k] / (2 * n)) + (i == k ? 0.5f : 0);
            }
        }

        return a;
    }

    private static float[] Solve<TFloats, TLanes>(int n, int stride)
        where TFloats : struct, IFloats<TFloats>
        where TLanes : struct, ILanes<TLanes>
    {
        float[] a = PositiveDefinite(n, stride, 10), x = [.. Vectors.Random(n, 11), .. new float[stride - n]];
        Assert.True(Cholesky.TryFactorize<TFloats>(a, n, stride));
        Cholesky.Solve<TLanes>(a, n, stride, x);
        return x;
    }
}
