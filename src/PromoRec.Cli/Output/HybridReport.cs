using System.Globalization;
using System.Text.Json.Serialization;
using PromoRec.Cli.Commands;
using PromoRec.Models.Hybrid;
using PromoRec.Tuning;

namespace PromoRec.Cli.Output;

/// <summary>What a hybrid is made of, and how its members compared.</summary>
internal sealed record HybridReport
{
    /// <summary>How scores become one: "weighted", "reciprocal-rank" or "stacked".</summary>
    public required string Fusion { get; init; }

    /// <summary>When the part begins on which members were compared; null where nothing has a time, and of a file, which does not say.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? Cut { get; init; }

    /// <summary>Customers on whom they were compared.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Customers { get; init; }

    /// <summary>What the values of the ladder are.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Metric { get; init; }

    public required IReadOnlyList<HybridMemberEntry> Members { get; init; }

    /// <summary>From the bottom up; empty where nothing was compared.</summary>
    public required IReadOnlyList<HybridRungEntry> Ladder { get; init; }

    /// <param name="outcome">The hybrid.</param>
    /// <param name="names">The members that were trained.</param>
    /// <param name="metric">What they were compared by.</param>
    public static HybridReport Of(HybridOutcome outcome, IReadOnlyList<string> names, string metric) => new()
    {
        Fusion = WordOf(outcome.Model.Fusion),
        Cut = outcome.Cut,
        Customers = outcome.Customers,
        Metric = outcome.Customers == 0 ? null : metric,
        Members = [.. names.Select(name => outcome.Model.Members.FirstOrDefault(member => member.Name == name) is { } member ? new HybridMemberEntry(name, member.Weight, member.Candidates) : new HybridMemberEntry(name, 0, 0))],
        Ladder = [.. outcome.Model.Ladder.Select(rung => new HybridRungEntry(TierName.Of(rung.Tier), rung.Name, rung.Value, rung.Lead, rung.Serves))],
    };

    /// <summary>What the metadata of a model file say; null where it holds no hybrid.</summary>
    public static HybridReport? Of(IReadOnlyDictionary<string, string> metadata) => !metadata.TryGetValue("hybrid.fusion", out string? fusion) ? null : new()
    {
        Fusion = fusion,
        Members = [.. Texts(metadata, "member", ".name").Select((name, i) => new HybridMemberEntry(name, Number(metadata.GetValueOrDefault(Key("member", i, ".weight"))), (int)Number(metadata.GetValueOrDefault(Key("member", i, ".candidates")))))],
        Ladder = [.. Texts(metadata, "rung", string.Empty).Select(text => text.Split(' ')).Where(parts => parts.Length >= 5).Select(RungOf)],
    };

    private static HybridRungEntry RungOf(string[] parts) =>
        new(Enum.TryParse(parts[0], out RankTier tier) ? TierName.Of(tier) : parts[0], parts[1], Number(parts[2]), Number(parts[3]), string.Equals(parts[4], "true", StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<string> Texts(IReadOnlyDictionary<string, string> metadata, string prefix, string suffix)
    {
        for (int i = 0; metadata.TryGetValue(Key(prefix, i, suffix), out string? text); i++)
        {
            yield return text;
        }
    }

    private static string Key(string prefix, int number, string suffix) => string.Create(CultureInfo.InvariantCulture, $"{prefix}.{number}{suffix}");

    private static double Number(string? text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : 0;

    private static string WordOf(HybridFusion fusion) => fusion switch
    {
        HybridFusion.Weighted => "weighted",
        HybridFusion.WeightedRoots => "weighted-roots",
        HybridFusion.ReciprocalRank => "reciprocal-rank",
        _ => "stacked",
    };
}
