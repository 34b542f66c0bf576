namespace PromoRec.Models.Hybrid;

/// <summary>What is wrong with a ladder, one sentence a fault.</summary>
internal static class LadderFaults
{
    /// <summary>The names of a rung of popularity that no member stands for.</summary>
    private static readonly string[] NamesOfPopularity = ["popularity", string.Empty];

    /// <summary>The names of the rung of the hybrid itself.</summary>
    private static readonly string[] NamesOfHybrid = ["hybrid", string.Empty];

    /// <param name="ladder">The rungs.</param>
    /// <param name="members">The members of the hybrid.</param>
    public static List<string> Of(LadderRung[] ladder, HybridMember[] members)
    {
        if (Array.IndexOf(ladder, null) >= 0)
        {
            return ["one of its rungs is null"];
        }

        List<string> faults = [.. ladder.GroupBy(rung => rung.Tier).Where(same => same.Count() > 1).Select(same => $"{same.Count()} rungs are of {same.Key}")];
        foreach (LadderRung rung in ladder)
        {
            if (rung.Tier is < RankTier.Popularity or > RankTier.Hybrid)
            {
                faults.Add($"the rung '{rung.Name}' is of {rung.Tier}, and rungs are of {RankTier.Popularity} to {RankTier.Hybrid}");
                continue;
            }

            string[] names = NamesOf(rung.Tier, members);
            if (!names.Contains(rung.Name, StringComparer.Ordinal))
            {
                string[] given = [.. names.Where(name => name.Length > 0).Select(name => $"'{name}'")];
                faults.Add($"the rung of {rung.Tier} names '{rung.Name}', but {(given.Length == 0 ? "no member is of that kind" : $"what it can name is {string.Join(", ", given)}")}");
            }
        }

        return faults;
    }

    private static string[] NamesOf(RankTier tier, HybridMember[] members) =>
    [
        .. tier == RankTier.Popularity ? NamesOfPopularity : tier == RankTier.Hybrid ? NamesOfHybrid : [],
        .. members.Where(member => member.Model.Tier == tier).Select(member => member.Name),
    ];
}
