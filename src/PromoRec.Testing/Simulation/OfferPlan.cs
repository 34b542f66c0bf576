namespace PromoRec.Testing.Simulation;

/// <summary>An offer as the simulation uses it: positions instead of ids. Times are milliseconds since the start.</summary>
internal sealed class OfferPlan
{
    public required int Number { get; init; }

    public required int Campaign { get; init; }

    public required OfferTerms Terms { get; init; }

    public required OfferTargetKind TargetKind { get; init; }

    /// <summary>Items, categories or brands; empty for the whole shop.</summary>
    public required int[] Targets { get; init; }

    /// <summary>What the customer saves, as a share of the usual price: 0 to 1.</summary>
    public required double Depth { get; init; }

    /// <summary>Share of the views of a customer without any taste that go to the targets.</summary>
    public required double BaseMass { get; init; }

    public required long ValidFrom { get; init; }

    public required long ValidTo { get; init; }

    public decimal? MinimumSpend { get; init; }

    public int? Budget { get; init; }

    public string? Segment { get; init; }
}
