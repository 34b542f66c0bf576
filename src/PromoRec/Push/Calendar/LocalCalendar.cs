using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace PromoRec.Push.Calendar;

/// <summary>The local time of one zone: the one type that answers questions about wall time. Immutable; any number of threads may ask.</summary>
/// <remarks>
/// Where clocks go forward, a skipped wall time stands for the instant of the transition. Where they go back, a wall time that occurs twice
/// stands for the earlier instant when something starts at it and for the later one when something ends at it. A day is the time between the
/// first instants of two consecutive dates: usually 24 hours, 23 or 25 where clocks change, none where a zone has skipped a date. A zone's
/// transitions are found at the first question about some fourteen years around them; afterwards nothing is allocated.
/// </remarks>
public sealed class LocalCalendar
{
    private const int MostUnknown = 4096;

    private static readonly ConcurrentDictionary<string, LocalCalendar> Known = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, bool> Unknown = new(StringComparer.Ordinal);

    private LocalCalendar(TimeZoneInfo zone)
    {
        ZoneId = zone.Id;
        Rules = new ZoneRules(zone);
        Alone = [this];
    }

    /// <summary>The zone's IANA name.</summary>
    public string ZoneId { get; }

    internal ZoneRules Rules { get; }

    /// <summary>This one and no other, so that nobody needs to make the list again.</summary>
    internal ImmutableArray<LocalCalendar> Alone { get; }

    /// <summary>How many wrong names are remembered.</summary>
    internal static int RememberedUnknown => Unknown.Count;

    /// <summary>The calendar of a zone; always the same one for the same name.</summary>
    /// <param name="zoneId">An IANA name, such as "Europe/Berlin", in exactly that spelling.</param>
    /// <param name="calendar">The calendar, or null where this machine knows no such zone.</param>
    public static bool TryGet(string? zoneId, [NotNullWhen(true)] out LocalCalendar? calendar)
    {
        calendar = null;
        if (zoneId is null || Known.TryGetValue(zoneId, out calendar) || Unknown.ContainsKey(zoneId) || !ZoneName.IsPlausible(zoneId))
        {
            return calendar is not null;
        }

        // The platform finds a name in other spellings or not, depending on what it was asked before.
        if (TimeZoneInfo.TryFindSystemTimeZoneById(zoneId, out TimeZoneInfo? zone) && string.Equals(zone.Id, zoneId, StringComparison.Ordinal))
        {
            calendar = Known.GetOrAdd(zoneId, static (_, found) => new LocalCalendar(found), zone);
            return true;
        }

        // Names come from devices: what is remembered of wrong ones stays bounded, and some thousands of them do not make all others slow for ever.
        if (Unknown.Count >= MostUnknown)
        {
            Unknown.Clear();
        }

        Unknown.TryAdd(zoneId, true);
        return false;
    }

    /// <summary>The wall time at an instant.</summary>
    public DateTime ToLocal(DateTimeOffset instant) => new(Rules.LocalAt(instant.UtcTicks));

    /// <summary>The date whose <see cref="DayOf"/> has an instant.</summary>
    /// <remarks>
    /// That is the date of the wall time, but for one thing: where clocks are put back across midnight, what follows belongs to the day that
    /// had begun already.
    /// </remarks>
    public DateOnly DateAt(DateTimeOffset instant) => DateOnly.FromDayNumber(Rules.DayAt(instant.UtcTicks));

    /// <summary>The time between the first instants of a date and of the next one; empty where the zone has skipped the date.</summary>
    public InstantInterval DayOf(DateOnly date) => Days(date.DayNumber, date.DayNumber + 1);

    /// <summary>The day that an instant is in.</summary>
    public InstantInterval DayContaining(DateTimeOffset instant) => DayOf(DateAt(instant));

    /// <summary>The week that an instant is in.</summary>
    /// <param name="instant">The instant.</param>
    /// <param name="weekStart">The day on which a week begins.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="weekStart"/> is no day of the week.</exception>
    public InstantInterval WeekContaining(DateTimeOffset instant, DayOfWeek weekStart)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan((int)weekStart, (int)DayOfWeek.Sunday, nameof(weekStart));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((int)weekStart, (int)DayOfWeek.Saturday, nameof(weekStart));
        int day = Rules.DayAt(instant.UtcTicks);

        // Day 0 is the first of January of the year 1, a Monday.
        int sinceStart = (day + (int)DayOfWeek.Monday - (int)weekStart + 7) % 7;
        return Days(day - sinceStart, day - sinceStart + 7);
    }

    /// <summary>The month that an instant is in.</summary>
    public InstantInterval MonthContaining(DateTimeOffset instant)
    {
        DateOnly date = DateAt(instant);
        int first = date.DayNumber - date.Day + 1;
        return Days(first, first + DateTime.DaysInMonth(date.Year, date.Month));
    }

    /// <summary>The instants of a stretch of wall time that starts on a date; where it ends no later than it starts, it ends on the next date.</summary>
    /// <param name="date">The date it starts on.</param>
    /// <param name="from">Where it starts.</param>
    /// <param name="to">Where it ends.</param>
    /// <returns>An interval in UTC; empty when clocks skip all of it.</returns>
    public InstantInterval Between(DateOnly date, TimeOnly from, TimeOnly to)
    {
        long midnight = date.DayNumber * TimeSpan.TicksPerDay;
        long end = midnight + to.Ticks + (to <= from ? TimeSpan.TicksPerDay : 0);
        return Interval(Rules.FirstReach(midnight + from.Ticks), Rules.LastReach(end));
    }

    private static InstantInterval Interval(long start, long end) => new(new DateTimeOffset(start, TimeSpan.Zero), new DateTimeOffset(end, TimeSpan.Zero));

    private InstantInterval Days(int first, int end) => Interval(Rules.FirstReach(first * TimeSpan.TicksPerDay), Rules.FirstReach(end * TimeSpan.TicksPerDay));
}
