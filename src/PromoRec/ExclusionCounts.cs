namespace PromoRec;

/// <summary>How many offers of the catalog a request left out, each counted once under the first reason that applied, in this order.</summary>
public readonly record struct ExclusionCounts
{
    /// <summary>Not valid yet, or no longer.</summary>
    public int NotValidNow { get; init; }

    /// <summary>For a segment the customer is not in.</summary>
    public int NotInSegment { get; init; }

    /// <summary>Not among <see cref="RankRequest.Only"/>, or among <see cref="RankRequest.Except"/>.</summary>
    public int NotRequested { get; init; }

    /// <summary>Redeemed by the customer; see <see cref="RankRequest.HideRedeemed"/>.</summary>
    public int Redeemed { get; init; }

    /// <summary>Purchased by the customer; see <see cref="RankRequest.HidePurchased"/>.</summary>
    public int Purchased { get; init; }

    /// <summary>Refused by <see cref="RankRequest.Where"/>.</summary>
    public int NotWhere { get; init; }

    /// <summary>Good enough for a place, but as many offers of its category had places as <see cref="Ranking.Reranking.RerankingOptions.MaxPerCategory"/> allows.</summary>
    public int OverCategoryLimit { get; init; }

    /// <summary>Good enough for a place, but as many offers of its brand had places as <see cref="Ranking.Reranking.RerankingOptions.MaxPerBrand"/> allows.</summary>
    public int OverBrandLimit { get; init; }

    /// <summary>Good enough for a place, but as many offers of a slot quota had places as its <see cref="Ranking.Reranking.SlotQuota.Maximum"/> allows.</summary>
    public int OverQuota { get; init; }

    /// <summary>Good enough for a place, but held back by a limit of the re-ranking. 0 unless <see cref="Ranking.RankingOptions.Reranking"/> sets a limit.</summary>
    public int OverLimit => OverCategoryLimit + OverBrandLimit + OverQuota;

    /// <summary>All of them together.</summary>
    public int Total => NotValidNow + NotInSegment + NotRequested + Redeemed + Purchased + NotWhere + OverLimit;
}
