using System.Buffers;
using System.Text;

namespace PromoRec.Profiles;

/// <summary>Something that somebody has said of a customer: "new parent", said by the survey, last Tuesday.</summary>
public sealed record CustomerTag
{
    internal const int MaxLength = 128;

    /// <summary>Says something of a customer.</summary>
    /// <param name="name">What is said: 1 to 128 characters, not blank; compared ordinally.</param>
    /// <param name="source">Who says it: 1 to 128 characters, not blank; compared ordinally. Two sources may say the same, and each takes back only its own.</param>
    /// <param name="at">Since when.</param>
    /// <exception cref="ArgumentException">A text is blank, too long, or not valid Unicode.</exception>
    public CustomerTag(string name, string source, DateTimeOffset at)
    {
        Name = Checked(name, nameof(name));
        Source = Checked(source, nameof(source));
        At = at.ToUniversalTime();
    }

    /// <summary>What is said.</summary>
    public string Name { get; }

    /// <summary>Who says it.</summary>
    public string Source { get; }

    /// <summary>Since when, in UTC.</summary>
    public DateTimeOffset At { get; }

    internal static string Checked(string text, string parameterName)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text, parameterName);
        if (text.Length > MaxLength)
        {
            throw new ArgumentException($"A tag's name and source may have at most {MaxLength} characters, but this one has {text.Length}.", parameterName);
        }

        ReadOnlySpan<char> rest = text;
        while (!rest.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out int length) != OperationStatus.Done)
            {
                throw new ArgumentException("A tag's name and source must be valid Unicode, but this one has half of a surrogate pair.", parameterName);
            }

            rest = rest[length..];
        }

        return text;
    }
}
