namespace PromoRec.Ranking.Reranking;

/// <summary>What filling the places from a pool came to.</summary>
/// <param name="Count">Places filled.</param>
/// <param name="IsEnough">Whether a larger pool could not have filled more places or met more of the minima.</param>
internal readonly record struct RerankOutcome(int Count, bool IsEnough)
{
    /// <summary>Offers that the limit of a category held back.</summary>
    public int OverCategoryLimit { get; init; }

    /// <summary>Offers that the limit of a brand held back.</summary>
    public int OverBrandLimit { get; init; }

    /// <summary>Offers that the maximum of a quota held back.</summary>
    public int OverQuota { get; init; }

    /// <summary>The counts of what was left out before, with those that a limit held back.</summary>
    public ExclusionCounts AddTo(ExclusionCounts counts) => counts with { OverCategoryLimit = OverCategoryLimit, OverBrandLimit = OverBrandLimit, OverQuota = OverQuota };
}
