using PromoRec.Push;
using PromoRec.Push.QuietHours;
using PromoRec.Tests.Push.Calendar;
using static PromoRec.Tests.Push.QuietHours.QuietCases;

namespace PromoRec.Tests.Push.QuietHours;

public sealed class QuietScheduleTests
{
    [Theory]
    [InlineData("Europe/Berlin", "22:00", "02:30", "2026-03-28T23:00Z", "2026-03-29T01:00Z")]
    [InlineData("Europe/Berlin", "22:00", "02:30", "2026-10-24T23:00Z", "2026-10-25T01:30Z")]
    [InlineData("Europe/Berlin", "22:00", "02:30", "2026-10-25T00:45Z", "2026-10-25T01:30Z")]
    [InlineData("America/New_York", "21:00", "08:00", "2026-03-08T02:00Z", "2026-03-08T12:00Z")]
    [InlineData("America/New_York", "21:00", "08:00", "2026-03-08T01:59Z", "2026-03-08T01:59Z")]
    [InlineData("America/New_York", "21:00", "08:00", "2026-11-01T01:00Z", "2026-11-01T13:00Z")]
    [InlineData("America/New_York", "21:00", "08:00", "2026-11-01T00:59Z", "2026-11-01T00:59Z")]
    [InlineData("Africa/Cairo", "23:00", "00:30", "2026-04-23T21:00Z", "2026-04-23T22:00Z")]
    [InlineData("Africa/Cairo", "23:00", "00:00", "2026-10-29T20:00Z", "2026-10-29T22:00Z")]
    [InlineData("America/Santiago", "20:00", "00:30", "2026-09-06T01:00Z", "2026-09-06T04:00Z")]
    [InlineData("Australia/Lord_Howe", "22:00", "02:15", "2026-10-03T12:00Z", "2026-10-03T15:30Z")]
    [InlineData("Pacific/Apia", "22:00", "08:00", "2011-12-30T09:00Z", "2011-12-30T18:00Z")]
    [InlineData("Asia/Shanghai", "21:00", "08:00", "2026-03-08T13:00Z", "2026-03-09T00:00Z")]
    public void The_release_is_the_first_instant_outside(string zone, string from, string to, string instant, string release) =>
        Assert.Equal(release, new QuietSchedule(Daily((from, to)), null).Release(zone, instant));

    [Fact]
    public void Intervals_that_overlap_or_touch_are_one()
    {
        var schedule = new QuietSchedule(Daily(("22:00", "07:00"), ("07:00", "09:00"), ("08:30", "10:00"), ("10:01", "11:00")), null);

        Assert.Equal("2026-01-02T10:00Z", schedule.Release("UTC", "2026-01-01T23:00Z"));
        Assert.Equal("2026-01-02T11:00Z", schedule.Release("UTC", "2026-01-02T10:01Z"));
        Assert.Equal("2026-01-02T11:00Z", schedule.Release("UTC", "2026-01-02T11:00Z"));
    }

    [Fact]
    public void An_interval_across_midnight_belongs_to_the_day_it_starts_on()
    {
        // 2026-01-02 is a Friday.
        var week = new QuietWeek { Days = { [DayOfWeek.Friday] = [Interval("22:00", "10:00")], [DayOfWeek.Sunday] = [Interval("00:00", "12:00"), Interval("12:00", "00:00")] } };
        var schedule = new QuietSchedule(week, null);

        Assert.Equal("2026-01-02T09:00Z", schedule.Release("UTC", "2026-01-02T09:00Z"));
        Assert.Equal("2026-01-03T10:00Z", schedule.Release("UTC", "2026-01-02T22:00Z"));
        Assert.Equal("2026-01-03T10:00Z", schedule.Release("UTC", "2026-01-03T09:00Z"));
        Assert.Equal("2026-01-03T23:00Z", schedule.Release("UTC", "2026-01-03T23:00Z"));
        Assert.Equal("2026-01-05T00:00Z", schedule.Release("UTC", "2026-01-04T00:00Z"));
    }

    [Fact]
    public void A_weekday_of_its_own_replaces_every_day()
    {
        var week = new QuietWeek { EveryDay = [Interval("21:00", "08:00")], Days = { [DayOfWeek.Saturday] = [] } };
        var schedule = new QuietSchedule(week, null);

        Assert.Equal("2026-01-03T08:00Z", schedule.Release("UTC", "2026-01-02T23:00Z"));
        Assert.Equal("2026-01-03T23:00Z", schedule.Release("UTC", "2026-01-03T23:00Z"));
        Assert.Equal("2026-01-04T01:00Z", schedule.Release("UTC", "2026-01-04T01:00Z"));
        Assert.Equal("2026-01-05T08:00Z", schedule.Release("UTC", "2026-01-04T21:00Z"));
    }

    [Fact]
    public void A_holiday_replaces_the_hours_of_its_weekday()
    {
        var schedule = new QuietSchedule(Daily(("22:00", "06:00")), new Holidays
        {
            ["2026-12-24"] = QuietDay.Of(Interval("14:00", "09:00")),
            ["2026-12-25"] = QuietDay.WholeDay,
            ["2026-12-26"] = QuietDay.Of(),
        });

        Assert.Equal("2026-12-24T06:00Z", schedule.Release("UTC", "2026-12-24T05:00Z"));
        Assert.Equal("2026-12-26T00:00Z", schedule.Release("UTC", "2026-12-24T14:00Z"));
        Assert.Equal("2026-12-26T23:00Z", schedule.Release("UTC", "2026-12-26T23:00Z"));
        Assert.Equal("2026-12-28T06:00Z", schedule.Release("UTC", "2026-12-27T22:00Z"));
    }

    [Fact]
    public void A_holiday_may_be_like_another_weekday()
    {
        var week = new QuietWeek { Days = { [DayOfWeek.Sunday] = [Interval("00:00", "13:00")] } };
        var schedule = new QuietSchedule(week, new Holidays { ["2026-01-01"] = QuietDay.Like(DayOfWeek.Sunday) });

        Assert.Equal("2026-01-01T13:00Z", schedule.Release("UTC", "2026-01-01T12:00Z"));
        Assert.Equal("2026-01-02T12:00Z", schedule.Release("UTC", "2026-01-02T12:00Z"));
    }

    [Fact]
    public void A_whole_quiet_day_lasts_as_long_as_the_day()
    {
        var schedule = new QuietSchedule(new QuietWeek(), new Holidays { ["2026-10-25"] = QuietDay.WholeDay, ["2026-03-29"] = QuietDay.WholeDay });

        Assert.Equal("2026-10-25T23:00Z", schedule.Release("Europe/Berlin", "2026-10-24T22:00Z"));
        Assert.Equal("2026-10-24T21:59Z", schedule.Release("Europe/Berlin", "2026-10-24T21:59Z"));
        Assert.Equal("2026-03-29T22:00Z", schedule.Release("Europe/Berlin", "2026-03-28T23:00Z"));
    }

    [Fact]
    public void Quiet_for_more_than_eight_days_has_no_release()
    {
        var always = new QuietSchedule(Daily(("00:00", "12:00"), ("12:00", "00:00")), null);
        Holidays twoWeeks = [];
        for (DateOnly date = new(2026, 8, 1); date < new DateOnly(2026, 8, 15); date = date.AddDays(1))
        {
            twoWeeks[date.ToString("O", null)] = QuietDay.WholeDay;
        }

        var closed = new QuietSchedule(new QuietWeek(), twoWeeks);

        Assert.Null(always.Release("Europe/Berlin", "2026-01-01T12:00Z"));
        Assert.Null(closed.Release("UTC", "2026-08-06T23:59Z"));
        Assert.Equal("2026-08-15T00:00Z", closed.Release("UTC", "2026-08-07T00:00Z"));
    }

    [Fact]
    public void With_many_zones_an_instant_is_quiet_when_it_is_quiet_in_one()
    {
        var schedule = new QuietSchedule(Daily(("21:00", "08:00")), null);
        string[] zones = ["America/New_York", "America/Chicago", "America/Los_Angeles"];
        long evening = Zones.Utc("2026-07-01T01:00Z").Ticks;

        // 21:00 in New York, until 08:00 in Los Angeles.
        Assert.Equal(Zones.Utc("2026-07-01T15:00Z").Ticks, schedule.Release(Calendars(zones), Customer, evening));
        Assert.Equal(Zones.Utc("2026-07-01T15:00Z").Ticks, schedule.Release(Calendars([.. zones.Reverse()]), Customer, evening));
        Assert.Equal(evening - 1, schedule.Release(Calendars(zones), Customer, evening - 1));
        Assert.Equal(evening, schedule.NextStart(Calendars(zones), Customer, evening - 1));
        Assert.Equal(evening, schedule.Begin(Calendars(zones), Customer, Zones.Utc("2026-07-01T14:00Z").Ticks));
    }

    [Fact]
    public void The_next_start_skips_what_clocks_skip()
    {
        var schedule = new QuietSchedule(Daily(("02:10", "02:50")), null);

        Assert.Equal(Zones.Utc("2026-03-30T00:10Z").Ticks, schedule.NextStart(Calendars("Europe/Berlin"), Customer, Zones.Utc("2026-03-28T20:00Z").Ticks));
    }

    [Fact]
    public void The_next_start_may_lie_behind_a_transition_of_days_later()
    {
        var week = new QuietWeek { Days = { [DayOfWeek.Sunday] = [Interval("03:30", "05:00")] } };

        Assert.Equal(Zones.Utc("2026-03-29T01:30Z").Ticks, new QuietSchedule(week, null).NextStart(Calendars("Europe/Berlin"), Customer, Zones.Utc("2026-03-23T12:00Z").Ticks));
    }

    [Theory]
    [InlineData("2010-11-07T01:59Z")]
    [InlineData("2010-11-07T02:30Z")]
    [InlineData("2010-11-07T02:59Z")]
    public void Quiet_hours_reach_over_midnight_where_clocks_are_put_back_across_it(string instant)
    {
        // Quiet from Friday 23:45 to Saturday 23:30, which St. John's had twice: on Sunday at 00:01 it was Saturday 23:01 again.
        var week = new QuietWeek { Days = { [DayOfWeek.Friday] = [Interval("23:45", "23:30")] } };

        Assert.Equal("2010-11-07T03:00Z", new QuietSchedule(week, null).Release("America/St_Johns", instant));
        Assert.Equal("2010-11-07T03:00Z", new QuietSchedule(week, null).Release("America/St_Johns", "2010-11-07T03:00Z"));
    }

    [Fact]
    public void A_schedule_without_hours_never_starts()
    {
        var schedule = new QuietSchedule(new QuietWeek(), null);

        Assert.True(schedule.IsEmpty);
        Assert.Equal(QuietSchedule.Never, schedule.NextStart(Calendars("UTC"), Customer, Zones.Utc("2026-01-01T00:00Z").Ticks));
    }

    [Fact]
    public void The_ends_of_time_are_answered()
    {
        var schedule = new QuietSchedule(Daily(("21:00", "08:00")), new Holidays());
        foreach (string zone in new[] { "Asia/Tokyo", "America/Los_Angeles" })
        {
            foreach (DateTimeOffset instant in new[] { DateTimeOffset.MinValue, DateTimeOffset.MaxValue })
            {
                long release = schedule.Release(Calendars(zone), Customer, instant.Ticks);
                Assert.InRange(release, instant.Ticks, DateTimeOffset.MaxValue.Ticks);
                Assert.True(schedule.NextStart(Calendars(zone), Customer, release) > release);
                Assert.True(schedule.Begin(Calendars(zone), Customer, instant.Ticks) <= instant.Ticks + 1);
            }
        }
    }

    private sealed class Holidays : Dictionary<string, QuietDay>, IQuietCalendar
    {
        public QuietDay GetDay(DateOnly localDate, PushCustomer customer) => this.GetValueOrDefault(localDate.ToString("O", null), QuietDay.AsUsual);
    }
}
