using PromoRec.Push.Calendar;

namespace PromoRec.Cli.Reading;

/// <summary>Countries and time zones as people write them in options and files.</summary>
internal static class PlaceNames
{
    // What people write, and what ISO 3166-1 says.
    private static readonly Dictionary<string, string> Aliases = new(StringComparer.OrdinalIgnoreCase) { ["UK"] = "GB", ["EL"] = "GR", ["USA"] = "US" };

    private static readonly Lazy<(HashSet<string> Countries, string[] Zones)> Table = new(Load);

    /// <summary>A country in capitals; null where there is none of that name.</summary>
    public static string? Country(string text) => text.ToUpperInvariant() is { } country && Table.Value.Countries.Contains(country) ? country : null;

    /// <summary>What is wrong with a country that there is not.</summary>
    public static string UnknownCountry(string text)
    {
        string hint = Aliases.TryGetValue(text.Trim(), out string? meant) ? $" Did you mean '{meant}'?" : string.Empty;
        return $"'{Excerpt.Of(text)}' is not a country.{hint} Expected two letters of ISO 3166-1, such as DE.";
    }

    public static bool IsZone(string text) => LocalCalendar.TryGet(text, out _);

    /// <summary>What is wrong with a zone that this machine does not know.</summary>
    public static string UnknownZone(string text) =>
        $"there is no time zone '{Excerpt.Of(text)}' on this machine.{Suggestion.For(text, Table.Value.Zones)} Expected an IANA name such as Europe/Berlin, in that spelling.";

    private static (HashSet<string> Countries, string[] Zones) Load()
    {
        using Stream stream = typeof(PlaceNames).Assembly.GetManifestResourceStream("PromoRec.Cli.country-zones.txt")!;
        using var reader = new StreamReader(stream);
        var countries = new HashSet<string>(StringComparer.Ordinal);
        var zones = new SortedSet<string>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            string[] parts = line.Split([' ', '|']);
            if (parts[0].Length == 2)
            {
                countries.Add(parts[0]);
                zones.UnionWith(parts[1..]);
            }
        }

        return (countries, [.. zones]);
    }
}
