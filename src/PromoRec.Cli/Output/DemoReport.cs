namespace PromoRec.Cli.Output;

/// <summary>What <c>demo --json</c> writes.</summary>
internal sealed record DemoReport
{
    public required FitReport Training { get; init; }

    /// <summary>Items: the model's metrics on what customers bought after the cut.</summary>
    public required IReadOnlyDictionary<string, double?> Metrics { get; init; }

    /// <summary>The same for the popularity baseline.</summary>
    public required IReadOnlyDictionary<string, double?> Popularity { get; init; }

    public required int Users { get; init; }

    /// <summary>Offers: the same on what customers redeemed after the cut; null where nothing was redeemed.</summary>
    public required IReadOnlyDictionary<string, double?>? OfferMetrics { get; init; }

    /// <summary>The offers that everybody would get without personalisation.</summary>
    public required IReadOnlyDictionary<string, double?>? OfferPopularity { get; init; }

    public required int OfferUsers { get; init; }

    /// <summary>Where training ends and the test begins.</summary>
    public required DateTimeOffset? Cut { get; init; }

    public required IReadOnlyList<RankReport> Rankings { get; init; }

    public required string Model { get; init; }

    public required double Seconds { get; init; }
}
