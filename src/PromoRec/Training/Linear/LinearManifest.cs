using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PromoRec.Models;
using PromoRec.Models.Linear;

namespace PromoRec.Training.Linear;

/// <summary>Writes down where a linear model comes from.</summary>
internal static class LinearManifest
{
    private const int VersionLength = 12;

    public static ModelManifest Create(string algorithm, LinearLoss loss, ulong seed, SortedDictionary<string, string> options, string fingerprint, SortedDictionary<string, double> metrics)
    {
        options["loss"] = NameOf(loss);
        string origin = string.Join('\n', options.Select(option => $"{option.Key}={option.Value}").Prepend(algorithm).Append(Text(seed)).Append(fingerprint));
        return new ModelManifest
        {
            Version = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(origin)))[..VersionLength],
            Algorithm = algorithm,
            Seed = seed,
            Options = options,
            DataFingerprint = fingerprint,
            Metrics = metrics,
        };
    }

    public static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);

    private static string NameOf(LinearLoss loss) => loss switch
    {
        LinearLoss.Logistic => "logistic",
        LinearLoss.Squared => "squared",
        LinearLoss.Hinge => "hinge",
        _ => "squared-hinge",
    };
}
