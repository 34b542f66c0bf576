namespace PromoRec.Push.Calendar;

/// <summary>Tells names that can be IANA zones from other texts, so that nothing else reaches the platform's zone files.</summary>
internal static class ZoneName
{
    private const int MaxLength = 64;

    public static bool IsPlausible(string name)
    {
        if (name.Length is 0 or > MaxLength || IsOther(name))
        {
            return false;
        }

        // As if a slash stood before the name: each part has a character.
        bool atStart = true;
        foreach (char character in name)
        {
            bool isSlash = character == '/';
            if (isSlash ? atStart : !(char.IsAsciiLetterOrDigit(character) || character is '_' or '-' or '+'))
            {
                return false;
            }

            atStart = isSlash;
        }

        return !atStart;
    }

    /// <summary>Whether it is a file beside the zones: this machine's own zone, a zone for machines that have none, and copies, some with leap seconds.</summary>
    private static bool IsOther(string name) => name is "localtime" or "posixrules" or "Factory"
        || name.StartsWith("posix/", StringComparison.Ordinal) || name.StartsWith("right/", StringComparison.Ordinal);
}
