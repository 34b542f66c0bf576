using System.Text.Json.Serialization;

namespace PromoRec.Cli.Output;

/// <summary>What one source of scores says of one offer.</summary>
internal sealed record SourceEntry
{
    public required string Name { get; init; }

    public required string Tier { get; init; }

    public required bool Answered { get; init; }

    public required float Weight { get; init; }

    public required float? Score { get; init; }

    /// <summary>From 1, among the offers that may be shown.</summary>
    public required int? Rank { get; init; }

    /// <summary>How many offers it might name; null for a model that answers alone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Quota { get; init; }

    public required bool Named { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public float? LastNamedScore { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public float? Normalised { get; init; }

    public required float? Term { get; init; }
}
