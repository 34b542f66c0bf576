namespace PromoRec;

/// <summary>What a ranking rests on and what it left out.</summary>
/// <param name="Count">Offers returned.</param>
/// <param name="Tier">Which kind of knowledge answered.</param>
/// <param name="ModelVersion">Version of the model that answered; empty when there is none yet.</param>
/// <param name="Excluded">How many offers were left out, and why.</param>
public readonly record struct RankSummary(int Count, RankTier Tier, string ModelVersion, ExclusionCounts Excluded)
{
    /// <summary>Why this tier answered.</summary>
    public RankTierReason TierReason { get; init; }

    /// <summary>By what the offers stand in order: by their scores, whatever <see cref="Ranking.RankingOptions.RankBy"/> says, where what answered gives no probability.</summary>
    public RankBy RankedBy { get; init; }
}
