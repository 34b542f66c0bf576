using System.Text.Json.Serialization;

namespace PromoRec.Cli.Output;

/// <summary>One place of a ranking.</summary>
internal sealed record RankedEntry
{
    /// <summary>Id of the offer; null where items were ranked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Offer { get; init; }

    /// <summary>Id of the item; null where offers were ranked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Item { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Text { get; init; }

    public required float Score { get; init; }

    /// <summary>The probability that a customer who takes something takes it; null where the model gives none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public float? Probability { get; init; }

    /// <summary>Probability times margin less cost; null where the order is not that of expected values.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public float? ExpectedValue { get; init; }

    /// <summary>The members of a hybrid that named the offer; null where a single model answered.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Sources { get; init; }

    /// <summary>Why it stands here, strongest first; null unless --explain asks for it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ReasonEntry>? Reasons { get; init; }
}
