using System.Text.Json;
using System.Text.Json.Serialization;

namespace PromoRec.Cli.Output;

/// <summary>What is to be done with one offer, one customer and one channel.</summary>
internal sealed record PlanEntry
{
    public required string User { get; init; }

    public required string Offer { get; init; }

    public required string Channel { get; init; }

    /// <summary>"send", "defer" or "drop".</summary>
    public required string Outcome { get; init; }

    /// <summary>When it is deferred, the instant until which.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public required DateTimeOffset? Until { get; init; }

    /// <summary>Why it is not sent now.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public required string? Reason { get; init; }

    /// <summary>The rule that decided.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public required string? Rule { get; init; }

    /// <summary>The decision with what every rule saw and said.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public required JsonElement? Decision { get; init; }
}
