using PromoRec.Numerics;

namespace PromoRec.Tests.Numerics;

public class ConjugateGradientTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(16)]
    [InlineData(50)]
    [InlineData(64)]
    public void As_many_steps_as_factors_solve_the_system(int n)
    {
        int stride = FactorMatrix.StrideFor(n);
        float[] a = CholeskyTests.PositiveDefinite(n, stride, 23), b = [.. Vectors.Random(n, 24), .. new float[stride - n]];
        double[] exact = DenseSolver.Solve(a, n, stride, b);
        var x = new float[stride];
        var matrix = new DenseOperator(FactorMatrix.Over(a, n, n));
        int steps = ConjugateGradient.Solve(ref matrix, b, x, n + 5, 1e-6f, new float[ConjugateGradient.ScratchLength(stride)]);
        Assert.InRange(steps, 1, n + 5);
        double size = exact.Max(Math.Abs);
        for (int i = 0; i < n; i++)
        {
            Assert.Equal(exact[i], x[i], 1e-4 * size);
        }

        Assert.All(x[n..], padding => Assert.Equal(0, padding));
    }

    [Fact]
    public void Every_step_lowers_the_error_in_the_norm_of_the_matrix()
    {
        const int N = 48;
        float[] a = CholeskyTests.PositiveDefinite(N, N, 25), b = Vectors.Random(N, 26);
        double[] exact = DenseSolver.Solve(a, N, N, b);
        var matrix = new DenseOperator(FactorMatrix.Over(a, N, N));
        double last = double.PositiveInfinity;
        for (int steps = 0; steps <= 8; steps++)
        {
            var x = new float[N];
            Assert.Equal(steps, ConjugateGradient.Solve(ref matrix, b, x, steps, 0, new float[3 * N]));
            double error = 0;
            for (int i = 0; i < N; i++)
            {
                for (int k = 0; k < N; k++)
                {
                    error += (x[i] - exact[i]) * a[(i * N) + k] * (x[k] - exact[k]);
                }
            }

            Assert.True(error < last, $"step {steps}: {error} after {last}");
            last = error;
        }
    }

    [Fact]
    public void A_start_value_that_is_the_solution_needs_no_step()
    {
        var identity = FactorMatrix.Create(16, 16);
        for (int i = 0; i < 16; i++)
        {
            identity.Row(i)[i] = 1;
        }

        float[] b = Vectors.Random(16, 27), x = [.. b];
        var matrix = new DenseOperator(identity);
        Assert.Equal(0, ConjugateGradient.Solve(ref matrix, b, x, 10, 0, new float[48]));
        Assert.Equal(b, x);
    }

    [Fact]
    public void An_operator_that_is_not_positive_definite_ends_it()
    {
        var matrix = new DenseOperator(FactorMatrix.Create(16, 16));
        var x = new float[16];
        Assert.Equal(0, ConjugateGradient.Solve(ref matrix, Vectors.Random(16, 28), x, 10, 0, new float[48]));
        Assert.All(x, value => Assert.Equal(0, value));
    }

    private readonly struct DenseOperator(FactorMatrix matrix) : ILinearOperator
    {
        public void Apply(ReadOnlySpan<float> p, Span<float> result)
        {
            result.Clear();
            SymmetricProduct.Apply(matrix, p, result);
        }
    }
}
