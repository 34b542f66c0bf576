namespace PromoRec;

/// <summary>Why the re-ranking gave an offer its place; see <see cref="Ranking.Reranking.RerankingOptions"/>.</summary>
public enum RankPlacement
{
    /// <summary>It was the best that was left, by its score or by what the re-ranking mixes with it.</summary>
    Score = 0,

    /// <summary>The minimum of a slot quota needed the place, and a better offer had to stand back.</summary>
    Quota = 1,

    /// <summary>The exposure floor of its merchant needed the place, and a better offer had to stand back.</summary>
    MerchantFloor = 2,

    /// <summary>The place was drawn for exploration, and the offer among the new ones.</summary>
    Exploration = 3,
}
