namespace PromoRec.Consent;

/// <summary>The one form in which topics are compared: lower case, segments trimmed and parted by single slashes, none of them empty.</summary>
internal static class TopicPath
{
    /// <summary>Longest topic in characters.</summary>
    public const int MaxLength = 200;

    /// <summary>The canonical form; the text itself where it has that form already.</summary>
    /// <exception cref="ArgumentException">The topic is longer than <see cref="MaxLength"/>.</exception>
    public static string Canonical(string topic)
    {
        ArgumentNullException.ThrowIfNull(topic);
        if (topic.Length > MaxLength)
        {
            throw new ArgumentException($"A topic has at most {MaxLength} characters, but this one has {topic.Length}.", nameof(topic));
        }

        return IsCanonical(topic) ? topic : string.Join('/', topic.ToLowerInvariant().Split('/', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
    }

    public static bool IsCanonical(ReadOnlySpan<char> topic)
    {
        char previous = '/';
        foreach (char character in topic)
        {
            bool atEdge = previous == '/' || character == '/';
            if (char.ToLowerInvariant(character) != character || (previous == '/' && character == '/') || (atEdge && (char.IsWhiteSpace(character) || char.IsWhiteSpace(previous))))
            {
                return false;
            }

            previous = character;
        }

        return topic.IsEmpty || (previous != '/' && !char.IsWhiteSpace(previous));
    }

    /// <summary>Whether a topic is another or stands above it; both in canonical form.</summary>
    public static bool Covers(ReadOnlySpan<char> above, ReadOnlySpan<char> topic) =>
        above.IsEmpty || (topic.StartsWith(above, StringComparison.Ordinal) && (topic.Length == above.Length || topic[above.Length] == '/'));

    /// <summary>Length of the next longer part of a path that is a topic of its own; -1 after the whole path. Start with 0, which stands for every topic.</summary>
    public static int NextLength(ReadOnlySpan<char> topic, int length)
    {
        if (length >= topic.Length)
        {
            return -1;
        }

        int from = length == 0 ? 0 : length + 1;
        int slash = topic[from..].IndexOf('/');
        return slash < 0 ? topic.Length : from + slash;
    }
}
