using System.Text.Json.Serialization;

namespace PromoRec.Cli.Output;

/// <summary>What <c>rank --why --json</c> writes.</summary>
internal sealed record WhyReport
{
    public required string User { get; init; }

    public required string Offer { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Text { get; init; }

    /// <summary>The stage that decided: "not-in-catalog", "left-out", "not-named", "outscored", "reranked" or "returned".</summary>
    public required string Stage { get; init; }

    /// <summary>Why it was left out, by the names of <see cref="RankReport.Excluded"/>; null where it was not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Exclusion { get; init; }

    /// <summary>The limit that held it back; null where none did.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LimitEntry? Limit { get; init; }

    /// <summary>How many offers the ranking returned.</summary>
    public required int Returned { get; init; }

    public required string Tier { get; init; }

    /// <summary>Why this tier answered: "highest", "no-model", "nothing-known" or "higher-did-not-win".</summary>
    public required string TierReason { get; init; }

    public required string ModelVersion { get; init; }

    /// <summary>From 1; null where it was not put in order.</summary>
    public required int? Place { get; init; }

    public required float? Score { get; init; }

    /// <summary>The score of the last offer that was returned; null where none was.</summary>
    public required float? LastScore { get; init; }

    /// <summary>Probability times margin less cost; null where the order is not that of expected values.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public float? ExpectedValue { get; init; }

    /// <summary>The expected value of the last offer that was returned; null where the order is not that of expected values.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public float? LastExpectedValue { get; init; }

    /// <summary>By how much it lost, in expected values where those decide; null unless it was outscored.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public float? Deficit { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public float? Probability { get; init; }

    /// <summary>What each source of scores says.</summary>
    public required IReadOnlyList<SourceEntry> Sources { get; init; }

    /// <summary>Where the log odds of a stacked hybrid start; null in other rankings.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Intercept { get; init; }

    /// <summary>What adds to these log odds; null in other rankings.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SignalContribution>? Signals { get; init; }

    public required IReadOnlyList<ReasonEntry> Reasons { get; init; }

    /// <summary>What past items add to the score, the largest first.</summary>
    public required IReadOnlyList<PastItemEntry> PastItems { get; init; }
}
