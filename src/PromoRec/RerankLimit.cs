namespace PromoRec;

/// <summary>A limit of the re-ranking that held an offer back: as many offers as it allows had places already.</summary>
public sealed record RerankLimit
{
    /// <summary>The category or brand; for a slot quota which offers it is for, such as "FreeShipping, category tea".</summary>
    public required string Name { get; init; }

    /// <summary>The most places.</summary>
    public required int Most { get; init; }

    /// <summary>The number of the slot quota in <see cref="Ranking.Reranking.RerankingOptions.Quotas"/>, from 0; null for a category or brand.</summary>
    public int? Quota { get; init; }
}
