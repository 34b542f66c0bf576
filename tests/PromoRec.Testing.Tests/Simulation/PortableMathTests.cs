using PromoRec.Testing.Simulation;

namespace PromoRec.Testing.Tests.Simulation;

public sealed class PortableMathTests
{
    [Fact]
    public void Exponential_and_logarithm_are_those_of_the_runtime_to_a_few_bits()
    {
        for (double x = -690; x <= 690; x += 0.37)
        {
            Assert.Equal(1, PortableMath.Exp(x) / Math.Exp(x), 1e-14);
            Assert.Equal(1 / (1 + Math.Exp(-x)), PortableMath.Logistic(x), 1e-14);
        }

        for (double x = 1e-200; x < 1e200; x *= 7.3)
        {
            Assert.Equal(Math.Log(x), PortableMath.Log(x), 1e-14 * Math.Max(1, Math.Abs(Math.Log(x))));
        }

        Assert.Equal(1, PortableMath.Exp(0));
        Assert.True(double.IsFinite(PortableMath.Log(0)));
    }
}
