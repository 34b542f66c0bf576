namespace PromoRec.Ranking.Reranking;

/// <summary>An offer that would have had a place, but for a limit.</summary>
/// <param name="Row">Its row.</param>
/// <param name="Limit">The limit: the number of a category or brand, or the complement of the number of a quota.</param>
internal readonly record struct HeldBackOffer(int Row, int Limit);
