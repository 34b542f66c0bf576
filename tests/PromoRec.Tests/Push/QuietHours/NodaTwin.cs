using NodaTime;
using NodaTime.TimeZones;
using PromoRec.Push.QuietHours;
using PromoRec.Tests.Push.Calendar;

namespace PromoRec.Tests.Push.QuietHours;

/// <summary>Quiet hours that start daily, computed with NodaTime around one transition.</summary>
internal sealed class NodaTwin
{
    private readonly List<(long Start, long End)> _intervals = [];

    private NodaTwin(DateTimeZone zone, Instant around, QuietInterval interval)
    {
        LocalDate date = around.InZone(zone).Date;
        for (int day = -4; day <= 4; day++)
        {
            LocalDate first = date.PlusDays(day);
            LocalDate last = interval.To <= interval.From ? first.PlusDays(1) : first;
            _intervals.Add((Map(zone, first.At(LocalTime.FromTimeOnly(interval.From)), isStart: true), Map(zone, last.At(LocalTime.FromTimeOnly(interval.To)), isStart: false)));
        }
    }

    /// <summary>The zone whose data, from NodaTime itself or else from the platform, has the transition; null where neither has it.</summary>
    public static DateTimeZone? ZoneFor(ZoneTransition transition)
    {
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(transition.Zone.Id) is { } own && Has(own, transition))
        {
            return own;
        }

        var platform = BclDateTimeZone.FromTimeZoneInfo(transition.Zone);
        return Has(platform, transition) ? platform : null;
    }

    public static NodaTwin Of(DateTimeZone zone, ZoneTransition transition, QuietInterval interval) => new(zone, InstantOf(transition), interval);

    /// <summary>The first tick, not before one, that is not quiet.</summary>
    public long Release(long ticks)
    {
        long release = ticks;
        foreach ((long start, long end) in _intervals)
        {
            // In the order of their starts, and with them of their ends.
            release = start <= release && release < end ? end : release;
        }

        return release;
    }

    private static bool Has(DateTimeZone zone, ZoneTransition transition)
    {
        Instant at = InstantOf(transition);
        ZoneInterval before = zone.GetZoneInterval(at - NodaTime.Duration.Epsilon);
        ZoneInterval after = zone.GetZoneInterval(at);
        var quiet = NodaTime.Duration.FromDays(6);
        return after.HasStart && after.Start == at && before.WallOffset.Ticks == transition.Before && after.WallOffset.Ticks == transition.After
            && (!before.HasStart || at - before.Start > quiet) && (!after.HasEnd || after.End - at > quiet);
    }

    private static Instant InstantOf(ZoneTransition transition) => Instant.FromDateTimeOffset(transition.Instant);

    private static long Map(DateTimeZone zone, LocalDateTime local, bool isStart)
    {
        ZoneLocalMapping mapping = zone.MapLocal(local);
        Instant instant = mapping.Count == 0 ? mapping.LateInterval.Start : (isStart ? mapping.First() : mapping.Last()).ToInstant();
        return instant.ToDateTimeUtc().Ticks;
    }
}
