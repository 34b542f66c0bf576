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

    public static ModelManifest Of(HybridMember[] members, HybridFusion fusion, LinearModel? stacker, IReadOnlyList<LadderRung> ladder)
    {
        SortedDictionary<string, string> options = new(StringComparer.Ordinal) { ["fusion"] = Fusions.Of(fusion) };
        if (stacker is not null)
        {
            options["stacker"] = stacker.Manifest.Version;
        }

        if (ladder.Count > 0)
        {
            // Only what decides who answers: the same hybrid measured twice is the same model.
            options["ladder"] = string.Join(' ', ladder.OrderBy(rung => rung.Tier).Select(rung => $"{rung.Tier}={Answering(rung, members)}"));
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

    /// <summary>The member that answers on a rung; "all" where all do, or all customers count; "none" where the rung does not serve.</summary>
    private static string Answering(LadderRung rung, HybridMember[] members) =>
        !rung.Serves ? "none"
        : rung.IsOfData ? "all"
        : members.Any(member => member.Model.Tier == rung.Tier && member.Name == rung.Name) ? rung.Name
        : "all";
}
