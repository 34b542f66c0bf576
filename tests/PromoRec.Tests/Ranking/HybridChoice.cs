using FsCheck;
using FsCheck.Fluent;
using PromoRec.Models;
using PromoRec.Models.Hybrid;
using PromoRec.Models.Linear;

namespace PromoRec.Tests.Ranking;

/// <summary>Two models over the same items, and how they are put together.</summary>
/// <param name="Fusion">How their scores become one.</param>
/// <param name="Weights">What an item adds to another, in the second model.</param>
/// <param name="Quota">How many offers each may name.</param>
/// <param name="First">The weight of the first.</param>
internal sealed record HybridChoice(HybridFusion Fusion, int[] Weights, int Quota, double First)
{
    public const int Items = 6;

    public static Gen<HybridChoice> Of(params HybridFusion[] fusions) =>
        from fusion in Gen.Elements(fusions)
        from weights in Gen.ArrayOf(Gen.Choose(-1, 2), Items * Items)
        from quota in Gen.Choose(1, 4)
        from first in Gen.Elements(0.5, 1, 3)
        select new HybridChoice(fusion, weights, quota, first);

    public HybridModel Model(RankScenario scenario)
    {
        FactorModel als = HybridRankingTests.AlsOf(scenario);
        HybridMember[] members = [new("als", als) { Weight = First, Candidates = Quota }, new("knn", HybridRankingTests.Knn(als, Weights)) { Candidates = Quota }];
        return Fusion == HybridFusion.Stacked ? HybridModel.Stacked(members, Stacker()) : HybridModel.Of(members, Fusion);
    }

    /// <summary>Any weights will do, as long as they tell offers apart.</summary>
    public static LinearModel Stacker()
    {
        var schema = StackingSchema.For(["als", "knn"]);
        return new LinearModel(schema, LinearLoss.Logistic, [.. Enumerable.Range(0, schema.ColumnCount).Select(column => 0.7 - (column % 4 * 0.3))], -2, new ModelManifest { Version = "stack", Algorithm = "linear" });
    }
}
