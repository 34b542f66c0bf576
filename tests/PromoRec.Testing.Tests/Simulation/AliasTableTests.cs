using FsCheck;
using FsCheck.Fluent;
using PromoRec.Testing.Simulation;
using PromoRec.Tests.Properties;

namespace PromoRec.Testing.Tests.Simulation;

public sealed class AliasTableTests
{
    [Fact]
    public void The_table_gives_every_outcome_its_weight() =>
        Prop.ForAll(ArbMap.Default.ArbFor<PositiveInt[]>().Filter(static weights => weights.Length > 0), static drawn =>
        {
            double[] weights = [.. drawn.Select(static (weight, i) => i % 7 == 3 ? weight.Get * 1e-6 : weight.Get)];
            int n = weights.Length;
            var keep = new float[n];
            var alias = new int[n];
            AliasTable.Fill(weights, keep, alias);

            var share = new double[n];
            for (int i = 0; i < n; i++)
            {
                share[i] += keep[i] / n;
                share[alias[i]] += (1 - keep[i]) / n;
            }

            double sum = weights.Sum();
            return Enumerable.Range(0, n).All(i => Math.Abs(share[i] - (weights[i] / sum)) < 1e-6);
        }).Holds();
}
