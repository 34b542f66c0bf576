namespace PromoRec.Cli.Commands;

/// <summary>The name of a tier in reports.</summary>
internal static class TierName
{
    public static string Of(RankTier tier) => tier switch
    {
        RankTier.Hybrid => "hybrid",
        RankTier.Als => "als",
        RankTier.Neighbours => "neighbours",
        RankTier.Content => "content",
        RankTier.Popularity => "popularity",
        _ => "rules",
    };
}
