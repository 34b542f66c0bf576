using System.Diagnostics.CodeAnalysis;

namespace PromoRec.Interactions;

/// <summary>What a customer did. The well-known kinds are here; <c>new InteractionKind("wishlist")</c> makes a host's own.</summary>
/// <remarks>Names are compared without regard to case; the canonical form is lower case. The default value is <see cref="Purchase"/>.</remarks>
public readonly struct InteractionKind : IEquatable<InteractionKind>
{
    private readonly string? _name;

    /// <summary>Names a kind.</summary>
    /// <param name="name">1 to 64 ASCII letters, digits, '-' or '_'.</param>
    /// <exception cref="ArgumentException">The name is empty, too long, or has another character.</exception>
    public InteractionKind(string name)
    {
        if (!IsValidName(name))
        {
            throw new ArgumentException($"The name of an interaction kind is 1 to 64 ASCII letters, digits, '-' or '_', but was '{name}'.", nameof(name));
        }

        _name = name.ToLowerInvariant();
    }

    /// <summary>The customer looked at an item.</summary>
    public static InteractionKind View { get; } = new("view");

    /// <summary>The customer searched and the item was what they searched for.</summary>
    public static InteractionKind Search { get; } = new("search");

    /// <summary>The customer put the item into the cart.</summary>
    public static InteractionKind Cart { get; } = new("cart");

    /// <summary>The customer bought the item.</summary>
    public static InteractionKind Purchase { get; } = new("purchase");

    /// <summary>The customer rated the item; the value is the rating.</summary>
    public static InteractionKind Rating { get; } = new("rating");

    /// <summary>The offer or item was shown to the customer.</summary>
    public static InteractionKind Impression { get; } = new("impression");

    /// <summary>The customer clicked on the offer or item.</summary>
    public static InteractionKind Click { get; } = new("click");

    /// <summary>The customer redeemed the offer.</summary>
    public static InteractionKind Redeem { get; } = new("redeem");

    /// <summary>The customer dismissed the offer or item.</summary>
    public static InteractionKind Dismiss { get; } = new("dismiss");

    /// <summary>The customer unsubscribed because of the offer or item.</summary>
    public static InteractionKind Unsubscribe { get; } = new("unsubscribe");

    /// <summary>The canonical, lower-case name.</summary>
    public string Name => _name ?? "purchase";

    /// <summary>Whether both are the same kind.</summary>
    public static bool operator ==(InteractionKind left, InteractionKind right) => left.Equals(right);

    /// <summary>Whether they are different kinds.</summary>
    public static bool operator !=(InteractionKind left, InteractionKind right) => !left.Equals(right);

    /// <summary>Whether a name may be given to a kind.</summary>
    public static bool IsValidName([NotNullWhen(true)] string? name)
    {
        if (name is null or { Length: 0 or > 64 })
        {
            return false;
        }

        foreach (char c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_'))
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public bool Equals(InteractionKind other) => string.Equals(Name, other.Name, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is InteractionKind other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    /// <summary>The canonical, lower-case name.</summary>
    public override string ToString() => Name;
}
