using PromoRec.Push.Calendar;

namespace PromoRec.Tests.Push.Calendar;

/// <summary>What must be true in every zone of the machine.</summary>
public sealed class EveryZoneTests
{
    private static readonly DateOnly First = new(2000, 1, 1);
    private static readonly DateOnly Last = new(2040, 12, 31);
    private static readonly Lazy<ILookup<string, ZoneTransition>> ByZone = new(() => ZoneTransition.All.ToLookup(transition => transition.Zone.Id));

    [Fact]
    public void Wall_time_is_that_of_the_platform_on_both_sides_of_every_transition()
    {
        foreach (ZoneTransition transition in ZoneTransition.All)
        {
            foreach (long distance in new[] { -TimeSpan.TicksPerDay, -1, 0, 1, TimeSpan.TicksPerDay })
            {
                AssertWallTime(transition.Zone, transition.Calendar, transition.Instant.AddTicks(distance));
            }
        }
    }

    [Fact]
    public void Wall_time_is_that_of_the_platform_in_other_centuries()
    {
        foreach (TimeZoneInfo zone in ZoneTransition.Zones)
        {
            LocalCalendar calendar = Zones.Get(zone.Id);
            for (DateTimeOffset instant = new(1800, 1, 1, 0, 0, 0, TimeSpan.Zero); instant.Year < 2200; instant += TimeSpan.FromDays(97.37))
            {
                AssertWallTime(zone, calendar, instant);
            }
        }
    }

    [Fact]
    public void Days_follow_each_other_and_last_twenty_four_hours_unless_a_transition_is_in_them_or_at_their_end()
    {
        HashSet<double> lengths = [];
        foreach (TimeZoneInfo zone in ZoneTransition.Zones)
        {
            LocalCalendar calendar = Zones.Get(zone.Id);
            HashSet<DateOnly> changed = [.. TransitionsOf(zone).SelectMany(transition => DatesBeside(transition))];
            DateTimeOffset end = calendar.DayOf(First).Start;
            for (DateOnly date = First; date <= Last; date = date.AddDays(1))
            {
                InstantInterval day = calendar.DayOf(date);
                lengths.Add(day.Length.TotalHours);
                if (day.Start != end || (day.Length != TimeSpan.FromHours(24) && !changed.Contains(date)))
                {
                    Assert.Fail($"{zone.Id} {date:O} is {day}");
                }

                end = day.End;
            }
        }

        Assert.Superset(new HashSet<double> { 0, 23, 23.5, 24, 24.5, 25 }, lengths);
    }

    [Fact]
    public void The_date_at_an_instant_is_the_one_whose_day_has_it()
    {
        foreach (ZoneTransition transition in ZoneTransition.All)
        {
            foreach (DateOnly date in DatesBeside(transition))
            {
                InstantInterval day = transition.Calendar.DayOf(date);
                if (!day.IsEmpty && (transition.Calendar.DateAt(day.Start) != date || transition.Calendar.DateAt(day.End.AddTicks(-1)) != date))
                {
                    Assert.Fail($"{transition}: {date:O}");
                }
            }
        }
    }

    [Fact]
    public void A_day_begins_at_the_first_minute_that_shows_its_date_or_a_later_one()
    {
        foreach (ZoneTransition transition in Stress.IsFull ? ZoneTransition.All : ZoneTransition.OneOfEachKind)
        {
            DateOnly date = DateOnly.FromDateTime(Local(transition, transition.Instant));
            DateTimeOffset minute = transition.Instant.AddHours(-26);
            for (int days = -1; days <= 1; days++)
            {
                while (DateOnly.FromDateTime(Local(transition, minute)) < date.AddDays(days))
                {
                    minute = minute.AddMinutes(1);
                }

                if (minute > transition.Instant.AddHours(-26))
                {
                    Assert.Equal(minute, transition.Calendar.DayOf(date.AddDays(days)).Start);
                }
            }
        }
    }

    [Fact]
    public void Around_every_transition_a_day_shows_its_date_and_nothing_before_it_does()
    {
        foreach (ZoneTransition transition in ZoneTransition.All)
        {
            foreach (DateOnly date in DatesBeside(transition))
            {
                DateTimeOffset start = transition.Calendar.DayOf(date).Start;
                if (DateOnly.FromDateTime(Local(transition, start)) < date)
                {
                    Assert.Fail($"{transition}: {date:O}");
                }

                for (int minutes = 0; minutes <= 180; minutes += 15)
                {
                    if (DateOnly.FromDateTime(Local(transition, start.AddMinutes(-minutes).AddTicks(-1))) >= date)
                    {
                        Assert.Fail($"{transition}: {date:O}, {minutes} min before");
                    }
                }
            }
        }
    }

    [Fact]
    public void Dates_were_skipped_only_where_zones_crossed_the_date_line()
    {
        IEnumerable<string> skipped = ZoneTransition.All
            .SelectMany(transition => DatesBeside(transition).Where(date => transition.Calendar.DayOf(date).IsEmpty).Select(date => $"{transition.Zone.Id} {date:O}"))
            .Distinct();

        Assert.Equal(["Pacific/Apia 2011-12-30", "Pacific/Fakaofo 2011-12-30"], skipped.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Weeks_and_months_are_the_days_in_them()
    {
        foreach (ZoneTransition transition in ZoneTransition.OneOfEachKind)
        {
            LocalCalendar calendar = transition.Calendar;
            DateOnly date = calendar.DateAt(transition.Instant);
            var firstOfMonth = new DateOnly(date.Year, date.Month, 1);
            Assert.Equal(Span(calendar, firstOfMonth, firstOfMonth.AddMonths(1)), calendar.MonthContaining(transition.Instant));
            foreach (DayOfWeek start in Enum.GetValues<DayOfWeek>())
            {
                DateOnly monday = date;
                while (monday.DayOfWeek != start)
                {
                    monday = monday.AddDays(-1);
                }

                Assert.Equal(Span(calendar, monday, monday.AddDays(7)), calendar.WeekContaining(transition.Instant, start));
            }
        }
    }

    private static IEnumerable<ZoneTransition> TransitionsOf(TimeZoneInfo zone) => ByZone.Value[zone.Id];

    /// <summary>The dates just before and at a transition, and any that it has skipped.</summary>
    private static IEnumerable<DateOnly> DatesBeside(ZoneTransition transition)
    {
        DateOnly last = transition.Calendar.DateAt(transition.Instant);
        for (DateOnly date = transition.Calendar.DateAt(transition.Instant.AddTicks(-1)); date <= last; date = date.AddDays(1))
        {
            yield return date;
        }
    }

    private static InstantInterval Span(LocalCalendar calendar, DateOnly from, DateOnly to) => new(calendar.DayOf(from).Start, calendar.DayOf(to).Start);

    private static DateTime Local(ZoneTransition transition, DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, transition.Zone).DateTime;

    private static void AssertWallTime(TimeZoneInfo zone, LocalCalendar calendar, DateTimeOffset instant)
    {
        DateTime expected = TimeZoneInfo.ConvertTime(instant, zone).DateTime;
        if (expected != calendar.ToLocal(instant))
        {
            Assert.Fail($"{zone.Id} at {instant:O}: {calendar.ToLocal(instant):O}, not {expected:O}");
        }
    }
}
