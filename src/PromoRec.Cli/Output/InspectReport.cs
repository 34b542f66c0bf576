using System.Text.Json.Serialization;

namespace PromoRec.Cli.Output;

/// <summary>What <c>inspect --json</c> writes.</summary>
internal sealed record InspectReport
{
    public required string File { get; init; }

    public required long Bytes { get; init; }

    /// <summary>Whether it is a PromoRec model, and not another safetensors file.</summary>
    public required bool IsModel { get; init; }

    public required int FormatVersion { get; init; }

    public required string? Version { get; init; }

    public required string? Algorithm { get; init; }

    public required int Factors { get; init; }

    public required ulong? Seed { get; init; }

    public required string? DataFingerprint { get; init; }

    public required IReadOnlyDictionary<string, string>? Options { get; init; }

    public required IReadOnlyDictionary<string, double>? Metrics { get; init; }

    /// <summary>What a hybrid is made of; null for other models.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public HybridReport? Hybrid { get; init; }

    /// <summary>The features of a linear model; null for other models.</summary>
    public required IReadOnlyList<FeatureFieldEntry>? Features { get; init; }

    /// <summary>Columns that the features become; 0 for other models.</summary>
    public required int Columns { get; init; }

    /// <summary>The text entries of the header, as they stand in the file.</summary>
    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    public required IReadOnlyList<TensorEntry> Tensors { get; init; }

    /// <summary>"matches", "differs" or "absent".</summary>
    public required string Checksum { get; init; }
}
