using System.Collections.Immutable;
using PromoRec.Consent;
using PromoRec.Push;
using PromoRec.Push.Calendar;
using PromoRec.Push.Ledger;
using PromoRec.Push.QuietHours;
using PromoRec.Tests.Push.Calendar;

namespace PromoRec.Tests.Push.QuietHours;

/// <summary>Short forms for requests, contexts and schedules in tests of quiet hours.</summary>
internal static class QuietCases
{
    public static PushCustomer Customer { get; } = new() { UserId = 1 };

    public static PushRequest Request { get; } = new()
    {
        UserId = 1,
        Offer = new Offer { Id = "autumn", Terms = OfferTerms.PercentOff(10) },
        Channel = ChannelId.Email,
    };

    public static QuietInterval Interval(string from, string to) => new(Zones.Time(from), Zones.Time(to));

    public static QuietWeek Daily(params (string From, string To)[] intervals) => new() { EveryDay = [.. intervals.Select(interval => Interval(interval.From, interval.To))] };

    public static ImmutableArray<LocalCalendar> Calendars(params string[] zoneIds) => [.. zoneIds.Select(Zones.Get)];

    public static CustomerZone Zone(params string[] zoneIds) => new(zoneIds.Length > 1 ? ZoneSource.Country : ZoneSource.Device, Calendars(zoneIds));

    public static PushContext Context(string zoneId, string now, PushRequest? request = null) => Context(Zone(zoneId), Zones.Utc(now), request);

    public static PushContext Context(CustomerZone zone, DateTimeOffset now, PushRequest? request = null, PushTraceBuilder? trace = null)
    {
        request ??= Request;
        var snapshot = new PushSnapshot(now, Customer with { UserId = request.UserId }, new ConsentView(new ConsentRecord(0, [], false)), new CustomerHistory(now, []));
        DateTimeOffset planned = request.PlannedAt is { } at && at > now ? at : now;
        return new PushContext(request, snapshot, planned, TimeSpan.FromMinutes(15), zone, trace);
    }

    public static string? Release(this QuietSchedule schedule, string zoneId, string instant)
    {
        long release = schedule.Release(Calendars(zoneId), Customer, Zones.Utc(instant).Ticks);
        return release == QuietSchedule.Never ? null : new DateTimeOffset(release, TimeSpan.Zero).ToString("yyyy-MM-dd'T'HH:mm'Z'", null);
    }
}
