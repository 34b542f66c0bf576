namespace PromoRec.Testing.Simulation;

/// <summary>A campaign: offers that the simulated shop runs in the same weeks.</summary>
public sealed record SimulatedCampaign
{
    /// <summary>The campaign's id, such as <c>campaign-3</c>.</summary>
    public required string Id { get; init; }

    /// <summary>First instant; its offers begin then or up to three days later.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>First instant after it; its offers end then or up to three days earlier.</summary>
    public required DateTimeOffset End { get; init; }

    /// <summary>Numbers of its offers.</summary>
    public required IReadOnlyList<int> Offers { get; init; }
}
