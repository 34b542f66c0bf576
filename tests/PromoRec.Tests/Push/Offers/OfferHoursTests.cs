using FsCheck;
using FsCheck.Fluent;
using PromoRec.Push.Calendar;
using PromoRec.Push.Offers.Hours;
using PromoRec.Tests.Properties;

namespace PromoRec.Tests.Push.Offers;

public class OfferHoursTests
{
    [Theory]
    [InlineData("2026-11-03T15:59:59Z", false)]
    [InlineData("2026-11-03T16:00:00Z", true)]
    [InlineData("2026-11-03T17:59:59Z", true)]
    [InlineData("2026-11-03T18:00:00Z", false)]
    [InlineData("2026-11-04T16:30:00Z", false)]
    public void Hours_hold_on_their_day_from_start_up_to_end(string at, bool open) =>
        Assert.Equal(open, On(DayOfWeek.Tuesday, "17:00", "19:00").IsOpen(OfferScenario.Calendar("Europe/Berlin"), OfferScenario.Utc(at)));

    [Theory]
    [InlineData("2026-11-06T20:59:00Z", false)]
    [InlineData("2026-11-06T21:00:00Z", true)]
    [InlineData("2026-11-07T00:59:00Z", true)]
    [InlineData("2026-11-07T01:00:00Z", false)]
    [InlineData("2026-11-06T00:30:00Z", false)]
    public void Hours_across_midnight_belong_to_the_day_they_start_on(string at, bool open) =>
        Assert.Equal(open, On(DayOfWeek.Friday, "22:00", "02:00").IsOpen(OfferScenario.Calendar("Europe/Berlin"), OfferScenario.Utc(at)));

    // On 29 March 2026 the clocks of Berlin go from 2:00 to 3:00 at 01:00Z, on 25 October from 3:00 to 2:00 at 01:00Z.
    [Theory]
    [InlineData("02:15", "02:45", "2026-03-29T00:59:59Z", false)]
    [InlineData("02:15", "02:45", "2026-03-29T01:00:00Z", false)]
    [InlineData("02:30", "04:00", "2026-03-29T01:00:00Z", true)]
    [InlineData("02:30", "04:00", "2026-03-29T00:59:59Z", false)]
    [InlineData("02:15", "02:45", "2026-10-25T00:15:00Z", true)]
    [InlineData("02:15", "02:45", "2026-10-25T01:44:59Z", true)]
    [InlineData("02:15", "02:45", "2026-10-25T01:45:00Z", false)]
    public void Clock_changes_follow_the_calendar(string from, string to, string at, bool open) =>
        Assert.Equal(open, On(DayOfWeek.Sunday, from, to).IsOpen(OfferScenario.Calendar("Europe/Berlin"), OfferScenario.Utc(at)));

    [Fact]
    public void A_week_whose_hour_is_skipped_is_passed_over()
    {
        // The Sunday before has the hour, the one of the change has not, the next has.
        OfferHours hours = On(DayOfWeek.Sunday, "02:15", "02:45");
        Assert.Equal(OfferScenario.Utc("2026-04-05T00:15:00Z"), hours.NextOpen(OfferScenario.Calendar("Europe/Berlin"), OfferScenario.Utc("2026-03-22T02:00:00Z")));
    }

    [Fact]
    public void The_next_closing_is_the_end_of_all_intervals_that_follow_each_other()
    {
        OfferHours hours = new()
        {
            Week =
            [
                new WeeklyHours(DayOfWeek.Tuesday, new TimeOnly(12, 0), new TimeOnly(14, 0)),
                new WeeklyHours(DayOfWeek.Tuesday, new TimeOnly(13, 30), new TimeOnly(0, 0)),
                new WeeklyHours(DayOfWeek.Wednesday, new TimeOnly(0, 0), new TimeOnly(6, 0)),
            ],
        };
        Assert.Equal(OfferScenario.Utc("2026-11-04T05:00:00Z"), hours.NextClosed(OfferScenario.Calendar("Europe/Berlin"), OfferScenario.Noon));
        Assert.Equal(OfferScenario.Utc("2026-11-04T05:00:00Z"), hours.NextClosed(OfferScenario.Calendar("Europe/Berlin"), OfferScenario.Utc("2026-11-04T05:00:00Z")));

        OfferHours always = new()
        {
            Week = [.. Enum.GetValues<DayOfWeek>().SelectMany(day => new[] { new WeeklyHours(day, new TimeOnly(0, 0), new TimeOnly(12, 0)), new WeeklyHours(day, new TimeOnly(12, 0), new TimeOnly(0, 0)) })],
        };
        Assert.Null(always.NextClosed(OfferScenario.Calendar("Europe/Berlin"), OfferScenario.Noon));
    }

    [Fact]
    public void The_next_opening_and_closing_are_the_first_instants_that_are_open_or_closed()
    {
        Gen<(OfferHours Hours, LocalCalendar Calendar, DateTimeOffset At)> cases =
            from week in (from day in Gen.Choose(0, 6)
                          from start in Gen.Choose(0, 95)
                          from length in Gen.Choose(1, 95)
                          select new WeeklyHours((DayOfWeek)day, Quarter(start), Quarter((start + length) % 96))).NonEmptyListOf()
            from zone in Gen.Elements("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo", "Pacific/Apia", "Asia/Shanghai")
            from minute in Gen.Choose(0, 600_000)
            select (new OfferHours { Week = [.. week] }, OfferScenario.Calendar(zone), OfferScenario.Utc("2026-01-01T00:00:00Z").AddMinutes(minute));
        Prop.ForAll(cases.ToArbitrary(), each =>
        {
            bool isOpen = each.Hours.IsOpen(each.Calendar, each.At);
            DateTimeOffset? change = Change(each.Hours, each.Calendar, each.At, isOpen);
            return isOpen
                ? each.Hours.NextOpen(each.Calendar, each.At) == each.At && each.Hours.NextClosed(each.Calendar, each.At) == change
                : each.Hours.NextOpen(each.Calendar, each.At) == change && each.Hours.NextClosed(each.Calendar, each.At) == each.At;
        }).Holds();
    }

    /// <summary>Walks on until it is no longer so. All bounds are quarters of an hour, so steps of a quarter miss none.</summary>
    private static DateTimeOffset? Change(OfferHours hours, LocalCalendar calendar, DateTimeOffset at, bool isOpen)
    {
        DateTimeOffset change = new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);
        while (change < at.AddDays(8))
        {
            change = change.AddMinutes(15);
            if (change > at && hours.IsOpen(calendar, change) != isOpen)
            {
                return change;
            }
        }

        return null;
    }

    private static OfferHours On(DayOfWeek day, string from, string to) => new() { Week = [new WeeklyHours(day, Time(from), Time(to))] };

    private static TimeOnly Time(string text) => TimeOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static TimeOnly Quarter(int quarter) => new(quarter / 4, quarter % 4 * 15);
}
