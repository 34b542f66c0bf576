using FsCheck;
using FsCheck.Fluent;
using PromoRec.PostgreSql.Escrow;
using PromoRec.Tests.Properties;

namespace PromoRec.PostgreSql.Tests;

public class EscrowPlanTests
{
    [Fact]
    public void Whatever_happens_the_rows_grant_the_limit_and_nothing_taken_is_lost() =>
        Prop.ForAll(Cases().ToArbitrary(), each =>
        {
            List<BudgetShard> spread = EscrowPlan.Spread(each.Rows, each.Limit, each.Own, each.Wanted, each.Unit, each.MaxShards);
            long taken = each.Rows.Sum(row => row.Taken);
            return spread[0].Shard == 0
                && spread.Select(row => row.Shard).Distinct().Count() == spread.Count
                && spread.Count <= each.MaxShards + 1
                && spread.Sum(row => row.Granted) == each.Limit
                && spread.Sum(row => row.Taken) == taken

                // Only row 0, and only when it is alone, may owe something.
                && spread.Skip(spread.Count == 1 ? 1 : 0).All(row => row.Granted >= row.Taken);
        }).Holds(5000);

    [Fact]
    public void Whoever_asks_gets_what_is_wanted_if_all_rows_together_have_it() =>
        Prop.ForAll(Cases().ToArbitrary(), each =>
        {
            List<BudgetShard> spread = EscrowPlan.Spread(each.Rows, each.Limit, each.Own, each.Wanted, each.Unit, each.MaxShards);
            long left = each.Limit - each.Rows.Sum(row => row.Taken);
            BudgetShard mine = spread.Find(row => row.Shard == each.Own) is { Shard: not 0 } own ? own : spread[0];
            return each.Wanted > left || mine.Granted - mine.Taken >= each.Wanted;
        }).Holds(5000);

    [Fact]
    public void A_large_budget_is_spread_evenly_and_a_small_one_returns_to_one_row()
    {
        List<BudgetShard> rows = [new(0, 1_000_000, 0)];
        rows = EscrowPlan.Spread(rows, 1_000_000, 3, 1, 1, 16);
        Assert.Equal([new BudgetShard(0, 500_000, 0), new BudgetShard(3, 500_000, 0)], rows);
        rows = EscrowPlan.Spread(rows, 1_000_000, 5, 1, 1, 16);
        Assert.Equal([333_334, 333_333, 333_333], rows.Select(row => row.Granted));

        List<BudgetShard> used = [new(0, 400_000, 399_990), new(3, 300_000, 300_000), new(5, 300_000, 300_000)];
        Assert.Equal([new BudgetShard(0, 1_000_000, 999_990)], EscrowPlan.Spread(used, 1_000_000, 5, 1, 1, 16));
    }

    [Fact]
    public void A_lower_limit_than_what_is_taken_leaves_one_row_that_owes()
    {
        List<BudgetShard> rows = [new(0, 500_000, 10), new(1, 500_000, 90)];
        Assert.Equal([new BudgetShard(0, 50, 100)], EscrowPlan.Spread(rows, 50, 1, 1, 1, 16));
    }

    [Fact]
    public void With_one_shard_every_budget_is_one_row() =>
        Assert.Equal([new BudgetShard(0, 1_000_000, 0)], EscrowPlan.Spread([new(0, 1_000_000, 0)], 1_000_000, 1, 1, 1, 1));

    private static Gen<Case> Cases() =>
        from maxShards in Gen.Choose(1, 16)
        from others in Gen.Choose(0, maxShards)
        from takens in Gen.ArrayOf(Gen.Choose(-50, 100_000), others + 1)
        from free in Gen.Choose(-10, 3_000_000)
        from limitChange in Gen.OneOf(Gen.Constant(0), Gen.Choose(-100_000, 100_000))
        from own in Gen.Choose(1, maxShards)
        from wanted in Gen.OneOf(Gen.Choose(0, 10), Gen.Choose(0, 3_000_000))
        from unit in Gen.OneOf(Gen.Constant(1), Gen.Choose(1, 1000))
        select new Case(
            [.. takens.Select((taken, i) => new BudgetShard((short)i, 0, taken))], Math.Max(0, takens.Sum() + (long)free + limitChange), (short)own, wanted, unit, maxShards);

    private sealed record Case(List<BudgetShard> Rows, long Limit, short Own, long Wanted, long Unit, int MaxShards);
}
