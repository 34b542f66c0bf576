using PromoRec.Consent.Packs;
using PromoRec.Push.QuietHours;

namespace PromoRec.Push.PolicyFile;

/// <summary>The minutes of a week in which it is quiet, as the wall clock shows them.</summary>
internal static class QuietMinutes
{
    private const int Day = 24 * 60;
    private const int Week = 7 * Day;

    /// <param name="week">Quiet hours that may differ from day to day.</param>
    /// <param name="daily">Others besides, the same every day.</param>
    public static bool IsAlwaysQuiet(QuietWeek week, params IEnumerable<QuietPeriod> daily)
    {
        bool[] quiet = new bool[Week];
        for (int day = 0; day < 7; day++)
        {
            IReadOnlyList<QuietInterval> intervals = week.Days.TryGetValue((DayOfWeek)day, out IReadOnlyList<QuietInterval>? own) ? own : week.EveryDay;
            foreach (QuietInterval interval in intervals.Concat(daily.Select(span => new QuietInterval(span.From, span.To))))
            {
                Fill(quiet, day, interval);
            }
        }

        return !quiet.Contains(false);
    }

    private static void Fill(bool[] quiet, int day, QuietInterval interval)
    {
        int from = Minute(interval.From);
        int to = Minute(interval.To) + (interval.To <= interval.From ? Day : 0);
        for (int minute = from; minute < to; minute++)
        {
            quiet[((day * Day) + minute) % Week] = true;
        }
    }

    private static int Minute(TimeOnly time) => (int)(time.Ticks / TimeSpan.TicksPerMinute);
}
