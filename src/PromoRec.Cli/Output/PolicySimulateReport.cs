namespace PromoRec.Cli.Output;

/// <summary>What <c>policy simulate --json</c> writes.</summary>
internal sealed record PolicySimulateReport
{
    /// <summary>Pushes that were attempted.</summary>
    public required long Attempts { get; init; }

    public required int Customers { get; init; }

    public required DateTimeOffset First { get; init; }

    public required DateTimeOffset Last { get; init; }

    public required int BadRows { get; init; }

    public required PolicyReplayReport Policies { get; init; }

    /// <summary>The same under the other file; null without --against.</summary>
    public required PolicyReplayReport? Against { get; init; }

    /// <summary>Attempts by which of the two files sends them; null without --against.</summary>
    public required ComparisonReport? Comparison { get; init; }

    public required double Seconds { get; init; }
}
