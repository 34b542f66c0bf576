using System.Text.Json.Serialization;

namespace PromoRec.Cli.Output;

/// <summary>What a stacked hybrid was learnt from.</summary>
internal sealed record StackingReport
{
    /// <summary>The moments, in the order of time; the last one judged.</summary>
    public required IReadOnlyList<StackingOccasionEntry> Occasions { get; init; }

    /// <summary>What a person should know of it; null for nothing.</summary>
    [JsonIgnore]
    public string? Warning { get; init; }
}
