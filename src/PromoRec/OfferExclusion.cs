namespace PromoRec;

/// <summary>Why an offer was left out of a ranking: the first reason that applies, in this order, as in <see cref="ExclusionCounts"/>.</summary>
public enum OfferExclusion
{
    /// <summary>It was not left out.</summary>
    None = 0,

    /// <summary>Not valid yet, or no longer.</summary>
    NotValidNow = 1,

    /// <summary>For a segment the customer is not in.</summary>
    NotInSegment = 2,

    /// <summary>Not among <see cref="RankRequest.Only"/>, or among <see cref="RankRequest.Except"/>.</summary>
    NotRequested = 3,

    /// <summary>Redeemed by the customer; see <see cref="RankRequest.HideRedeemed"/>.</summary>
    Redeemed = 4,

    /// <summary>Purchased by the customer; see <see cref="RankRequest.HidePurchased"/>.</summary>
    Purchased = 5,

    /// <summary>Refused by <see cref="RankRequest.Where"/>.</summary>
    NotWhere = 6,

    /// <summary>Good enough for a place, but held back by <see cref="Ranking.Reranking.RerankingOptions.MaxPerCategory"/>; <see cref="OfferExplanation.Limit"/> says for which category.</summary>
    OverCategoryLimit = 7,

    /// <summary>Good enough for a place, but held back by <see cref="Ranking.Reranking.RerankingOptions.MaxPerBrand"/>; <see cref="OfferExplanation.Limit"/> says for which brand.</summary>
    OverBrandLimit = 8,

    /// <summary>Good enough for a place, but held back by <see cref="Ranking.Reranking.SlotQuota.Maximum"/>; <see cref="OfferExplanation.Limit"/> says of which quota.</summary>
    OverQuota = 9,
}
