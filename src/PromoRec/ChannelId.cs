using System.Diagnostics.CodeAnalysis;

namespace PromoRec;

/// <summary>Names a channel over which customers are reached. A host may have channels of its own.</summary>
/// <remarks>One to 64 lower-case letters, digits, '.', '_' or '-'; upper case is folded. The default value is empty and names none.</remarks>
public readonly struct ChannelId : IEquatable<ChannelId>
{
    private const int MaxLength = 64;

    private readonly string? _name;

    /// <summary>Names a channel.</summary>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty, longer than 64 characters or has a character that is not allowed.</exception>
    public ChannelId(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (!TryParse(name, out this))
        {
            throw new ArgumentException($"A channel has 1 to {MaxLength} letters a to z, digits, '.', '_' or '-', but this one is '{name}'.", nameof(name));
        }
    }

    private ChannelId(string name, bool _) => _name = name;

    /// <summary>Notification of an app on the customer's device.</summary>
    public static ChannelId AppPush { get; } = new("push", true);

    /// <summary>E-mail.</summary>
    public static ChannelId Email { get; } = new("email", true);

    /// <summary>Text message.</summary>
    public static ChannelId Sms { get; } = new("sms", true);

    /// <summary>Message inside the app or on the site: it is shown when the customer comes, so it is never held back by quiet hours, nor counted by caps.</summary>
    public static ChannelId InApp { get; } = new("in-app", true);

    /// <summary>WeChat template message.</summary>
    public static ChannelId WeChat { get; } = new("wechat", true);

    /// <summary>Whether this is the default value.</summary>
    public bool IsEmpty => _name is null;

    /// <summary>Whether both name the same channel.</summary>
    public static bool operator ==(ChannelId left, ChannelId right) => left.Equals(right);

    /// <summary>Whether they name different channels.</summary>
    public static bool operator !=(ChannelId left, ChannelId right) => !left.Equals(right);

    /// <summary>Names a channel, if the text can be a channel's name.</summary>
    public static bool TryParse([NotNullWhen(true)] string? name, out ChannelId channel)
    {
        channel = default;
        if (name is null || name.Length is 0 or > MaxLength)
        {
            return false;
        }

        string folded = name.ToLowerInvariant();
        foreach (char character in folded)
        {
            if (!(char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character is '.' or '_' or '-'))
            {
                return false;
            }
        }

        channel = new ChannelId(folded, true);
        return true;
    }

    /// <inheritdoc/>
    public bool Equals(ChannelId other) => string.Equals(_name, other._name, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ChannelId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _name?.GetHashCode(StringComparison.Ordinal) ?? 0;

    /// <summary>The name; empty for the default value.</summary>
    public override string ToString() => _name ?? string.Empty;
}
