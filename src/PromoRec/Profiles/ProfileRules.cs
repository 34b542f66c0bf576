using PromoRec.Interactions;

namespace PromoRec.Profiles;

/// <summary>The options, ready to be applied to events.</summary>
internal sealed class ProfileRules
{
    /// <summary>Largest size of a value that counts: sums of so many such events stay finite.</summary>
    public const double MaxValue = 1e9;

    private readonly Dictionary<InteractionKind, InteractionWeight> _weights = [];
    private readonly TimeZoneInfo _zone;

    /// <param name="options">Valid, and not changed by anybody.</param>
    public ProfileRules(CustomerProfileOptions options)
    {
        Options = options;
        _zone = TimeZoneInfo.FindSystemTimeZoneById(options.TimeZone);
        foreach (InteractionKind kind in options.Weights.Kinds)
        {
            InteractionWeight weight = options.Weights[kind];
            _weights.Add(kind, weight with { HalfLife = weight.HalfLife ?? options.HalfLife });
        }
    }

    public CustomerProfileOptions Options { get; }

    /// <summary>Whether anything in a profile could depend on the event.</summary>
    public bool Matters(in Interaction interaction) => HistoryOrder.IsConsumption(interaction) || WeightOf(interaction).Weight != 0;

    public InteractionWeight WeightOf(in Interaction interaction) =>
        _weights.TryGetValue(interaction.Kind, out InteractionWeight weight) ? weight : new InteractionWeight(0, Options.HalfLife);

    /// <summary>What is left of an event at a time; all of it where its own time is not known.</summary>
    public double DecayOf(in Interaction interaction, DateTimeOffset asOf) => interaction.At == default ? 1 : WeightOf(interaction).DecayAt(asOf - interaction.At);

    /// <summary>Whether a purchase or redemption counts for frequency, monetary value and discounts; one whose time is not known does.</summary>
    public bool IsInWindow(in Interaction interaction, DateTimeOffset asOf) =>
        interaction.At == default || interaction.At.UtcTicks > asOf.UtcTicks - Options.PurchaseWindow.Ticks;

    public TimeZoneInfo ZoneOf(UserId userId) =>
        Options.ZoneOf?.Invoke(userId) is { Length: > 0 } name && TimeZoneInfo.TryFindSystemTimeZoneById(name, out TimeZoneInfo? zone) ? zone : _zone;
}
