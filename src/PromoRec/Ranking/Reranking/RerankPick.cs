namespace PromoRec.Ranking.Reranking;

/// <summary>One place of a re-ranked answer.</summary>
/// <param name="Row">The offer's row.</param>
/// <param name="Score">Its score, unchanged.</param>
/// <param name="Placement">Why it has the place.</param>
/// <param name="Propensity">How likely the draws made it; null where nothing was drawn.</param>
internal readonly record struct RerankPick(int Row, float Score, RankPlacement Placement, float? Propensity);
