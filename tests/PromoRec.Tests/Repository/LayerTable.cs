namespace PromoRec.Tests.Repository;

/// <summary>Which folder of src/PromoRec may use which. The empty name is the root; everybody may use it.</summary>
internal static class LayerTable
{
    private static readonly string[] UpToRanking = ["Interactions", "Datasets", "Models", "Training", "Candidates", "Scoring", "Ranking", "Numerics", "Diagnostics"];

    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        [""] = [],
        ["Diagnostics"] = [],
        ["Numerics"] = [],
        ["Interactions"] = [],
        ["Datasets"] = ["Interactions", "Numerics"],
        ["Models"] = ["Datasets", "Numerics", "Diagnostics"],
        ["Training"] = ["Models", "Datasets", "Numerics", "Diagnostics"],
        ["Evaluation"] = UpToRanking,
        ["Candidates"] = ["Models", "Datasets", "Numerics", "Diagnostics"],
        ["Scoring"] = ["Models", "Datasets", "Numerics", "Candidates", "Diagnostics"],
        ["Ranking"] = ["Models", "Datasets", "Numerics", "Candidates", "Scoring", "Diagnostics"],
        ["Tuning"] = [.. UpToRanking, "Evaluation"],
        ["Consent"] = ["Diagnostics"],
        ["Push"] = ["Consent", "Diagnostics"],
        ["Delivery"] = ["Push", "Consent", "Diagnostics"],
        ["Feedback"] = ["Delivery", "Push", "Interactions"],
        ["Profiles"] = ["Interactions", "Numerics", "Diagnostics"],
        ["Experiments"] = ["Interactions"],
        ["Privacy"] = ["Interactions"],
    };

    public static bool Knows(string layer) => Allowed.ContainsKey(layer) || IsOutermost(layer);

    public static bool Allows(string from, string to) =>
        from == to || to.Length == 0 || (!IsOutermost(to) && (IsOutermost(from) || (Allowed.TryGetValue(from, out string[]? layers) && layers.Contains(to))));

    /// <summary>These use everything, and nobody uses them.</summary>
    private static bool IsOutermost(string layer) => layer is "Hosting" or "DependencyInjection";
}
