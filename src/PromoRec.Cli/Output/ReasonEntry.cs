using System.Text.Json.Serialization;

namespace PromoRec.Cli.Output;

/// <summary>One reason of a place in a ranking.</summary>
/// <param name="Kind">The kind, such as "because-you-liked", "popular" or "ending-soon".</param>
/// <param name="Item">The item it is about; null where it is about none.</param>
/// <param name="Weight">What it adds to the score, where it has a weight.</param>
internal sealed record ReasonEntry(string Kind, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Item, double Weight)
{
    /// <summary>The category, brand or segment it is about; null where it is about none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Name { get; init; }

    /// <summary>What is said to people.</summary>
    [JsonIgnore]
    public string Text { get; init; } = string.Empty;
}
