using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using PromoRec.Datasets;
using PromoRec.Models;
using PromoRec.Numerics;

namespace PromoRec.Training;

/// <summary>Writes down where a model comes from.</summary>
internal static class TrainedManifest
{
    private const int VersionLength = 12;

    /// <param name="algorithm">The family of the model.</param>
    /// <param name="dataset">What it was trained on.</param>
    /// <param name="options">The options that matter to the model, by name.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="metrics">Figures measured on the model.</param>
    public static ModelManifest Create(string algorithm, InteractionDataset dataset, SortedDictionary<string, string> options, ulong seed = 0, IReadOnlyDictionary<string, double>? metrics = null)
    {
        // Two families may have the same options: item-knn and user-knn have.
        string origin = string.Join('\n', options.Select(option => $"{option.Key}={option.Value}").Prepend(algorithm).Append(Text(seed)).Append(dataset.Fingerprint));
        return new ModelManifest
        {
            Version = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(origin)))[..VersionLength],
            Algorithm = algorithm,
            Seed = seed,
            Options = options,
            DataFingerprint = dataset.Fingerprint,
            Metrics = metrics ?? new Dictionary<string, double>(),
        };
    }

    /// <summary>What the caller told beside the dataset, in short, so that models of other groups have other versions.</summary>
    /// <param name="names">Names of the groups.</param>
    /// <param name="members">Members × groups.</param>
    public static string Digest(IdIndex names, CsrMatrix members)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(names.Text.Span);
        hash.AppendData(MemoryMarshal.AsBytes(names.Offsets.Span));
        hash.AppendData(MemoryMarshal.AsBytes(members.Offsets));
        hash.AppendData(MemoryMarshal.AsBytes(members.AllColumns));
        return names.Count == 0 ? "none" : Convert.ToHexStringLower(hash.GetHashAndReset())[..VersionLength];
    }

    public static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);

    public static string Text(bool value) => value ? "true" : "false";
}
