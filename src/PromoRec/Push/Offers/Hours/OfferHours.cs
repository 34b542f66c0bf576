using System.Collections.Immutable;
using PromoRec.Push.Calendar;

namespace PromoRec.Push.Offers.Hours;

/// <summary>The hours of the week in which an offer holds. Clock changes shorten and lengthen them as <see cref="LocalCalendar.Between"/> says.</summary>
public sealed record OfferHours
{
    /// <summary>Most intervals that start on one day.</summary>
    public const int MaxPerDay = 8;

    // A clock change can swallow an hour of this week, so the next two are looked at.
    private const int DaysAhead = 15;

    /// <summary>Whose clock they go by.</summary>
    public HoursZone Zone { get; init; }

    /// <summary>The intervals, in any order; they may overlap. At least one.</summary>
    public required ImmutableArray<WeeklyHours> Week { get; init => field = value.IsDefault ? [] : value; }

    /// <summary>Whether an instant lies in one of them.</summary>
    internal bool IsOpen(LocalCalendar calendar, DateTimeOffset at) => NextOpen(calendar, at, daysAhead: 1) == at;

    /// <summary>The first instant from <paramref name="at"/> on that lies in one of them; null where there is none within two weeks.</summary>
    internal DateTimeOffset? NextOpen(LocalCalendar calendar, DateTimeOffset at) => NextOpen(calendar, at, DaysAhead);

    /// <summary>The first instant from <paramref name="at"/> on that lies in none of them; null where there is none within two weeks.</summary>
    internal DateTimeOffset? NextClosed(LocalCalendar calendar, DateTimeOffset at)
    {
        DateTimeOffset close = at;
        for (int i = 0; i < DaysAhead * MaxPerDay; i++)
        {
            if (EndAround(calendar, close) is not { } end)
            {
                return close;
            }

            close = end;
        }

        return null;
    }

    /// <summary>The end of an interval that an instant lies in.</summary>
    private DateTimeOffset? EndAround(LocalCalendar calendar, DateTimeOffset at)
    {
        int today = calendar.DateAt(at).DayNumber;
        for (int day = Math.Max(today - 1, 0); day <= Math.Min(today + 1, DateOnly.MaxValue.DayNumber - 1); day++)
        {
            DateOnly date = DateOnly.FromDayNumber(day);
            foreach (ref readonly WeeklyHours hours in Week.AsSpan())
            {
                if (hours.Day == date.DayOfWeek && calendar.Between(date, hours.From, hours.To) is var open && open.Contains(at))
                {
                    return open.End;
                }
            }
        }

        return null;
    }

    private DateTimeOffset? NextOpen(LocalCalendar calendar, DateTimeOffset at, int daysAhead)
    {
        DateTimeOffset? next = null;
        int today = calendar.DateAt(at).DayNumber;
        for (int day = Math.Max(today - 1, 0); day <= Math.Min(today + daysAhead, DateOnly.MaxValue.DayNumber - 1); day++)
        {
            DateOnly date = DateOnly.FromDayNumber(day);
            foreach (ref readonly WeeklyHours hours in Week.AsSpan())
            {
                if (hours.Day != date.DayOfWeek)
                {
                    continue;
                }

                InstantInterval open = calendar.Between(date, hours.From, hours.To);
                if (open.Contains(at))
                {
                    return at;
                }

                if (!open.IsEmpty && open.Start > at && !(next < open.Start))
                {
                    next = open.Start;
                }
            }
        }

        return next;
    }
}
