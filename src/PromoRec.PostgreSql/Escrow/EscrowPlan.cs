namespace PromoRec.PostgreSql.Escrow;

/// <summary>How what is left of a budget is spread over its rows. Pure: the rows are locked by whoever asks.</summary>
/// <remarks>
/// While much is left, each lane has a row of its own and equal shares, so nobody waits for anybody. Shares are made equal anew whenever one is
/// used up, which takes back those of lanes that are gone. Near the end everything returns to row 0, which alone is then exact.
/// </remarks>
internal static class EscrowPlan
{
    // How many claims a share must be good for, or it is not worth the move.
    private const int LeastClaims = 16;
    private const int LeastClaimsToSpread = 64;

    /// <summary>Whether so much is left that lanes should have rows of their own.</summary>
    public static bool IsLarge(long left, long unit, int maxShards) => maxShards > 1 && left / unit / LeastClaimsToSpread >= maxShards;

    /// <param name="rows">All rows, row 0 first; their taken units do not change.</param>
    /// <param name="limit">The limit that holds from now on.</param>
    /// <param name="own">The row of the lane that asks.</param>
    /// <param name="wanted">What this lane needs at once.</param>
    /// <param name="unit">The amount of a large claim.</param>
    /// <param name="maxShards">Most rows beside row 0; 1 for none.</param>
    /// <returns>All rows that there are to be, row 0 first.</returns>
    public static List<BudgetShard> Spread(IReadOnlyList<BudgetShard> rows, long limit, short own, long wanted, long unit, int maxShards)
    {
        long left = limit - rows.Sum(row => row.Taken);
        bool isNewRow = rows.All(row => row.Shard != own) && IsLarge(left, unit, maxShards);
        List<BudgetShard> spread = [.. rows];
        if (isNewRow)
        {
            spread.Add(new BudgetShard(own, 0, 0));
        }

        long share = left > 0 ? left / spread.Count : 0;
        if (spread.Count == 1 || share / unit < LeastClaims || spread.All(row => row.Shard != own))
        {
            return [new BudgetShard(0, limit, limit - left)];
        }

        long mine = Math.Max(share, Math.Min(wanted, left));
        long others = (left - mine) / (spread.Count - 1);
        return [.. WithHomeKeepingTheRest(spread, row => row.Taken + (row.Shard == own ? mine : others), limit)];
    }

    private static IEnumerable<BudgetShard> WithHomeKeepingTheRest(List<BudgetShard> rows, Func<BudgetShard, long> granted, long limit)
    {
        long elsewhere = 0;
        for (int i = 1; i < rows.Count; i++)
        {
            elsewhere += granted(rows[i]);
        }

        yield return rows[0] with { Granted = limit - elsewhere };
        for (int i = 1; i < rows.Count; i++)
        {
            yield return rows[i] with { Granted = granted(rows[i]) };
        }
    }
}
