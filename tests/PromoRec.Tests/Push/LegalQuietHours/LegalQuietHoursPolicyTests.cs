using PromoRec.Consent.Packs;
using PromoRec.Push;
using PromoRec.Push.Calendar;
using PromoRec.Push.LegalQuietHours;
using PromoRec.Push.QuietHours;

namespace PromoRec.Tests.Push.LegalQuietHours;

public class LegalQuietHoursPolicyTests
{
    private static readonly LegalQuietHoursPolicy Policy = new(JurisdictionPacks.Shipped, new QuietHoursOptions());

    [Theory]
    [InlineData("US", "CA", "America/Los_Angeles", "2026-11-18T20:59", null)]
    [InlineData("US", "CA", "America/Los_Angeles", "2026-11-18T21:00", "2026-11-19T08:00")]
    [InlineData("US", "CA", "America/Los_Angeles", "2026-11-18T07:59", "2026-11-18T08:00")]
    [InlineData("US", "CA", "America/Los_Angeles", "2026-11-18T08:00", null)]
    [InlineData("US", "FL", "America/New_York", "2026-11-18T19:59", null)]
    [InlineData("US", "FL", "America/New_York", "2026-11-18T20:00", "2026-11-19T08:00")]
    [InlineData("US", null, "America/New_York", "2026-11-18T20:00", "2026-11-19T08:00")]
    [InlineData("FR", null, "Europe/Paris", "2026-11-18T20:59", null)]
    [InlineData("DE", "BY", "Europe/Berlin", "2026-11-18T21:00", "2026-11-19T08:00")]
    [InlineData("CN", null, "Asia/Shanghai", "2026-11-18T23:00", "2026-11-19T08:00")]
    [InlineData("ZZ", null, "Asia/Tokyo", "2026-11-18T20:00", "2026-11-19T09:00")]
    [InlineData(null, null, "Asia/Tokyo", "2026-11-18T08:30", "2026-11-18T09:00")]
    [InlineData(null, null, "Asia/Tokyo", "2026-11-18T09:00", null)]
    public void A_promotion_waits_for_the_end_of_the_quiet_hours_of_its_jurisdiction(string? country, string? region, string zone, string local, string? until)
    {
        var at = new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(DateTime.Parse(local, System.Globalization.CultureInfo.InvariantCulture), TimeZoneInfo.FindSystemTimeZoneById(zone)));
        PushVerdict verdict = Policy.Evaluate(Context(country, region, Zone(zone, ZoneSource.Profile), at));

        Assert.Equal(until is null ? PushReason.None : PushReason.QuietHours, verdict.Reason);
        Assert.Equal(until, verdict.Kind == PushVerdictKind.Allow ? null : TimeZoneInfo.ConvertTime(verdict.NextEligibleAt!.Value, TimeZoneInfo.FindSystemTimeZoneById(zone)).ToString("yyyy-MM-ddTHH:mm", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("FR", ZoneSource.Device, true)]
    [InlineData("FR", ZoneSource.Inferred, true)]
    [InlineData("FR", ZoneSource.Country, true)]
    [InlineData("FR", ZoneSource.Fallback, true)]
    [InlineData("FR", ZoneSource.Unknown, false)]
    [InlineData("ZZ", ZoneSource.Profile, true)]
    [InlineData("ZZ", ZoneSource.Country, false)]
    [InlineData("ZZ", ZoneSource.Fallback, false)]
    [InlineData("CH", ZoneSource.Fallback, true)]
    [InlineData("CH", ZoneSource.Unknown, false)]
    public void A_zone_that_the_jurisdiction_does_not_accept_sends_nothing(string country, ZoneSource source, bool accepted)
    {
        JurisdictionPacks packs = JurisdictionPacks.Shipped.With("""{ "format": 1, "id": "CH", "version": 1, "basedOn": "EU", "countries": ["CH"], "unknownZone": "fallbackZone" }"""u8, "ch.json");
        var policy = new LegalQuietHoursPolicy(packs, new QuietHoursOptions());
        CustomerZone zone = source == ZoneSource.Unknown ? default : Zone("Europe/Zurich", source);

        Assert.Equal(accepted ? PushReason.None : PushReason.UnknownZone, policy.Evaluate(Context(country, null, zone, PushScenario.Noon)).Reason);
    }

    [Fact]
    public void Where_the_jurisdiction_wants_all_zones_of_the_country_the_shops_own_does_not_do()
    {
        // In Lisbon the same time; in New York afternoon, in Tokyo early morning.
        DateTimeOffset evening = new(2026, 11, 18, 21, 30, 0, TimeSpan.Zero);

        Assert.Equal(PushReason.QuietHours, Policy.Evaluate(Context("PT", null, Zone("America/New_York", ZoneSource.Fallback), evening)).Reason);
        Assert.Equal(PushReason.None, Policy.Evaluate(Context("PT", null, Zone("Asia/Tokyo", ZoneSource.Fallback), evening.AddHours(-2))).Reason);
    }

    [Fact]
    public void Orders_and_messages_inside_the_app_are_not_held()
    {
        PushContext night = Context("DE", null, Zone("Europe/Berlin", ZoneSource.Profile), PushScenario.Noon.AddHours(12));

        Assert.Equal(PushReason.QuietHours, Policy.Evaluate(night).Reason);
        Assert.Equal(PushReason.None, Policy.Evaluate(With(night, night.Request with { Class = MessageClass.Transactional })).Reason);
        Assert.Equal(PushReason.None, Policy.Evaluate(With(night, night.Request with { Channel = ChannelId.InApp })).Reason);
    }

    [Fact]
    public void A_jurisdiction_without_quiet_hours_holds_nothing_and_asks_for_no_zone()
    {
        JurisdictionPacks packs = JurisdictionPacks.Shipped.With("""{ "format": 1, "id": "EU", "version": 2, "basedOn": "EU", "countries": ["FR"], "quietHours": { "default": [] } }"""u8, "eu.json");

        Assert.Equal(PushVerdict.Allow, new LegalQuietHoursPolicy(packs, new QuietHoursOptions()).Evaluate(Context("FR", "IDF", default, PushScenario.Noon.AddHours(12))));
    }

    [Fact]
    public void The_host_says_what_happens_in_quiet_hours()
    {
        var dropping = new LegalQuietHoursPolicy(JurisdictionPacks.Shipped, new QuietHoursOptions { Action = QuietHoursAction.Drop });
        var nearest = new LegalQuietHoursPolicy(JurisdictionPacks.Shipped, new QuietHoursOptions { PlannedSends = PlannedSendAction.NearestEdge });
        PushContext night = Context("DE", null, Zone("Europe/Berlin", ZoneSource.Profile), PushScenario.Noon.AddHours(9));

        Assert.Equal(PushVerdictKind.Drop, dropping.Evaluate(night).Kind);
        Assert.Equal(PushScenario.Noon.AddHours(8).AddMinutes(-1), nearest.Place(night));
        Assert.Equal(night.PlannedAt, Policy.Place(night));
        Assert.Equal(night.PlannedAt, nearest.Place(With(night, night.Request with { Class = MessageClass.Transactional })));
    }

    [Fact]
    public void Deciding_allocates_nothing()
    {
        PushContext context = Context("US", "FL", Zone("America/New_York", ZoneSource.Profile), PushScenario.Noon);
        for (int i = 0; i < 100; i++)
        {
            Policy.Evaluate(context);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        PushVerdict verdict = Policy.Evaluate(context);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(PushReason.QuietHours, verdict.Reason);
    }

    private static CustomerZone Zone(string id, ZoneSource source) => LocalCalendar.TryGet(id, out LocalCalendar? calendar) ? new CustomerZone(source, [calendar]) : throw new ArgumentException(id);

    private static PushContext Context(string? country, string? region, CustomerZone zone, DateTimeOffset plannedAt)
    {
        PushSnapshot snapshot = PushScenario.Snapshot with { Customer = PushScenario.Snapshot.Customer with { Country = country, Region = region } };
        return new PushContext(PushScenario.Request, snapshot, plannedAt, PushScenario.TimeToLive, zone, null);
    }

    private static PushContext With(PushContext context, PushRequest request) => new(request, context.Snapshot, context.PlannedAt, context.TimeToLive, context.Zone, null);
}
