using System.Globalization;
using System.Text.Json.Serialization;
using PromoRec.Cli.Commands;
using PromoRec.Datasets.Features;
using PromoRec.Models.Hybrid;
using PromoRec.Models.Linear;
using PromoRec.Tuning;

namespace PromoRec.Cli.Output;

/// <summary>What a hybrid is made of, and how its members compared.</summary>
internal sealed record HybridReport
{
    /// <summary>How scores become one: "weighted", "weighted-roots", "reciprocal-rank" or "stacked".</summary>
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

    /// <summary>What it was stacked on; null where it is not stacked, and of a file, which does not say.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public StackingReport? Stacking { get; init; }

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
        Ladder = LadderOf(outcome.Model),
    };

    /// <param name="model">A stacked hybrid.</param>
    /// <param name="metric">What its kinds of knowledge were compared by.</param>
    /// <param name="cut">When they were compared; null where they were not.</param>
    /// <param name="customers">Customers on whom they were compared.</param>
    /// <param name="stacking">What it was learnt from.</param>
    public static HybridReport Of(HybridModel model, string metric, DateTimeOffset? cut, int customers, StackingReport stacking) => new()
    {
        Fusion = WordOf(model.Fusion),
        Cut = cut,
        Customers = customers,
        Metric = customers == 0 ? null : metric,
        Stacking = stacking,
        Members = [.. model.Members.Select((member, at) => new HybridMemberEntry(member.Name, Learnt(model.Stacker!, at), member.Candidates))],
        Ladder = LadderOf(model),
    };

    /// <summary>What the metadata of a model file say; null where it holds no hybrid.</summary>
    public static HybridReport? Of(IReadOnlyDictionary<string, string> metadata) => !metadata.TryGetValue("hybrid.fusion", out string? fusion) ? null : new()
    {
        Fusion = fusion,
        Members = [.. Texts(metadata, "member", ".name").Select((name, i) => new HybridMemberEntry(name, fusion == WordOf(HybridFusion.Stacked) ? null : Number(metadata.GetValueOrDefault(Key("member", i, ".weight"))), (int)Number(metadata.GetValueOrDefault(Key("member", i, ".candidates")))))],
        Ladder = [.. Texts(metadata, "rung", string.Empty).Select(text => text.Split(' ')).Where(parts => parts.Length >= 5).Select(RungOf)],
    };

    private static HybridRungEntry[] LadderOf(HybridModel model) =>
        [.. model.Ladder.Select(rung => new HybridRungEntry(TierName.Of(rung.Tier), rung.Name, rung.Value, rung.Lead, rung.Serves))];

    /// <summary>What the score of a member adds to the log odds: the scores stand first in the schema, in the order of the members.</summary>
    private static double Learnt(LinearModel stacker, int member)
    {
        string name = stacker.Schema.Fields[member].Name;
        return stacker.Score(new FeatureValues(stacker.Schema).Set(name, 1)) - stacker.Score(new FeatureValues(stacker.Schema).Set(name, 0));
    }

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
