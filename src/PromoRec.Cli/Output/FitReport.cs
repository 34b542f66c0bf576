using System.Text.Json.Serialization;

namespace PromoRec.Cli.Output;

/// <summary>What <c>fit --json</c> writes.</summary>
internal sealed record FitReport
{
    /// <summary>The model file; null when it was only trained to be evaluated.</summary>
    public string? Model { get; init; }

    public required string Version { get; init; }

    public required string Algorithm { get; init; }

    /// <summary>0 for models without factors.</summary>
    public required int Factors { get; init; }

    public required int Users { get; init; }

    public required int Items { get; init; }

    /// <summary>Customer and item pairs with a value.</summary>
    public required int Pairs { get; init; }

    public required DataReport Data { get; init; }

    /// <summary>All of the command, reading included.</summary>
    public required double Seconds { get; init; }

    public required double ReadSeconds { get; init; }

    public required double TrainSeconds { get; init; }

    public required IReadOnlyList<double> IterationSeconds { get; init; }

    public required long PeakBytes { get; init; }

    /// <summary>Null unless --loss asks for it.</summary>
    public required double? Loss { get; init; }

    /// <summary>What a hybrid is made of; null for other models.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public HybridReport? Hybrid { get; init; }
}
