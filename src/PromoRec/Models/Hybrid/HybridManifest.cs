using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PromoRec.Models.Linear;

namespace PromoRec.Models.Hybrid;

/// <summary>Writes down what a hybrid is made of.</summary>
internal static class HybridManifest
{
    private const int VersionLength = 12;

    /// <summary>What fusions are called in model files and manifests.</summary>
    public static Words<HybridFusion> Fusions { get; } = new(
        ("weighted", HybridFusion.Weighted), ("weighted-roots", HybridFusion.WeightedRoots), ("reciprocal-rank", HybridFusion.ReciprocalRank), ("stacked", HybridFusion.Stacked));

    public static ModelManifest Of(HybridMember[] members, HybridFusion fusion, LinearModel? stacker)
    {
        SortedDictionary<string, string> options = new(StringComparer.Ordinal) { ["fusion"] = Fusions.Of(fusion) };
        if (stacker is not null)
        {
            options["stacker"] = stacker.Manifest.Version;
        }

        foreach (HybridMember member in members)
        {
            options[$"{member.Name}.algorithm"] = member.Model.Manifest.Algorithm;
            options[$"{member.Name}.version"] = member.Model.Manifest.Version;
            options[$"{member.Name}.weight"] = member.Weight.ToString(CultureInfo.InvariantCulture);
            options[$"{member.Name}.candidates"] = member.Candidates.ToString(CultureInfo.InvariantCulture);
        }

        string origin = string.Join('\n', options.Select(option => $"{option.Key}={option.Value}"));
        return new ModelManifest
        {
            Version = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(origin)))[..VersionLength],
            Algorithm = "hybrid",
            Options = options,
            DataFingerprint = members[0].Model.Manifest.DataFingerprint,
        };
    }
}
