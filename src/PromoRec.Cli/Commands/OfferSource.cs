using PromoRec.Ranking.Reranking;

namespace PromoRec.Cli.Commands;

/// <summary>Offers to rank, and what ranking them needs to know.</summary>
internal sealed record OfferSource
{
    public required CatalogSnapshot Snapshot { get; init; }

    public required IReadOnlyDictionary<UserId, IReadOnlySet<string>> Segments { get; init; }

    /// <summary>The time at which offers must be valid; null for now.</summary>
    public required DateTimeOffset? At { get; init; }

    public required double TargetSizeExponent { get; init; }

    /// <summary>By what offers are put in order.</summary>
    public RankBy RankBy { get; init; }

    /// <summary>What else decides about places beside the score; nothing unless set.</summary>
    public RerankingOptions Reranking { get; init; } = new();
}
