using NodaTime;
using PromoRec.Push.QuietHours;
using PromoRec.Tests.Push.Calendar;
using static PromoRec.Tests.Push.QuietHours.QuietCases;

namespace PromoRec.Tests.Push.QuietHours;

/// <summary>Quiet hours around every transition from 2000 to 2040 of every zone, minute by minute, beside two twins.</summary>
public sealed class QuietSweepTests
{
    private const int Around = 61;

    private static readonly QuietInterval[] Windows =
    [
        Interval("22:00", "02:30"), Interval("21:00", "08:00"), Interval("02:10", "02:50"), Interval("00:00", "06:00"), Interval("23:15", "00:45"), Interval("12:00", "11:00"),
    ];

    private static readonly QuietSchedule[] Schedules = [.. Windows.Select(window => new QuietSchedule(new QuietWeek { EveryDay = [window] }, null))];

    [Fact]
    public void Around_every_transition_nothing_is_released_into_quiet_hours_nor_held_for_longer_than_they_may_last()
    {
        foreach (ZoneTransition transition in ZoneTransition.All)
        {
            foreach (long instant in MinutesAround(transition))
            {
                TimeOnly wall = WallTime(transition, instant);
                for (int i = 0; i < Windows.Length; i++)
                {
                    long release = Schedules[i].Release(transition.Calendar.Alone, Customer, instant);
                    if (FaultOf(transition, i, instant, wall, release) is { } fault)
                    {
                        Assert.Fail($"{transition}: {Windows[i]} at {wall} ({Utc(instant)}): {fault}");
                    }
                }
            }
        }
    }

    [Fact]
    public void Around_every_transition_releases_are_those_of_the_NodaTime_twin()
    {
        int withoutTwin = 0;
        foreach (ZoneTransition transition in ZoneTransition.All)
        {
            if (NodaTwin.ZoneFor(transition) is not { } zone)
            {
                withoutTwin++;
                continue;
            }

            CompareWithNoda(transition, zone);
        }

        // Versions of the data differ about few transitions, and the platform's adjustment rules tell NodaTime nearly all of these.
        Assert.True(withoutTwin * 100 < ZoneTransition.All.Count, $"{withoutTwin} of {ZoneTransition.All.Count} transitions have no twin");
    }

    [Fact]
    public void Around_transitions_of_every_kind_releases_starts_and_beginnings_are_those_of_the_minute_twin()
    {
        foreach (ZoneTransition transition in Stress.IsFull ? ZoneTransition.All : ZoneTransition.OneOfEachKind)
        {
            CompareWithMinutes(transition);
        }
    }

    private static string? FaultOf(ZoneTransition transition, int window, long instant, TimeOnly wall, long release)
    {
        if (release == instant)
        {
            return ShowsQuiet(Windows[window], wall) ? "sent in quiet hours" : null;
        }

        return release < instant ? "released before it was asked"
            : release - instant > 49 * TimeSpan.TicksPerHour ? $"held until {Utc(release)}"
            : ShowsQuiet(Windows[window], WallTime(transition, release)) ? $"released into quiet hours, {Utc(release)}"
            : Schedules[window].Release(transition.Calendar.Alone, Customer, release) != release ? $"not released at its release, {Utc(release)}"
            : null;
    }

    private static void CompareWithNoda(ZoneTransition transition, DateTimeZone zone)
    {
        for (int i = 0; i < Windows.Length; i++)
        {
            var twin = NodaTwin.Of(zone, transition, Windows[i]);
            foreach (long instant in MinutesAround(transition))
            {
                long release = Schedules[i].Release(transition.Calendar.Alone, Customer, instant);
                if (release != twin.Release(instant))
                {
                    Assert.Fail($"{transition}: asked {Utc(instant)} in {Windows[i]}, released {Utc(release)}, not {Utc(twin.Release(instant))}");
                }
            }
        }
    }

    private static void CompareWithMinutes(ZoneTransition transition)
    {
        const int Day = 24 * 60;
        DateTimeOffset start = transition.Instant.AddDays(-4);
        DateTime[] wall = MinuteTwin.WallTimes(transition.Zone, start, 8 * Day);
        for (int window = 0; window < Windows.Length; window++)
        {
            var twin = new MinuteTwin(wall, _ => [Windows[window]]);
            for (int minute = (4 * Day) - (26 * 60); minute < (4 * Day) + (26 * 60); minute++)
            {
                if (DifferenceFrom(twin, transition, window, start, minute) is { } difference)
                {
                    Assert.Fail($"{transition}: {Windows[window]} at {start.AddMinutes(minute):u}: {difference}");
                }
            }
        }
    }

    private static string? DifferenceFrom(MinuteTwin twin, ZoneTransition transition, int window, DateTimeOffset start, int minute)
    {
        long instant = start.AddMinutes(minute).Ticks;
        long release = Schedules[window].Release(transition.Calendar.Alone, Customer, instant);
        if (release != start.AddMinutes(twin.Next(minute, quiet: false)).Ticks)
        {
            return $"released {Utc(release)}";
        }

        if (twin.IsQuiet(minute))
        {
            long begin = Schedules[window].Begin(transition.Calendar.Alone, Customer, instant);
            return begin == start.AddMinutes(twin.Begin(minute)).Ticks ? null : $"begun {Utc(begin)}";
        }

        long next = Schedules[window].NextStart(transition.Calendar.Alone, Customer, instant);
        return ShowsQuiet(Windows[window], twin.TimeOfDay(minute)) ? "the twin sends in quiet hours"
            : next != start.AddMinutes(twin.Next(minute, quiet: true)).Ticks ? $"quiet next {Utc(next)}"
            : null;
    }

    /// <summary>The minutes around a transition; in the short form of the tests some of them, the bounds of what clocks skip or repeat among them.</summary>
    private static IEnumerable<long> MinutesAround(ZoneTransition transition)
    {
        for (int minute = -Around; minute <= Around; minute++)
        {
            if (Stress.IsFull || minute % 10 is -1 or 0 or 1)
            {
                yield return transition.At + (minute * TimeSpan.TicksPerMinute);
            }
        }

        yield return transition.At - 1;
    }

    /// <summary>Whether a clock on the wall says that it is a quiet hour, whatever clocks did before.</summary>
    private static bool ShowsQuiet(QuietInterval window, TimeOnly wall) =>
        window.From < window.To ? window.From <= wall && wall < window.To : window.From <= wall || wall < window.To;

    private static TimeOnly WallTime(ZoneTransition transition, long instant) =>
        TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(new DateTimeOffset(instant, TimeSpan.Zero), transition.Zone).DateTime);

    private static string Utc(long ticks) => new DateTimeOffset(ticks, TimeSpan.Zero).ToString("u", null);
}
