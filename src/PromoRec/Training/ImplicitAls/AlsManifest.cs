using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PromoRec.Datasets;
using PromoRec.Models;

namespace PromoRec.Training.ImplicitAls;

/// <summary>Writes down where an ALS model comes from.</summary>
internal static class AlsManifest
{
    private const int VersionLength = 12;

    public static ModelManifest Create(InteractionDataset dataset, ImplicitAlsOptions options, FactorModel? warmStart, double? loss)
    {
        // Threads and ComputeLoss are left out: they change no factor, so models that differ in them are the same model.
        SortedDictionary<string, string> values = new(StringComparer.Ordinal)
        {
            ["factors"] = Text(options.Factors),
            ["iterations"] = Text(options.Iterations),
            ["regularization"] = Text(options.Regularization),
            ["regularization-exponent"] = Text(options.RegularizationExponent),
            ["alpha"] = Text(options.Alpha),
            ["add-one-to-confidence"] = options.AddOneToConfidence ? "true" : "false",
            ["unobserved-weight"] = Text(options.UnobservedWeight),
            ["unobserved-over"] = options.UnobservedOver == UnobservedPairs.Rest ? "rest" : "all",
            ["solver"] = options.Solver == AlsSolver.Cholesky ? "cholesky" : "cg",
            ["initial-scale"] = Text(options.InitialScale),
        };
        if (options.Solver == AlsSolver.ConjugateGradient)
        {
            values["cg-steps"] = Text(options.ConjugateGradientSteps);
        }

        if (warmStart is not null)
        {
            values["warm-start"] = warmStart.Manifest.Version;
        }

        string origin = string.Join('\n', values.Select(option => $"{option.Key}={option.Value}").Append(Text(options.Seed)).Append(dataset.Fingerprint));
        string version = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(origin)))[..VersionLength];
        return new ModelManifest
        {
            Version = version,
            Algorithm = "implicit-als",
            Seed = options.Seed,
            Options = values,
            DataFingerprint = dataset.Fingerprint,
            Metrics = loss is { } value ? new Dictionary<string, double> { ["loss"] = value } : [],
        };
    }

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
