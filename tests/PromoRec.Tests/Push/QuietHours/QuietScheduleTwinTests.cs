using FsCheck;
using FsCheck.Fluent;
using PromoRec.Push;
using PromoRec.Push.QuietHours;
using PromoRec.Tests.Properties;
using PromoRec.Tests.Push.Calendar;
using static PromoRec.Tests.Push.QuietHours.QuietCases;

namespace PromoRec.Tests.Push.QuietHours;

/// <summary>Weeks of any intervals with holidays, asked around any transition, beside the minute twin.</summary>
public sealed class QuietScheduleTwinTests
{
    private const int Minute = 1;
    private const int Hour = 60 * Minute;
    private const int Day = 24 * Hour;
    private const int Before = 9 * Day;

    private static int Cases => Stress.IsFull ? 10_000 : 150;

    [Fact]
    public void Any_week_around_any_transition_is_quiet_when_the_minute_twin_is() =>
        Prop.ForAll(AnyCase().ToArbitrary(), HasNoDifference).Holds(Cases);

    private static Gen<Case> AnyCase() =>
        from transition in Gen.Elements<ZoneTransition>(ZoneTransition.All)
        from week in AnyDay(7).ListOf(7)
        from holidays in AnyDay(3).ListOf(3)
        from asked in Gen.Choose(-6 * Day, 6 * Day).ListOf(20)
        select new Case(transition, [.. week], [.. holidays], [.. asked]);

    /// <summary>Up to three intervals; none on many days, so that quiet hours end.</summary>
    private static Gen<QuietInterval[]> AnyDay(int outOf) =>
        from count in Gen.Choose(-outOf / 3, 3)
        from intervals in AnyInterval().ListOf(Math.Max(0, count))
        select intervals.ToArray();

    private static Gen<QuietInterval> AnyInterval() =>
        from start in Gen.OneOf(Gen.Choose(0, Day - 1), Gen.Choose(0, 47).Select(half => half * 30), Gen.Choose(22 * Hour, 27 * Hour))
        from length in Gen.OneOf(Gen.Choose(1, Day - 1), Gen.Choose(1, 4).Select(half => half * 30))
        select new QuietInterval(TimeAt(start), TimeAt(start + length));

    private static TimeOnly TimeAt(int minute) => new(minute % Day / Hour, minute % Hour);

    private static bool HasNoDifference(Case given)
    {
        DateTimeOffset start = given.Transition.Instant.AddMinutes(-Before);
        DateOnly holiday = given.Transition.Calendar.DateAt(given.Transition.Instant);
        var week = new QuietWeek();
        for (int day = 0; day < given.Week.Length; day++)
        {
            week.Days[(DayOfWeek)day] = given.Week[day];
        }

        var calendar = new ThreeDays(holiday, given.Holidays);
        var schedule = new QuietSchedule(week, calendar);
        var twin = new MinuteTwin(MinuteTwin.WallTimes(given.Transition.Zone, start, Before + (17 * Day)), date => calendar.Of(date) ?? given.Week[(int)date.DayOfWeek]);
        return given.Asked.All(minute => IsSame(schedule, twin, given.Transition, start, Before + minute));
    }

    private static bool IsSame(QuietSchedule schedule, MinuteTwin twin, ZoneTransition transition, DateTimeOffset start, int minute)
    {
        long instant = start.AddMinutes(minute).Ticks;
        int release = twin.Next(minute, quiet: false);
        bool isNever = release == MinuteTwin.None || release - minute > 8 * Day;
        bool isSame = schedule.Release(transition.Calendar.Alone, Customer, instant) == (isNever ? QuietSchedule.Never : start.AddMinutes(release).Ticks);
        if (twin.IsQuiet(minute))
        {
            // Where all is quiet, the twin does not see far enough back.
            return isSame && (isNever || schedule.Begin(transition.Calendar.Alone, Customer, instant) == start.AddMinutes(twin.Begin(minute)).Ticks);
        }

        int next = twin.Next(minute, quiet: true);
        bool isFar = next == MinuteTwin.None || next - minute > 8 * Day;
        return isSame && schedule.NextStart(transition.Calendar.Alone, Customer, instant) == (isFar ? QuietSchedule.Never : start.AddMinutes(next).Ticks);
    }

    private sealed record Case(ZoneTransition Transition, QuietInterval[][] Week, QuietInterval[][] Holidays, int[] Asked)
    {
        public override string ToString() =>
            $"{Transition}; week {string.Join(" | ", Week.Select(Text))}; holidays {string.Join(" | ", Holidays.Select(Text))}; asked {string.Join(", ", Asked)}";

        private static string Text(QuietInterval[] day) => string.Join(" ", day.Select(interval => $"{interval.From:HH:mm}-{interval.To:HH:mm}"));
    }

    /// <summary>The day of the transition and both beside it: one has hours of its own, or they all have.</summary>
    private sealed class ThreeDays(DateOnly middle, QuietInterval[][] days) : IQuietCalendar
    {
        public QuietDay GetDay(DateOnly localDate, PushCustomer customer) => Of(localDate) is { } intervals ? QuietDay.Of(intervals) : QuietDay.AsUsual;

        /// <summary>The hours of a holiday; null on other dates, and where no interval was drawn.</summary>
        public QuietInterval[]? Of(DateOnly date)
        {
            int index = date.DayNumber - middle.DayNumber + 1;
            return index is >= 0 and < 3 && days[index].Length > 0 ? days[index] : null;
        }
    }
}
