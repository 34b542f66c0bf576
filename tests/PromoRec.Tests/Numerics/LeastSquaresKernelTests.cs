using PromoRec.Numerics;

namespace PromoRec.Tests.Numerics;

/// <summary>The kernels that implicit ALS builds and applies its systems with.</summary>
public class LeastSquaresKernelTests
{
    private static readonly int[] Counts = [0, 1, 3, 4, 5, 8, 13, 33];

    private delegate void EquationsKernel(ReadOnlySpan<int> rows, ReadOnlySpan<float> quadratic, ReadOnlySpan<float> linear, Span<float> a, Span<float> b, ReadOnlySpan<int> upcoming);

    private delegate void WeightedKernel(ReadOnlySpan<float> rows, ReadOnlySpan<float> weights, ReadOnlySpan<float> linear, ReadOnlySpan<float> p, Span<float> result);

    private delegate void CopyingKernel(ReadOnlySpan<float> table, ReadOnlySpan<int> numbers, Span<float> copies, ReadOnlySpan<float> weights, ReadOnlySpan<float> linear, ReadOnlySpan<float> p, Span<float> result);

    private delegate float CurvatureKernel(ReadOnlySpan<float> rows, ReadOnlySpan<float> weights, ReadOnlySpan<float> p);

    private delegate void ProductKernel(ReadOnlySpan<float> matrix, int stride, ReadOnlySpan<float> p, Span<float> result);

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(18)]
    [InlineData(40)]
    [InlineData(64)]
    [InlineData(100)]
    public void Normal_equations_are_one_chain_an_element_in_the_order_of_the_rows(int factors)
    {
        FactorMatrix table = Vectors.RandomMatrix(50, factors, 12);
        int stride = table.Stride;
        foreach (int count in (int[])[.. Counts, 128, 129, 300])
        {
            int[] rows = [.. Enumerable.Range(0, count).Select(j => j * 37 % 50)];
            float[] mixed = Vectors.Random(count, 13), linear = Vectors.Random(count, 16);
            float[] start = Vectors.RandomMatrix(factors, factors, 14).Data.ToArray(), startLinear = Vectors.RandomMatrix(1, factors, 15).Data.ToArray();
            foreach (float[] weights in new[] { mixed, [.. mixed.Select(Math.Abs)] })
            {
                foreach (EquationsKernel kernel in new EquationsKernel[]
                {
                    new NormalEquations(table).Add, new NormalEquations(table).Add<Lanes512>, new NormalEquations(table).Add<EightFloats>,
                    new NormalEquations(table).Add<Lanes128>, new NormalEquations(table).Add<LanesScalar>,
                })
                {
                    float[] a = [.. start], b = [.. startLinear];
                    kernel(rows, weights, linear, a, b, [0, 49, 7]);

                    // Of each 128 rows, those with a weight below zero come last.
                    int[] order = [.. Enumerable.Range(0, count).OrderBy(j => (j / 128 * 2) + (weights[j] < 0 ? 1 : 0))];
                    for (int i = 0; i < factors; i++)
                    {
                        float expectedLinear = startLinear[i];
                        foreach (int j in order)
                        {
                            expectedLinear = MathF.FusedMultiplyAdd(linear[j], table.Row(rows[j])[i], expectedLinear);
                        }

                        Assert.Equal(Vectors.Bits(expectedLinear), Vectors.Bits(b[i]));
                        for (int k = i; k < factors; k++)
                        {
                            float expected = start[(i * stride) + k];
                            foreach (int j in order)
                            {
                                float scale = MathF.Sqrt(Math.Abs(weights[j]));
                                float x = scale * table.Row(rows[j])[i];
                                expected = MathF.FusedMultiplyAdd(weights[j] < 0 ? -x : x, scale * table.Row(rows[j])[k], expected);
                            }

                            Assert.True(Vectors.Bits(expected) == Vectors.Bits(a[(i * stride) + k]), $"({i}, {k}): {expected} {a[(i * stride) + k]}");
                        }
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(18)]
    [InlineData(64)]
    [InlineData(100)]
    public void The_weighted_operator_is_dots_and_scaled_adds_in_the_order_of_the_rows(int factors)
    {
        foreach (int count in Counts)
        {
            FactorMatrix rows = Vectors.RandomMatrix(count, factors, 15);
            float[] weights = Vectors.Random(count, 16);
            float[] p = Vectors.RandomMatrix(1, factors, 17).Row(0).ToArray(), start = Vectors.RandomMatrix(1, factors, 18).Row(0).ToArray();
            float[] linear = Vectors.Random(count, 23);
            float[] expected = [.. start], expectedWithLinear = [.. start];
            for (int j = 0; j < count; j++)
            {
                float dot = SixteenLanes.Dot(rows.Row(j), p);
                VectorMath.AddScaled(weights[j] * dot, rows.Row(j), expected);
                VectorMath.AddScaled(MathF.FusedMultiplyAdd(weights[j], dot, linear[j]), rows.Row(j), expectedWithLinear);
            }

            foreach (WeightedKernel kernel in new WeightedKernel[]
            {
                WeightedOperator.Apply, WeightedOperator.Apply<Lanes512>, WeightedOperator.Apply<Lanes256>, WeightedOperator.Apply<Lanes128>,
                WeightedOperator.Apply<LanesScalar>,
            })
            {
                float[] result = [.. start];
                kernel(rows.Data, weights, [], p, result);
                Assert.Equal(Vectors.Bits(expected), Vectors.Bits(result));
                result = [.. start];
                kernel(rows.Data, weights, linear, p, result);
                Assert.Equal(Vectors.Bits(expectedWithLinear), Vectors.Bits(result));
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(18)]
    [InlineData(64)]
    [InlineData(2100)]
    public void Copying_rows_on_the_way_gives_the_copies_and_the_bits_of_the_operator(int factors)
    {
        // The larger table is one whose rows are asked for ahead.
        FactorMatrix table = Vectors.RandomMatrix(factors < 1000 ? 50 : 1100, factors, 30);
        int stride = table.Stride;
        float[] p = Vectors.RandomMatrix(1, factors, 31).Row(0).ToArray(), start = Vectors.RandomMatrix(1, factors, 32).Row(0).ToArray();
        foreach (int count in Counts)
        {
            int[] numbers = [.. Enumerable.Range(0, count).Select(j => j * 37 % table.Rows)];
            float[] weights = Vectors.Random(count, 33), linear = Vectors.Random(count, 34);
            float[] gathered = new float[count * stride];
            FactorRows.Gather(table, numbers, gathered);
            foreach (CopyingKernel kernel in new CopyingKernel[]
            {
                (_, numbers, copies, weights, linear, p, result) => WeightedOperator.CopyAndApply(table, numbers, copies, weights, linear, p, result),
                WeightedOperator.CopyAndApply<Lanes512>, WeightedOperator.CopyAndApply<Lanes256>, WeightedOperator.CopyAndApply<Lanes128>,
                WeightedOperator.CopyAndApply<LanesScalar>,
            })
            {
                foreach (float[] added in new float[][] { linear, [] })
                {
                    float[] copies = new float[count * stride], expected = [.. start], result = [.. start];
                    WeightedOperator.Apply(gathered, weights, added, p, expected);
                    kernel(table.Data, numbers, copies, weights, added, p, result);
                    Assert.Equal(Vectors.Bits(gathered), Vectors.Bits(copies));
                    Assert.Equal(Vectors.Bits(expected), Vectors.Bits(result));
                }
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(18)]
    [InlineData(64)]
    [InlineData(100)]
    public void The_curvature_of_the_weighted_operator_is_four_sums_of_squared_dots(int factors)
    {
        foreach (int count in Counts)
        {
            FactorMatrix rows = Vectors.RandomMatrix(count, factors, 35);
            float[] weights = Vectors.Random(count, 36), p = Vectors.RandomMatrix(1, factors, 37).Row(0).ToArray(), sums = new float[4];
            for (int j = 0; j < count; j++)
            {
                float dot = SixteenLanes.Dot(rows.Row(j), p);
                sums[j % 4] = MathF.FusedMultiplyAdd(weights[j] * dot, dot, sums[j % 4]);
            }

            float expected = sums[0] + sums[2] + (sums[1] + sums[3]);
            foreach (CurvatureKernel kernel in new CurvatureKernel[]
            {
                WeightedOperator.Curvature, WeightedOperator.Curvature<Lanes512>, WeightedOperator.Curvature<Lanes256>, WeightedOperator.Curvature<Lanes128>,
                WeightedOperator.Curvature<LanesScalar>,
            })
            {
                Assert.Equal(Vectors.Bits([expected]), Vectors.Bits([kernel(rows.Data, weights, p)]));
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(18)]
    [InlineData(64)]
    [InlineData(100)]
    public void The_symmetric_product_is_the_same_for_one_vector_and_for_several(int factors)
    {
        FactorMatrix matrix = GramMatrix.Compute(Vectors.RandomMatrix(50, factors, 19), 1, TestContext.Current.CancellationToken);
        int stride = matrix.Stride;
        for (int count = 0; count <= 9; count++)
        {
            float[] p = Vectors.RandomMatrix(count, factors, 20).Data.ToArray(), start = Vectors.RandomMatrix(count, factors, 21).Data.ToArray();
            float[] expected = [.. start];
            for (int vector = 0; vector < count; vector++)
            {
                for (int k = 0; k < factors; k++)
                {
                    VectorMath.AddScaled(p[(vector * stride) + k], matrix.Row(k), expected.AsSpan(vector * stride, stride));
                }
            }

            float[] dispatched = [.. start];
            SymmetricProduct.Apply(matrix, p, dispatched);
            Assert.Equal(Vectors.Bits(expected), Vectors.Bits(dispatched));
            foreach (ProductKernel kernel in new ProductKernel[]
            {
                SymmetricProduct.Apply<Lanes512>, SymmetricProduct.Apply<Lanes256>, SymmetricProduct.Apply<Lanes128>, SymmetricProduct.Apply<LanesScalar>,
            })
            {
                float[] result = [.. start];
                kernel(matrix.Data, stride, p, result);
                Assert.Equal(Vectors.Bits(expected), Vectors.Bits(result));
            }
        }
    }

    [Fact]
    public void Gathered_rows_stand_one_after_the_other()
    {
        FactorMatrix rows = Vectors.RandomMatrix(9, 20, 22);
        var gathered = new float[3 * rows.Stride];
        FactorRows.Gather(rows, [8, 0, 8], gathered);
        Assert.Equal([.. rows.Row(8), .. rows.Row(0), .. rows.Row(8)], gathered);
        Assert.Throws<ArgumentOutOfRangeException>(() => FactorRows.Gather(rows, [9], gathered));
        Assert.Throws<ArgumentOutOfRangeException>(() => FactorRows.Gather(rows, [1 << 27], gathered));
        Assert.Throws<ArgumentException>(() => FactorRows.Gather(rows, [1, 2, 3, 4], gathered));
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused()
    {
        var matrix = FactorMatrix.Create(20, 20);
        var equations = new NormalEquations(matrix);
        Assert.Throws<ArgumentException>(() => equations.Add([1, 2], new float[1], new float[2], new float[640], new float[32]));
        Assert.Throws<ArgumentException>(() => equations.Add([1, 2], new float[2], new float[1], new float[640], new float[32]));
        Assert.Throws<ArgumentException>(() => equations.Add([1, 2], new float[2], new float[2], new float[639], new float[32]));
        Assert.Throws<ArgumentException>(() => equations.Add([1, 2], new float[2], new float[2], new float[640], new float[31]));
        Assert.Throws<ArgumentOutOfRangeException>(() => equations.Add([1, 20], new float[2], new float[2], new float[640], new float[32]));
        Assert.Throws<ArgumentOutOfRangeException>(() => equations.Add([-1, 2], new float[2], new float[2], new float[640], new float[32]));
        Assert.Throws<ArgumentException>(() => WeightedOperator.Apply(new float[31], new float[2], [], new float[16], new float[16]));
        Assert.Throws<ArgumentException>(() => WeightedOperator.Apply(new float[32], new float[2], [], new float[16], new float[15]));
        Assert.Throws<ArgumentException>(() => WeightedOperator.Apply(new float[32], new float[2], new float[1], new float[16], new float[16]));
        Assert.Throws<ArgumentException>(() => WeightedOperator.CopyAndApply(matrix, [1, 2], new float[63], new float[2], [], new float[32], new float[32]));
        Assert.Throws<ArgumentException>(() => WeightedOperator.CopyAndApply(matrix, [1, 2], new float[64], new float[1], [], new float[32], new float[32]));
        Assert.Throws<ArgumentException>(() => WeightedOperator.CopyAndApply(matrix, [1, 2], new float[64], new float[2], [], new float[16], new float[16]));
        Assert.Throws<ArgumentOutOfRangeException>(() => WeightedOperator.CopyAndApply(matrix, [1, 20], new float[64], new float[2], [], new float[32], new float[32]));
        Assert.Throws<ArgumentOutOfRangeException>(() => WeightedOperator.CopyAndApply(matrix, [1, -1], new float[64], new float[2], [], new float[32], new float[32]));
        Assert.Throws<ArgumentException>(() => WeightedOperator.Curvature(new float[31], new float[2], new float[16]));
        Assert.Throws<ArgumentException>(() => SymmetricProduct.Apply(matrix, new float[16], new float[32]));
        Assert.Throws<ArgumentException>(() => SymmetricProduct.Apply(matrix, new float[32], new float[31]));
    }
}
