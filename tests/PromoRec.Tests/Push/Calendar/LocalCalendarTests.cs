using PromoRec.Push.Calendar;
using static PromoRec.Tests.Push.Calendar.Zones;

namespace PromoRec.Tests.Push.Calendar;

public sealed class LocalCalendarTests
{
    [Fact]
    public void A_bound_that_does_not_exist_is_the_instant_of_the_transition()
    {
        LocalCalendar berlin = Get("Europe/Berlin");

        Assert.Equal(Interval("2026-03-28T21:00Z", "2026-03-29T01:00Z"), berlin.Between("2026-03-28", "22:00", "02:30"));
        Assert.Equal(Interval("2026-03-29T01:00Z", "2026-03-29T03:00Z"), berlin.Between("2026-03-29", "02:30", "05:00"));
        Assert.Equal(Utc("2026-03-29T03:00Z").DateTime, berlin.ToLocal(Utc("2026-03-29T01:00Z")));
    }

    [Fact]
    public void Where_wall_time_occurs_twice_a_start_is_the_earlier_and_an_end_the_later()
    {
        LocalCalendar berlin = Get("Europe/Berlin");

        Assert.Equal(Interval("2026-10-24T20:00Z", "2026-10-25T01:30Z"), berlin.Between("2026-10-24", "22:00", "02:30"));
        Assert.Equal(Interval("2026-10-25T00:30Z", "2026-10-25T04:00Z"), berlin.Between("2026-10-25", "02:30", "05:00"));
        Assert.Equal(Interval("2026-10-25T00:00Z", "2026-10-25T02:00Z"), berlin.Between("2026-10-25", "02:00", "03:00"));
        Assert.Equal(Interval("2026-10-24T23:00Z", "2026-10-25T01:00Z"), berlin.Between("2026-10-25", "01:00", "02:00"));
    }

    [Fact]
    public void Both_bounds_inside_one_gap_leave_nothing()
    {
        InstantInterval skipped = Get("Europe/Berlin").Between("2026-03-29", "02:10", "02:50");

        Assert.Equal(Interval("2026-03-29T01:00Z", "2026-03-29T01:00Z"), skipped);
        Assert.True(skipped.IsEmpty);
    }

    [Fact]
    public void A_night_in_New_York_lasts_ten_or_twelve_hours_where_clocks_change()
    {
        LocalCalendar newYork = Get("America/New_York");

        Assert.Equal(Interval("2026-03-08T02:00Z", "2026-03-08T12:00Z"), newYork.Between("2026-03-07", "21:00", "08:00"));
        Assert.Equal(Interval("2026-11-01T01:00Z", "2026-11-01T13:00Z"), newYork.Between("2026-10-31", "21:00", "08:00"));
    }

    [Fact]
    public void A_day_starts_at_its_first_instant_even_where_midnight_is_skipped()
    {
        LocalCalendar cairo = Get("Africa/Cairo");

        Assert.Equal(Interval("2026-04-23T22:00Z", "2026-04-24T21:00Z"), cairo.DayOf(Date("2026-04-24")));
        Assert.Equal(Utc("2026-04-24T01:00Z").DateTime, cairo.ToLocal(cairo.DayOf(Date("2026-04-24")).Start));
        Assert.Equal(Utc("2026-09-06T04:00Z"), Get("America/Santiago").DayOf(Date("2026-09-06")).Start);
        Assert.Equal(Utc("2026-09-06T01:00Z").DateTime, Get("America/Santiago").ToLocal(Utc("2026-09-06T04:00Z")));
    }

    [Fact]
    public void A_day_lasts_twenty_three_to_twenty_five_hours()
    {
        Assert.Equal(TimeSpan.FromHours(25), Get("Africa/Cairo").DayOf(Date("2026-10-29")).Length);
        Assert.Equal(TimeSpan.FromHours(23), Get("Africa/Cairo").DayOf(Date("2026-04-24")).Length);
        Assert.Equal(TimeSpan.FromHours(23), Get("Europe/Berlin").DayOf(Date("2026-03-29")).Length);
        Assert.Equal(TimeSpan.FromHours(25), Get("Europe/Berlin").DayOf(Date("2026-10-25")).Length);
        Assert.Equal(TimeSpan.FromHours(23.5), Get("Australia/Lord_Howe").DayOf(Date("2026-10-04")).Length);
        Assert.Equal(TimeSpan.FromHours(24.5), Get("Australia/Lord_Howe").DayOf(Date("2026-04-05")).Length);
    }

    [Fact]
    public void Lord_Howe_shifts_by_half_an_hour()
    {
        LocalCalendar lordHowe = Get("Australia/Lord_Howe");

        Assert.Equal(Utc("2026-10-04T01:59Z").DateTime, lordHowe.ToLocal(Utc("2026-10-03T15:29Z")));
        Assert.Equal(Utc("2026-10-04T02:30Z").DateTime, lordHowe.ToLocal(Utc("2026-10-03T15:30Z")));
        Assert.Equal(Interval("2026-10-03T15:30Z", "2026-10-03T15:30Z"), lordHowe.Between("2026-10-04", "02:05", "02:25"));
    }

    [Fact]
    public void A_date_that_the_zone_has_skipped_is_empty()
    {
        LocalCalendar apia = Get("Pacific/Apia");
        InstantInterval skipped = apia.DayOf(Date("2011-12-30"));

        Assert.True(skipped.IsEmpty);
        Assert.Equal(apia.DayOf(Date("2011-12-29")).End, skipped.Start);
        Assert.Equal(apia.DayOf(Date("2011-12-31")).Start, skipped.End);
        Assert.Equal(Interval("2011-12-29T10:00Z", "2011-12-30T10:00Z"), apia.DayOf(Date("2011-12-29")));
        Assert.Equal(Interval("2011-12-30T10:00Z", "2011-12-31T10:00Z"), apia.DayOf(Date("2011-12-31")));
        Assert.Equal(Date("2011-12-31"), apia.DateAt(Utc("2011-12-30T10:00Z")));
        Assert.True(apia.Between("2011-12-30", "09:00", "17:00").IsEmpty);
    }

    [Fact]
    public void Shanghai_has_no_transition()
    {
        LocalCalendar shanghai = Get("Asia/Shanghai");

        for (DateOnly date = Date("2000-01-01"); date < Date("2040-01-01"); date = date.AddDays(1))
        {
            DateTimeOffset midnight = new(date, default, TimeSpan.FromHours(8));
            Assert.Equal(new InstantInterval(midnight, midnight.AddDays(1)), shanghai.DayOf(date));
        }
    }

    [Fact]
    public void What_follows_a_fold_across_midnight_belongs_to_the_day_that_had_begun()
    {
        // On 2010-11-07 at 00:01, St. John's put its clocks back to 23:01 of the day before.
        LocalCalendar stJohns = Get("America/St_Johns");
        DateTimeOffset again = Utc("2010-11-07T03:00Z");

        Assert.Equal(Utc("2010-11-06T23:30Z").DateTime, stJohns.ToLocal(again));
        Assert.Equal(Utc("2010-11-07T02:30Z"), stJohns.DayOf(Date("2010-11-07")).Start);
        Assert.Equal(Date("2010-11-07"), stJohns.DateAt(again));
        Assert.True(stJohns.DayContaining(again).Contains(again));
    }

    [Fact]
    public void A_week_starts_where_the_caller_says()
    {
        LocalCalendar berlin = Get("Europe/Berlin");
        DateTimeOffset wednesday = Utc("2026-03-25T12:00Z");

        Assert.Equal(Interval("2026-03-22T23:00Z", "2026-03-29T22:00Z"), berlin.WeekContaining(wednesday, DayOfWeek.Monday));
        Assert.Equal(Interval("2026-03-21T23:00Z", "2026-03-28T23:00Z"), berlin.WeekContaining(wednesday, DayOfWeek.Sunday));
        Assert.Equal(Interval("2026-03-24T23:00Z", "2026-03-31T22:00Z"), berlin.WeekContaining(wednesday, DayOfWeek.Wednesday));
        Assert.Equal(Interval("2026-03-18T23:00Z", "2026-03-25T23:00Z"), berlin.WeekContaining(wednesday, DayOfWeek.Thursday));
        Assert.Throws<ArgumentOutOfRangeException>(() => berlin.WeekContaining(wednesday, (DayOfWeek)7));
    }

    [Fact]
    public void A_month_is_the_time_between_the_first_instants_of_two_firsts()
    {
        LocalCalendar berlin = Get("Europe/Berlin");

        Assert.Equal(Interval("2026-02-28T23:00Z", "2026-03-31T22:00Z"), berlin.MonthContaining(Utc("2026-02-28T23:00Z")));
        Assert.Equal(Interval("2026-01-31T23:00Z", "2026-02-28T23:00Z"), berlin.MonthContaining(Utc("2026-02-28T22:59Z")));
        Assert.Equal(TimeSpan.FromDays(29), berlin.MonthContaining(Utc("2028-02-11T00:00Z")).Length);
    }

    [Fact]
    public void The_first_and_the_last_instants_of_time_are_answered()
    {
        foreach (string zone in new[] { "Asia/Tokyo", "America/Los_Angeles", "UTC" })
        {
            LocalCalendar calendar = Get(zone);
            foreach (DateTimeOffset instant in new[] { DateTimeOffset.MinValue, DateTimeOffset.MaxValue })
            {
                Assert.Equal(instant.Year, calendar.ToLocal(instant).Year);
                Assert.True(calendar.DayContaining(instant).Length <= TimeSpan.FromDays(1));
                Assert.True(calendar.WeekContaining(instant, DayOfWeek.Saturday).Length <= TimeSpan.FromDays(7));
                Assert.True(calendar.MonthContaining(instant).Length <= TimeSpan.FromDays(31));
                Assert.True(calendar.Between(calendar.DateAt(instant), Time("22:00"), Time("06:00")).Length <= TimeSpan.FromHours(9));
            }
        }
    }

    [Fact]
    public void One_name_gives_one_calendar()
    {
        LocalCalendar berlin = Get("Europe/Berlin");

        Assert.Same(berlin, Get("Europe/Berlin"));
        Assert.Equal("Europe/Berlin", berlin.ZoneId);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("Europe/Berln")]
    [InlineData("europe/berlin")]
    [InlineData("Europe/Berlin ")]
    [InlineData("Europe//Berlin")]
    [InlineData("Europe/")]
    [InlineData("/Europe/Berlin")]
    [InlineData("./Europe/Berlin")]
    [InlineData("../zoneinfo/Europe/Berlin")]
    [InlineData("right/Europe/Berlin")]
    [InlineData("posix/Europe/Berlin")]
    [InlineData("localtime")]
    [InlineData("posixrules")]
    [InlineData("Factory")]
    [InlineData("tzdata.zi")]
    [InlineData("Europe/Berlin\0")]
    [InlineData("+01:00")]
    public void What_names_no_zone_has_no_calendar(string? name)
    {
        // Listing the zones must not change what names are known.
        Assert.NotEmpty(TimeZoneInfo.GetSystemTimeZones());

        Assert.False(LocalCalendar.TryGet(name, out LocalCalendar? calendar));
        Assert.Null(calendar);
        Assert.False(LocalCalendar.TryGet(name, out _));
    }

    [Fact]
    public void Wrong_names_from_devices_do_not_fill_the_memory()
    {
        for (int i = 0; i < 10_000; i++)
        {
            Assert.False(LocalCalendar.TryGet($"Nowhere/City{i}", out _));
        }

        Assert.True(LocalCalendar.RememberedUnknown <= 4096 + Environment.ProcessorCount);
    }

    [Fact]
    public void Answers_allocate_nothing_once_a_zone_is_compiled()
    {
        LocalCalendar berlin = Get("Europe/Berlin");
        DateTimeOffset instant = Utc("2026-03-29T00:59Z");
        long sum = Ask(berlin, instant);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            sum += Ask(berlin, instant);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.NotEqual(0, sum);
    }

    private static long Ask(LocalCalendar calendar, DateTimeOffset instant) =>
        calendar.DayContaining(instant).Start.Ticks + calendar.WeekContaining(instant, DayOfWeek.Monday).End.Ticks + calendar.MonthContaining(instant).End.Ticks
        + calendar.ToLocal(instant).Ticks + calendar.Between(calendar.DateAt(instant), new TimeOnly(22, 0), new TimeOnly(8, 0)).Start.Ticks;
}
