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
        int steps = ConjugateGradient.Solve(ref matrix, b, x, n + 5, 1e-6f, new float[ConjugateGradient.ScratchLength(stride, 1)]);
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

    [Fact]
    public void Each_of_several_systems_gets_the_bits_it_would_get_alone()
    {
        // Of unlike sizes, so that their step lengths differ, and the third has ended before the first step.
        const int N = 48, Systems = 5, Steps = 4;
        FactorMatrix[] own = [.. Enumerable.Range(0, Systems).Select(i => FactorMatrix.Over(Scaled(CholeskyTests.PositiveDefinite(N, N, 40 + (ulong)i), 1 + i), N, N))];
        FactorMatrix common = FactorMatrix.Over(CholeskyTests.PositiveDefinite(N, N, 39), N, N);
        float[] start = Vectors.RandomMatrix(Systems, N, 50).Data.ToArray(), residuals = Vectors.RandomMatrix(Systems, N, 51).Data.ToArray();
        float[] together = [.. start];
        var states = new ConjugateGradientState[Systems];
        for (int i = 0; i < Systems; i++)
        {
            states[i] = StateOf(residuals.AsSpan(i * N, N), i);
        }

        var all = new SumOperator(common, own);
        ConjugateGradient.Improve(ref all, [.. residuals], together, Steps, states, new float[2 * Systems * N]);

        for (int i = 0; i < Systems; i++)
        {
            Range row = (i * N)..((i + 1) * N);
            float[] alone = start[row];
            ConjugateGradientState[] state = [StateOf(residuals.AsSpan(row), i)];
            var one = new SumOperator(common, [own[i]]);
            ConjugateGradient.Improve(ref one, residuals[row], alone, Steps, state, new float[2 * N]);
            Assert.Equal(Vectors.Bits(alone), Vectors.Bits(together[row]));
            Assert.Equal(i == 2 ? 0 : Steps, states[i].Steps);
            Assert.Equal(states[i].Steps, state[0].Steps);
        }

        static ConjugateGradientState StateOf(ReadOnlySpan<float> residual, int system) =>
            new(VectorMath.SquaredNorm(residual), system == 2 ? float.MaxValue : 0);
    }

    [Fact]
    public void Numbers_that_leave_single_precision_are_told()
    {
        FactorMatrix huge = FactorMatrix.Create(16, 16);
        for (int i = 0; i < 16; i++)
        {
            huge.Row(i)[i] = 3e38f;
        }

        float[] residual = [.. Enumerable.Repeat(1e10f, 16)], x = new float[16];
        ConjugateGradientState[] state = [new(VectorMath.SquaredNorm(residual), 0)];
        var matrix = new DenseOperator(huge);
        ConjugateGradient.Improve(ref matrix, residual, x, 3, state, new float[32]);
        Assert.True(float.IsNaN(state[0].Squared));
        Assert.All(x, value => Assert.Equal(0, value));
    }

    private static float[] Scaled(float[] values, float factor) => [.. values.Select(value => value * factor)];

    private readonly struct DenseOperator(FactorMatrix matrix) : ILinearOperator
    {
        public void ApplyCommon(ReadOnlySpan<float> p, Span<float> images)
        {
            images.Clear();
            SymmetricProduct.Apply(matrix, p, images);
        }

        public void ApplyOwn(int system, ReadOnlySpan<float> p, Span<float> image)
        {
        }

        public float Curvature(int system, ReadOnlySpan<float> p, Span<float> image) => VectorMath.Dot(p, image);
    }

    private readonly struct SumOperator(FactorMatrix common, FactorMatrix[] own) : ILinearOperator
    {
        public void ApplyCommon(ReadOnlySpan<float> p, Span<float> images)
        {
            images.Clear();
            SymmetricProduct.Apply(common, p, images);
        }

        public void ApplyOwn(int system, ReadOnlySpan<float> p, Span<float> image) => SymmetricProduct.Apply(own[system], p, image);

        public float Curvature(int system, ReadOnlySpan<float> p, Span<float> image)
        {
            ApplyOwn(system, p, image);
            return VectorMath.Dot(p, image);
        }
    }
}
