using PromoRec.Push.Calendar;

namespace PromoRec.Tests.Push.Calendar;

/// <summary>A change of a zone's distance from UTC, found without the library's help. Instants and offsets are ticks.</summary>
internal sealed record ZoneTransition(TimeZoneInfo Zone, LocalCalendar Calendar, long At, long Before, long After)
{
    private const long Step = TimeSpan.TicksPerDay;

    private static readonly Lazy<IReadOnlyList<ZoneTransition>> Found = new(() => [.. TimeZoneInfo.GetSystemTimeZones().SelectMany(Find)]);

    /// <summary>Every transition from 2000 to 2040 of every zone of this machine.</summary>
    public static IReadOnlyList<ZoneTransition> All
    {
        get
        {
            RequireZones();
            return Found.Value;
        }
    }

    /// <summary>One transition for each change of offset and hour of the day: what differs between those of one kind is the date.</summary>
    public static IReadOnlyList<ZoneTransition> OneOfEachKind =>
        [.. All.GroupBy(transition => (transition.Before, transition.After, transition.At % TimeSpan.TicksPerDay)).Select(kind => kind.First())];

    /// <summary>Every zone of this machine.</summary>
    public static IReadOnlyList<TimeZoneInfo> Zones
    {
        get
        {
            RequireZones();
            return TimeZoneInfo.GetSystemTimeZones();
        }
    }

    public DateTimeOffset Instant => new(At, TimeSpan.Zero);

    public override string ToString() => $"{Zone.Id} at {Instant:u}";

    private static void RequireZones() =>
        Assert.SkipUnless(TimeZoneInfo.GetSystemTimeZones().Count > 100, "This machine has no time zone data; on Debian: apt-get install tzdata.");

    private static IEnumerable<ZoneTransition> Find(TimeZoneInfo zone)
    {
        Assert.True(LocalCalendar.TryGet(zone.Id, out LocalCalendar? calendar), zone.Id);
        long last = new DateTime(2041, 1, 1).Ticks;
        for (long before = new DateTime(2000, 1, 1).Ticks; before < last; before += Step)
        {
            long offset = OffsetAt(zone, before);
            long low = before;
            long high = before + Step;
            if (OffsetAt(zone, high) == offset)
            {
                continue;
            }

            while (high - low > 1)
            {
                long middle = low + ((high - low) / 2);
                (low, high) = OffsetAt(zone, middle) == offset ? (middle, high) : (low, middle);
            }

            yield return new ZoneTransition(zone, calendar, high, offset, OffsetAt(zone, high));
        }
    }

    private static long OffsetAt(TimeZoneInfo zone, long instant) => zone.GetUtcOffset(new DateTime(instant, DateTimeKind.Utc)).Ticks;
}
