using System.Globalization;

namespace PromoRec.Models.Artifacts;

/// <summary>The text entries of a model file: where the model comes from, and the few numbers that are no tensors.</summary>
/// <remarks>Numbers are invariant text that reads back to the same bits.</remarks>
internal static class ModelMetadata
{
    private const string Version = "model.version";
    private const string Algorithm = "model.algorithm";
    private const string Seed = "model.seed";
    private const string DataFingerprint = "model.data_fingerprint";
    private const string Factors = "model.factors";
    private const string OptionPrefix = "option.";
    private const string MetricPrefix = "metric.";
    private const string Regularization = "objective.regularization";
    private const string RegularizationExponent = "objective.regularization_exponent";
    private const string Alpha = "objective.alpha";
    private const string AddOneToConfidence = "objective.add_one_to_confidence";
    private const string UnobservedWeight = "objective.unobserved_weight";
    private const string UnobservedOverRest = "objective.unobserved_over_rest";

    public static SortedDictionary<string, string> Of(FactorModel model)
    {
        ImplicitObjective objective = model.Objective;
        var entries = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [ModelFormat.FormatKey] = ModelFormat.FormatName,
            [ModelFormat.VersionKey] = ModelFormat.CurrentVersion.ToString(CultureInfo.InvariantCulture),
            [Version] = model.Manifest.Version,
            [Algorithm] = model.Manifest.Algorithm,
            [Seed] = model.Manifest.Seed.ToString(CultureInfo.InvariantCulture),
            [DataFingerprint] = model.Manifest.DataFingerprint,
            [Factors] = model.Factors.ToString(CultureInfo.InvariantCulture),
            [Regularization] = Text(objective.Regularization),
            [RegularizationExponent] = Text(objective.RegularizationExponent),
            [Alpha] = Text(objective.Alpha),
            [AddOneToConfidence] = Text(objective.AddOneToConfidence),
            [UnobservedWeight] = Text(objective.UnobservedWeight),
            [UnobservedOverRest] = Text(objective.UnobservedOverRest),
        };
        foreach ((string name, string value) in model.Manifest.Options)
        {
            entries[OptionPrefix + name] = value;
        }

        foreach ((string name, double value) in model.Manifest.Metrics)
        {
            entries[MetricPrefix + name] = Text(value);
        }

        return entries;
    }

    public static ModelManifest ReadManifest(ArtifactBytes bytes, TensorFile file)
    {
        var options = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var metrics = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach ((string key, string value) in file.Metadata)
        {
            if (key.StartsWith(OptionPrefix, StringComparison.Ordinal))
            {
                options.Add(key[OptionPrefix.Length..], value);
            }
            else if (key.StartsWith(MetricPrefix, StringComparison.Ordinal))
            {
                metrics.Add(key[MetricPrefix.Length..], Number(bytes, file, key));
            }
        }

        return new ModelManifest
        {
            Version = Required(bytes, file, Version),
            Algorithm = Required(bytes, file, Algorithm),
            Seed = ulong.TryParse(Required(bytes, file, Seed), NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed) ? seed : throw Malformed(bytes, Seed, "a whole number from 0 to 2^64 - 1"),
            DataFingerprint = Required(bytes, file, DataFingerprint),
            Options = options,
            Metrics = metrics,
        };
    }

    public static ImplicitObjective ReadObjective(ArtifactBytes bytes, TensorFile file) => new(
        NotNegative(bytes, file, Regularization),
        NotNegative(bytes, file, RegularizationExponent),
        NotNegative(bytes, file, Alpha),
        Flag(bytes, file, AddOneToConfidence),
        NotNegative(bytes, file, UnobservedWeight),
        Flag(bytes, file, UnobservedOverRest));

    public static int ReadFactors(ArtifactBytes bytes, TensorFile file) =>
        int.TryParse(Required(bytes, file, Factors), NumberStyles.None, CultureInfo.InvariantCulture, out int factors) && factors is >= 1 and <= ModelFormat.MaxFactors
            ? factors
            : throw Malformed(bytes, Factors, $"a whole number from 1 to {ModelFormat.MaxFactors}");

    private static string Required(ArtifactBytes bytes, TensorFile file, string key) =>
        file.Metadata.TryGetValue(key, out string? value) ? value : throw bytes.Fault(TensorFile.PrefixLength, $"the metadata lack {key}", "it in the metadata of every model");

    private static double Number(ArtifactBytes bytes, TensorFile file, string key) =>
        double.TryParse(Required(bytes, file, key), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : throw Malformed(bytes, key, "a number");

    private static double NotNegative(ArtifactBytes bytes, TensorFile file, string key)
    {
        double number = Number(bytes, file, key);
        return double.IsFinite(number) && number >= 0 ? number : throw Malformed(bytes, key, "a finite number, 0 or above");
    }

    private static bool Flag(ArtifactBytes bytes, TensorFile file, string key) => Required(bytes, file, key) switch
    {
        "true" => true,
        "false" => false,
        _ => throw Malformed(bytes, key, "true or false"),
    };

    private static ArtifactException Malformed(ArtifactBytes bytes, string key, string expected) =>
        bytes.Fault(TensorFile.PrefixLength, $"the metadata {key[..Math.Min(key.Length, 60)]} cannot be read", expected);

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Text(bool value) => value ? "true" : "false";
}
