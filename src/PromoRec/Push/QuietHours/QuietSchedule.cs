using System.Collections.Immutable;
using PromoRec.Push.Calendar;

namespace PromoRec.Push.QuietHours;

/// <summary>The quiet hours of a week and of holidays, ready to be asked about instants. Instants are ticks of UTC. Nothing is allocated.</summary>
internal sealed class QuietSchedule
{
    /// <summary>An answer later than every instant: never.</summary>
    public const long Never = long.MaxValue;

    /// <summary>How far ahead is looked: a week, and one day for a date that a zone has skipped.</summary>
    public const long Horizon = 8 * TimeSpan.TicksPerDay;

    /// <summary>How far from an instant the ends of the hours may be that start on its date or the one before.</summary>
    private const long Reach = 3 * TimeSpan.TicksPerDay;

    private readonly ImmutableArray<QuietSpan>[] _week = new ImmutableArray<QuietSpan>[7];
    private readonly IQuietCalendar? _holidays;

    public QuietSchedule(QuietWeek week, IQuietCalendar? holidays)
    {
        _holidays = holidays;
        ImmutableArray<QuietSpan> everyDay = QuietSpan.Merge(week.EveryDay);
        Array.Fill(_week, everyDay);
        foreach ((DayOfWeek day, IReadOnlyList<QuietInterval> intervals) in week.Days)
        {
            _week[(int)day] = QuietSpan.Merge(intervals);
        }

        IsEmpty = holidays is null && Array.TrueForAll(_week, day => day.IsEmpty);
    }

    /// <summary>Whether there are no quiet hours, in any zone.</summary>
    public bool IsEmpty { get; }

    /// <summary>The first instant from one on that is quiet in none of the zones; <see cref="Never"/> when there is none within <see cref="Horizon"/>.</summary>
    public long Release(ImmutableArray<LocalCalendar> zones, PushCustomer customer, long instant)
    {
        long release = instant;
        for (int asked = 0, still = 0; still < zones.Length; asked++)
        {
            ZoneRules rules = zones[asked % zones.Length].Rules;
            long end = rules.IsSteady(release, Reach, Reach, out SteadyClock clock) ? QuietUntil(clock, customer, release) : QuietUntil(rules, customer, release);
            still = end == release ? still + 1 : 0;
            release = end;
            if (release - instant > Horizon)
            {
                return Never;
            }
        }

        return release;
    }

    /// <summary>The first instant at which quiet hours start, after one that is not quiet; <see cref="Never"/> when none start within <see cref="Horizon"/>.</summary>
    public long NextStart(ImmutableArray<LocalCalendar> zones, PushCustomer customer, long instant)
    {
        long next = Never;
        foreach (LocalCalendar zone in zones)
        {
            bool isSteady = zone.Rules.IsSteady(instant, Reach, Horizon + Reach, out SteadyClock clock);
            next = Math.Min(next, isSteady ? NextStart(clock, customer, instant) : NextStart(zone.Rules, customer, instant));
        }

        return next;
    }

    /// <summary>Where the quiet hours began that an instant is in, together with those before them that they touch; at most some <see cref="Horizon"/> back.</summary>
    public long Begin(ImmutableArray<LocalCalendar> zones, PushCustomer customer, long instant)
    {
        long begin = instant + 1;
        while (instant - begin <= Horizon)
        {
            long earlier = begin;
            foreach (LocalCalendar zone in zones)
            {
                earlier = Math.Min(earlier, QuietSince(zone.Rules, customer, begin - 1));
            }

            if (earlier == begin)
            {
                break;
            }

            begin = earlier;
        }

        return begin;
    }

    /// <summary>The end of the quiet hours that an instant is in, or the instant.</summary>
    private long QuietUntil<TClock>(TClock clock, PushCustomer customer, long instant)
        where TClock : IWallClock
    {
        long until = instant;
        int last = clock.DayAt(instant);
        for (int day = FirstDay(clock, last, instant); day <= last; day++)
        {
            long midnight = day * TimeSpan.TicksPerDay;
            foreach (QuietSpan span in SpansOf(day, customer))
            {
                if (clock.FirstReach(midnight + span.From) <= instant)
                {
                    until = Math.Max(until, clock.LastReach(midnight + span.To));
                }
            }
        }

        return until;
    }

    /// <summary>The start of the quiet hours that an instant is in, or the tick after the instant.</summary>
    private long QuietSince<TClock>(TClock clock, PushCustomer customer, long instant)
        where TClock : IWallClock
    {
        long since = instant + 1;
        int last = clock.DayAt(instant);
        for (int day = FirstDay(clock, last, instant); day <= last; day++)
        {
            long midnight = day * TimeSpan.TicksPerDay;
            foreach (QuietSpan span in SpansOf(day, customer))
            {
                if (clock.LastReach(midnight + span.To) > instant)
                {
                    since = Math.Min(since, clock.FirstReach(midnight + span.From));
                }
            }
        }

        return since;
    }

    private long NextStart<TClock>(TClock clock, PushCustomer customer, long instant)
        where TClock : IWallClock
    {
        int first = clock.DayAt(instant);
        int last = Math.Min(first + (int)(Horizon / TimeSpan.TicksPerDay), DateOnly.MaxValue.DayNumber);
        for (int day = first; day <= last; day++)
        {
            long midnight = day * TimeSpan.TicksPerDay;
            foreach (QuietSpan span in SpansOf(day, customer))
            {
                long start = clock.FirstReach(midnight + span.From);
                if (start > instant && start < clock.LastReach(midnight + span.To))
                {
                    return start - instant <= Horizon ? start : Never;
                }
            }
        }

        return Never;
    }

    /// <summary>The first date whose quiet hours can reach an instant: yesterday, but for clocks that were put back across midnight.</summary>
    private static int FirstDay<TClock>(TClock clock, int last, long instant)
        where TClock : IWallClock
    {
        int first = Math.Max(last - 1, 0);
        while (first > 0 && clock.LastReach((first + 1) * TimeSpan.TicksPerDay) > instant)
        {
            first--;
        }

        return first;
    }

    private ReadOnlySpan<QuietSpan> SpansOf(int day, PushCustomer customer)
    {
        if (_holidays is not null)
        {
            QuietDay holiday = _holidays.GetDay(DateOnly.FromDayNumber(day), customer);
            if (!holiday.Spans.IsDefault)
            {
                return holiday.Spans.AsSpan();
            }

            if (holiday.Weekday is { } weekday)
            {
                return _week[(int)weekday].AsSpan();
            }
        }

        // Day 0, the first of January of the year 1, was a Monday.
        return _week[(day + (int)DayOfWeek.Monday) % 7].AsSpan();
    }
}
