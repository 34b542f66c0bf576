using System.Globalization;
using PromoRec.Push.Calendar;

namespace PromoRec.Tests.Push.Calendar;

/// <summary>Short forms for calendars, instants and wall times in tests.</summary>
internal static class Zones
{
    public static LocalCalendar Get(string zoneId)
    {
        Assert.SkipUnless(TimeZoneInfo.TryFindSystemTimeZoneById(zoneId, out _), $"This machine has no time zone {zoneId}; on Debian: apt-get install tzdata.");
        Assert.True(LocalCalendar.TryGet(zoneId, out LocalCalendar? calendar));
        return calendar;
    }

    /// <summary>An instant such as "2026-03-29T01:00Z".</summary>
    public static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    public static DateOnly Date(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static TimeOnly Time(string text) => TimeOnly.ParseExact(text, "HH:mm", CultureInfo.InvariantCulture);

    /// <summary>An interval such as "2026-03-07T02:00Z", "2026-03-08T12:00Z".</summary>
    public static InstantInterval Interval(string start, string end) => new(Utc(start), Utc(end));

    public static InstantInterval Between(this LocalCalendar calendar, string date, string from, string to) =>
        calendar.Between(Date(date), Time(from), Time(to));
}
