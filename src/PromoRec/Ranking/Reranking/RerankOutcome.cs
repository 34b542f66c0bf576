namespace PromoRec.Ranking.Reranking;

/// <summary>What filling the places from a pool came to.</summary>
/// <param name="Count">Places filled.</param>
/// <param name="OverLimit">Offers that a limit held back.</param>
/// <param name="IsEnough">Whether a larger pool could not have filled more places or met more of the minima.</param>
internal readonly record struct RerankOutcome(int Count, int OverLimit, bool IsEnough);
