namespace PromoRec.Models;

/// <summary>Where a model comes from: what it was trained on and how, and how well it did.</summary>
public sealed record ModelManifest
{
    /// <summary>Version of the model: short, equal for models of equal data, options and seed, and safe to log.</summary>
    public required string Version { get; init; }

    /// <summary>The family of the model, "implicit-als" for instance, or "imported".</summary>
    public required string Algorithm { get; init; }

    /// <summary>Seed of the training run.</summary>
    public ulong Seed { get; init; }

    /// <summary>The options of the training run by name, as invariant text.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();

    /// <summary>Fingerprint of the dataset; empty for an imported model.</summary>
    public string DataFingerprint { get; init; } = string.Empty;

    /// <summary>Figures measured on the model, by name: "loss", "hr@10".</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = new Dictionary<string, double>();
}
