using System.Text.Json.Serialization;

namespace PromoRec.Cli.Output;

/// <summary>One reason of a place in a ranking.</summary>
/// <param name="Kind">"because-you-liked", "popular" or "ending-soon".</param>
/// <param name="Item">The item it is about; null where it is about none.</param>
/// <param name="Weight">What it adds to the score, where it has a weight.</param>
internal sealed record ReasonEntry(string Kind, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Item, double Weight);
