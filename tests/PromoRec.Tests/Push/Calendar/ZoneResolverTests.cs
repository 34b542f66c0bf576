using Microsoft.Extensions.Options;
using PromoRec.Consent.Packs;
using PromoRec.Push;
using PromoRec.Push.Calendar;

namespace PromoRec.Tests.Push.Calendar;

public sealed class ZoneResolverTests
{
    private static readonly PushCustomer Known = new()
    {
        UserId = 1,
        DeviceZone = "Asia/Tokyo",
        ProfileZone = "Europe/Paris",
        InferredZone = "America/Lima",
        InferredZoneConfidence = 0.8,
        Country = "FR",
    };

    private static readonly ZoneOptions Fallback = new() { Unknown = UnknownZonePolicy.FallbackZone, FallbackZone = "Europe/Berlin" };
    private static readonly ZoneOptions Everywhere = new() { Unknown = UnknownZonePolicy.IntersectAll };

    [Fact]
    public void The_device_comes_before_the_profile_before_a_guess_before_the_fallback()
    {
        Zones.Get("Asia/Tokyo");

        Assert.Equal((ZoneSource.Device, "Asia/Tokyo"), Resolve(Fallback, Known));
        Assert.Equal((ZoneSource.Profile, "Europe/Paris"), Resolve(Fallback, Known with { DeviceZone = null }));
        Assert.Equal((ZoneSource.Inferred, "America/Lima"), Resolve(Fallback, Known with { DeviceZone = null, ProfileZone = null }));
        Assert.Equal((ZoneSource.Fallback, "Europe/Berlin"), Resolve(Fallback, new PushCustomer { UserId = 1, Country = "FR" }));
        Assert.Equal((ZoneSource.Country, "Europe/Paris"), Resolve(Everywhere, new PushCustomer { UserId = 1, Country = "FR" }));
    }

    [Fact]
    public void A_name_that_is_no_zone_counts_as_not_known()
    {
        Zones.Get("Asia/Tokyo");

        Assert.Equal((ZoneSource.Profile, "Europe/Paris"), Resolve(Fallback, Known with { DeviceZone = "Asia/Tokio" }));
        Assert.Equal((ZoneSource.Inferred, "America/Lima"), Resolve(Fallback, Known with { DeviceZone = "", ProfileZone = "CEST!" }));
        Assert.Equal((ZoneSource.Fallback, "Europe/Berlin"), Resolve(Fallback, Known with { DeviceZone = "localtime", ProfileZone = "../etc", InferredZone = "Mars/Base" }));
    }

    [Theory]
    [InlineData(0.79)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void A_guess_that_is_not_sure_enough_is_not_used(double confidence)
    {
        Zones.Get("America/Lima");

        Assert.Equal((ZoneSource.Fallback, "Europe/Berlin"), Resolve(Fallback, Known with { DeviceZone = null, ProfileZone = null, InferredZoneConfidence = confidence }));
    }

    [Fact]
    public void By_default_the_rules_of_the_jurisdiction_say_what_takes_the_place_of_a_zone()
    {
        JurisdictionPacks packs = JurisdictionPacks.Shipped.With("""{ "format": 1, "id": "CH", "version": 1, "basedOn": "EU", "countries": ["CH"], "unknownZone": "fallbackZone" }"""u8, "ch.json");
        var swiss = new PushCustomer { UserId = 1, Country = "CH" };

        Assert.Equal((ZoneSource.Country, "Europe/Paris"), Resolve(new ZoneOptions(), new PushCustomer { UserId = 1, Country = "FR" }));
        Assert.Equal((ZoneSource.Unknown, null), Resolve(new ZoneOptions(), swiss));
        Assert.Equal(ZoneSource.Unknown, new ZoneResolver(new ZoneOptions(), packs).Resolve(swiss).Source);
        Assert.Equal(ZoneSource.Fallback, new ZoneResolver(new ZoneOptions { FallbackZone = "Europe/Zurich" }, packs).Resolve(swiss).Source);
    }

    [Fact]
    public void A_host_may_assume_nothing()
    {
        Assert.Equal((ZoneSource.Unknown, null), Resolve(new ZoneOptions { Unknown = UnknownZonePolicy.Block }, new PushCustomer { UserId = 1, Country = "FR" }));
        Assert.True(new ZoneResolver(new ZoneOptions(), JurisdictionPacks.Shipped).Resolve(new PushCustomer { UserId = 1 }).Calendars.IsEmpty);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("XX")]
    [InlineData("Germany")]
    [InlineData("UK")]
    public void A_country_that_is_not_known_gives_no_zone(string? country) =>
        Assert.Equal((ZoneSource.Unknown, null), Resolve(Everywhere, new PushCustomer { UserId = 1, Country = country }));

    [Fact]
    public void All_zones_of_a_country_take_the_place_of_one()
    {
        Zones.Get("Australia/Perth");
        CustomerZone australia = new ZoneResolver(Everywhere, JurisdictionPacks.Shipped).Resolve(new PushCustomer { UserId = 1, Country = "au" });

        Assert.Contains("Australia/Perth", australia.Calendars.Select(calendar => calendar.ZoneId));
        Assert.Contains("Australia/Lord_Howe", australia.Calendars.Select(calendar => calendar.ZoneId));
        Assert.Contains("Antarctica/Macquarie", australia.Calendars.Select(calendar => calendar.ZoneId));
        Assert.Equal(CountryZones.Entries("AU").Length, australia.Calendars.Length);
    }

    [Fact]
    public void Resolving_allocates_nothing()
    {
        Zones.Get("Asia/Tokyo");
        var resolver = new ZoneResolver(Everywhere, JurisdictionPacks.Shipped);
        PushCustomer[] customers = [Known, Known with { DeviceZone = "!" }, new PushCustomer { UserId = 1, Country = "US" }, new PushCustomer { UserId = 1 }];
        int sum = customers.Sum(customer => resolver.Resolve(customer).Calendars.Length);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            foreach (PushCustomer customer in customers)
            {
                sum += resolver.Resolve(customer).Calendars.Length;
            }
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(sum > 100);
    }

    [Fact]
    public void Every_fault_of_the_options_is_reported_at_once()
    {
        Zones.Get("Europe/Berlin");
        var wrong = new ZoneOptions { Unknown = (UnknownZonePolicy)9, FallbackZone = "Europe/Berln", MinimumConfidence = double.NaN };

        Assert.Equal(
            [
                "Unknown must be Jurisdiction, Block, FallbackZone or IntersectAll, but is 9.",
                "FallbackZone must be a time zone that this machine knows, in the spelling of IANA such as \"Europe/Berlin\", but is \"Europe/Berln\"; correct the name, or install the time zone data (Debian: tzdata).",
                "MinimumConfidence must be from 0 to 1, but is NaN.",
            ],
            FaultsOf(wrong));
        Assert.Equal(
            ["FallbackZone must be set when Unknown is FallbackZone; give the shop's zone, such as \"Europe/Berlin\"."],
            FaultsOf(new ZoneOptions { Unknown = UnknownZonePolicy.FallbackZone }));
        Assert.Empty(FaultsOf(new ZoneOptions()));
        Assert.Empty(FaultsOf(Fallback));
        Assert.Contains("Europe/Berln", Assert.Throws<ArgumentException>("options", () => new ZoneResolver(wrong, JurisdictionPacks.Shipped)).Message, StringComparison.Ordinal);
    }

    private static (ZoneSource Source, string? ZoneId) Resolve(ZoneOptions options, PushCustomer customer)
    {
        CustomerZone zone = new ZoneResolver(options, JurisdictionPacks.Shipped).Resolve(customer);
        return (zone.Source, zone.Calendar?.ZoneId);
    }

    private static IEnumerable<string> FaultsOf(ZoneOptions options) => new ZoneOptionsValidator().Validate(Options.DefaultName, options).Failures ?? [];
}
