using PromoRec.Push.Calendar;

namespace PromoRec.Tests.Push.Calendar;

public sealed class CountryZonesTests
{
    private const string Folder = "/usr/share/zoneinfo";

    [Fact]
    public void The_table_is_that_of_the_tz_database()
    {
        string table = Path.Combine(Folder, "zone1970.tab");
        string data = Path.Combine(Folder, "tzdata.zi");
        Assert.SkipUnless(File.Exists(table) && File.Exists(data), $"{table} and {data} are absent; on Debian: apt-get install tzdata.");
        string version = File.ReadLines(data).First().Replace("# version ", "", StringComparison.Ordinal);
        Assert.SkipUnless(version == CountryZones.Version, $"This machine has time zone data {version}, the table was made from {CountryZones.Version}.");

        ILookup<string, string> expected = File.ReadLines(table)
            .Where(line => !line.StartsWith('#'))
            .Select(line => line.Split('\t'))
            .SelectMany(row => row[0].Split(',').Select(country => (Country: country, Zone: row[2])))
            .ToLookup(pair => pair.Country, pair => pair.Zone);

        Assert.Equal(expected.Select(country => country.Key).Order(StringComparer.Ordinal), CountryZones.Countries.Order(StringComparer.Ordinal));
        foreach (IGrouping<string, string> country in expected)
        {
            Assert.Equal(country.Order(StringComparer.Ordinal), CountryZones.Entries(country.Key).Select(FirstName).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void This_machine_knows_a_zone_for_every_entry()
    {
        Zones.Get("Europe/Berlin");

        Assert.True(CountryZones.Countries.Length > 240);
        Assert.All(CountryZones.Countries, country => Assert.NotEmpty(CountryZones.Of(country)));
    }

    [Fact]
    public void Every_other_name_of_a_zone_is_a_zone_too()
    {
        Zones.Get("Europe/Berlin");
        string[] others = [.. CountryZones.Countries.SelectMany(country => CountryZones.Entries(country)).SelectMany(entry => entry.Split('|').Skip(1)).Distinct()];

        Assert.Contains("Europe/Kiev", others);
        Assert.All(others, name => Assert.True(LocalCalendar.TryGet(name, out _), name));
    }

    [Fact]
    public void The_zones_whose_largest_city_is_in_the_country_come_first()
    {
        Zones.Get("Europe/Berlin");

        Assert.Equal(["Europe/Berlin", "Europe/Zurich"], CountryZones.Of("DE").Select(calendar => calendar.ZoneId));
        Assert.Equal("America/New_York", CountryZones.Of("US")[0].ZoneId);
        Assert.Equal("Europe/Berlin", Assert.Single(CountryZones.Of("NO")).ZoneId);
    }

    private static string FirstName(string entry) => entry.Split('|')[0];
}
