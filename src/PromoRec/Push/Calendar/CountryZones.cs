using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace PromoRec.Push.Calendar;

/// <summary>Which time zones a country has, from an embedded table.</summary>
internal static class CountryZones
{
    private const string Resource = "PromoRec.country-zones.txt";
    private const string VersionLine = "version ";

    private static readonly Lazy<Table> Loaded = new(Load);
    private static readonly ConcurrentDictionary<string, ImmutableArray<LocalCalendar>> Calendars = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Version of the tz database that the table was made from.</summary>
    public static string Version => Loaded.Value.Version;

    /// <summary>The countries of the table, two letters each.</summary>
    public static ImmutableArray<string> Countries => Loaded.Value.Zones.Keys;

    /// <summary>
    /// The calendars of all zones of a country. Empty when the country is not in the table, or when this machine knows one of its zones under none of its names:
    /// what is quiet there would not be known.
    /// </summary>
    /// <param name="country">Two letters of ISO 3166-1, in either case.</param>
    public static ImmutableArray<LocalCalendar> Of(string? country)
    {
        if (country is null)
        {
            return [];
        }

        if (!Calendars.TryGetValue(country, out ImmutableArray<LocalCalendar> calendars) && Loaded.Value.Zones.TryGetValue(country, out ImmutableArray<string> zones))
        {
            calendars = Calendars.GetOrAdd(country, Find(zones));
        }

        return calendars.IsDefault ? [] : calendars;
    }

    /// <summary>All zones of a country in the place of one; unknown where <see cref="Of"/> knows none.</summary>
    public static CustomerZone ZoneOf(string? country) => Of(country) is { IsEmpty: false } calendars ? new CustomerZone(ZoneSource.Country, calendars) : CustomerZone.Unknown;

    /// <summary>The zones of a country as the table has them: a name, or several with '|' between them, of which the first that the machine knows counts.</summary>
    public static ImmutableArray<string> Entries(string country) => Loaded.Value.Zones[country];

    private static ImmutableArray<LocalCalendar> Find(ImmutableArray<string> zones)
    {
        ImmutableArray<LocalCalendar>.Builder calendars = ImmutableArray.CreateBuilder<LocalCalendar>(zones.Length);
        foreach (string zone in zones)
        {
            if (!TryGetFirstKnown(zone, out LocalCalendar? calendar))
            {
                return [];
            }

            if (!calendars.Contains(calendar))
            {
                calendars.Add(calendar);
            }
        }

        return calendars.ToImmutable();
    }

    private static bool TryGetFirstKnown(string names, [NotNullWhen(true)] out LocalCalendar? calendar)
    {
        calendar = null;
        foreach (string name in names.Split('|'))
        {
            if (LocalCalendar.TryGet(name, out calendar))
            {
                return true;
            }
        }

        return false;
    }

    private static Table Load()
    {
        using Stream stream = typeof(CountryZones).Assembly.GetManifestResourceStream(Resource)!;
        using StreamReader reader = new(stream);
        string version = string.Empty;
        Dictionary<string, ImmutableArray<string>> zones = new(StringComparer.OrdinalIgnoreCase);
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith(VersionLine, StringComparison.Ordinal))
            {
                version = line[VersionLine.Length..];
            }
            else if (!line.StartsWith('#'))
            {
                string[] parts = line.Split(' ');
                zones.Add(parts[0], [.. parts[1..]]);
            }
        }

        return new Table(version, zones.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase));
    }

    private sealed record Table(string Version, FrozenDictionary<string, ImmutableArray<string>> Zones);
}
