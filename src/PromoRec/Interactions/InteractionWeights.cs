using System.Diagnostics.CodeAnalysis;

namespace PromoRec.Interactions;

/// <summary>The weight of every kind of event.</summary>
/// <remarks>
/// A new instance has purchase, redeem and rating at 1, cart 0.5, click and view 0.2, search 0.1, impression and unsubscribe 0,
/// dismiss -0.5, and no decay. A kind of the host's own has no weight until one is set. Not thread-safe while it is changed.
/// </remarks>
[SuppressMessage("Naming", "CA1710:Identifiers should have correct suffix", Justification = "A table of settings, not a collection a caller passes on.")]
public sealed class InteractionWeights
{
    private readonly Dictionary<InteractionKind, InteractionWeight> _weights = new()
    {
        [InteractionKind.Purchase] = new(1),
        [InteractionKind.Redeem] = new(1),
        [InteractionKind.Rating] = new(1),
        [InteractionKind.Cart] = new(0.5),
        [InteractionKind.Click] = new(0.2),
        [InteractionKind.View] = new(0.2),
        [InteractionKind.Search] = new(0.1),
        [InteractionKind.Impression] = new(0),
        [InteractionKind.Dismiss] = new(-0.5),
        [InteractionKind.Unsubscribe] = new(0),
    };

    /// <summary>The kinds that have a weight, in ordinal order of their names.</summary>
    public IReadOnlyList<InteractionKind> Kinds => [.. _weights.Keys.OrderBy(kind => kind.Name, StringComparer.Ordinal)];

    /// <summary>The weight of a kind.</summary>
    /// <exception cref="ArgumentException">Read only: the kind has no weight.</exception>
    public InteractionWeight this[InteractionKind kind]
    {
        get => _weights.TryGetValue(kind, out InteractionWeight weight) ? weight : throw new ArgumentException(MissingWeight(kind), nameof(kind));
        set => _weights[kind] = value;
    }

    /// <summary>Gives the weight of a kind, if it has one.</summary>
    public bool TryGet(InteractionKind kind, out InteractionWeight weight) => _weights.TryGetValue(kind, out weight);

    /// <summary>Gives all kinds that have a weight by now the same half-life and floor; their weights stay.</summary>
    /// <param name="halfLife">Above zero, or null for no decay.</param>
    /// <param name="floor">0 to 1.</param>
    public void SetHalfLife(TimeSpan? halfLife, double floor = 0)
    {
        foreach (InteractionKind kind in Kinds)
        {
            _weights[kind] = _weights[kind] with { HalfLife = halfLife, Floor = floor };
        }
    }

    internal static string MissingWeight(InteractionKind kind) =>
        $"The interaction kind '{kind}' has no weight. Set one: weights[new InteractionKind(\"{kind}\")] = new InteractionWeight(...); a weight of 0 makes its events count for nothing.";

    internal IEnumerable<string> Faults() => Kinds.SelectMany(kind => _weights[kind].Faults(kind));

    internal InteractionWeights Copy()
    {
        var copy = new InteractionWeights();
        copy._weights.Clear();
        foreach ((InteractionKind kind, InteractionWeight weight) in _weights)
        {
            copy._weights.Add(kind, weight);
        }

        return copy;
    }
}
