namespace PromoRec.Ranking.Reranking;

/// <summary>What re-ranking knows of one request.</summary>
internal readonly ref struct RerankCall
{
    /// <summary>How many places there are to fill: no more than offers that may be shown.</summary>
    public int Places { get; init; }

    /// <summary>How many offers may be shown.</summary>
    public int Admitted { get; init; }

    /// <summary>How many places each quota wants at least, as far as there are offers for it.</summary>
    public ReadOnlySpan<int> Wanted { get; init; }

    /// <summary>The rows of the new offers that may be shown; none where nothing is explored.</summary>
    public ReadOnlySpan<int> NewRows { get; init; }

    /// <summary>An offer is new whose start lies after this tick.</summary>
    public long NewAfter { get; init; }

    /// <summary>The draws of the customer.</summary>
    public ExplorationDraw Draw { get; init; }

    /// <summary>How many places each merchant is to have had when these are served; 0 where no floor is set.</summary>
    public double FloorTarget { get; init; }
}
