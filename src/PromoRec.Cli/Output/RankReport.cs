using System.Text.Json.Serialization;

namespace PromoRec.Cli.Output;

/// <summary>What <c>rank --json</c> writes.</summary>
internal sealed record RankReport
{
    public required string User { get; init; }

    /// <summary>Which kind of knowledge answered: "als", "popularity" or "rules".</summary>
    public required string Tier { get; init; }

    /// <summary>Why this tier answered, and not a higher one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TierReason { get; init; }

    public required string ModelVersion { get; init; }

    /// <summary>The ranking, best first.</summary>
    public required IReadOnlyList<RankedEntry> Ranking { get; init; }

    /// <summary>How many offers were left out, by reason; null where items were ranked.</summary>
    public required IReadOnlyDictionary<string, int>? Excluded { get; init; }
}
