using PromoRec.Push.QuietHours;

namespace PromoRec.Tests.Push.QuietHours;

/// <summary>Quiet hours by brute force: the platform's wall time of every minute around an instant, and a mark on each that is quiet.</summary>
internal sealed class MinuteTwin
{
    /// <summary>A mark for "not in this stretch of time".</summary>
    public const int None = -1;

    private readonly DateTime[] _local;
    private readonly bool[] _isQuiet;

    /// <param name="wallTimes">What clocks show at each minute. What starts before the first is not known, so nothing should be asked about the first two days.</param>
    /// <param name="startingOn">The quiet intervals that start on a date.</param>
    public MinuteTwin(DateTime[] wallTimes, Func<DateOnly, IEnumerable<QuietInterval>> startingOn)
    {
        _local = wallTimes;
        _isQuiet = new bool[wallTimes.Length];
        DateOnly last = DateOnly.FromDateTime(_local.Max());
        for (DateOnly date = DateOnly.FromDateTime(_local.Min()); date <= last; date = date.AddDays(1))
        {
            foreach (QuietInterval interval in startingOn(date))
            {
                Mark(date.ToDateTime(interval.From), date.AddDays(interval.To <= interval.From ? 1 : 0).ToDateTime(interval.To));
            }
        }
    }

    /// <summary>What clocks of a zone show at each minute from one on.</summary>
    public static DateTime[] WallTimes(TimeZoneInfo zone, DateTimeOffset start, int minutes) =>
        [.. Enumerable.Range(0, minutes).Select(minute => TimeZoneInfo.ConvertTime(start.AddMinutes(minute), zone).DateTime)];

    public bool IsQuiet(int minute) => _isQuiet[minute];

    public TimeOnly TimeOfDay(int minute) => TimeOnly.FromDateTime(_local[minute]);

    /// <summary>The first minute from one on that is quiet, or is not.</summary>
    public int Next(int minute, bool quiet)
    {
        int found = Array.IndexOf(_isQuiet, quiet, minute);
        return found < 0 ? None : found;
    }

    /// <summary>The first minute of the quiet hours that a minute is in.</summary>
    public int Begin(int minute) => Array.LastIndexOf(_isQuiet, false, minute) + 1;

    private void Mark(DateTime from, DateTime to)
    {
        int start = Array.FindIndex(_local, local => local >= from);
        int end = Array.LastIndexOf(_local, to);
        if (end < 0)
        {
            // Skipped by clocks, or beyond the last minute.
            end = Array.FindLastIndex(_local, local => local < to) + 1;
        }

        for (int minute = start; start >= 0 && minute < end; minute++)
        {
            _isQuiet[minute] = true;
        }
    }
}
