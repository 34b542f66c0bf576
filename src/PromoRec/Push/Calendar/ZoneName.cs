namespace PromoRec.Push.Calendar;

/// <summary>Tells names that can be IANA zones from other texts, so that nothing else reaches the platform's zone files.</summary>
internal static class ZoneName
{
    private const int MaxLength = 64;

    // Files beside the zones: this machine's own zone, the zone of a machine whose zone was never set, copies, and copies that count leap seconds.
    private static readonly string[] Others = ["localtime", "posixrules", "Factory"];
    private static readonly string[] OtherFolders = ["posix/", "right/"];

    public static bool IsPlausible(string name)
    {
        if (name.Length is 0 or > MaxLength || Others.Contains(name) || Array.Exists(OtherFolders, folder => name.StartsWith(folder, StringComparison.Ordinal)))
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
}
