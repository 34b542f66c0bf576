using PromoRec.Numerics;

namespace PromoRec.Tests.Numerics;

public class GradientStepsTests
{
    private delegate void MoveKernel(float keep, float step, ReadOnlySpan<float> x, Span<float> y);

    private delegate void PairKernel(float keep, float xStep, float yStep, Span<float> x, Span<float> y);

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(100)]
    public void A_step_is_one_product_and_one_fused_sum_a_component_from_the_values_before(int factors)
    {
        float[] x = Vectors.RandomMatrix(1, factors, 1).Row(0).ToArray(), y = Vectors.RandomMatrix(1, factors, 2).Row(0).ToArray();
        foreach (MoveKernel kernel in new MoveKernel[] { GradientSteps.Move, GradientSteps.Move<Lanes512>, GradientSteps.Move<Lanes256>, GradientSteps.Move<Lanes128>, GradientSteps.Move<LanesScalar> })
        {
            float[] moved = [.. y];
            kernel(0.99f, -0.3f, x, moved);
            Assert.Equal(Vectors.Bits([.. y.Select((each, i) => MathF.FusedMultiplyAdd(-0.3f, x[i], 0.99f * each))]), Vectors.Bits(moved));
        }

        foreach (PairKernel kernel in new PairKernel[] { GradientSteps.MovePair, GradientSteps.MovePair<Lanes512>, GradientSteps.MovePair<Lanes256>, GradientSteps.MovePair<Lanes128>, GradientSteps.MovePair<LanesScalar> })
        {
            float[] movedX = [.. x], movedY = [.. y];
            kernel(0.99f, 0.4f, 0.2f, movedX, movedY);
            Assert.Equal(Vectors.Bits([.. x.Select((each, i) => MathF.FusedMultiplyAdd(0.4f, y[i], 0.99f * each))]), Vectors.Bits(movedX));
            Assert.Equal(Vectors.Bits([.. y.Select((each, i) => MathF.FusedMultiplyAdd(0.2f, x[i], 0.99f * each))]), Vectors.Bits(movedY));
        }
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentException>(() => GradientSteps.Move(1, 1, new float[16], new float[32]));
        Assert.Throws<ArgumentException>(() => GradientSteps.MovePair(1, 1, 1, new float[15], new float[15]));
    }
}
