namespace PromoRec.Push.QuietHours;

/// <summary>The quiet intervals of a week. Those that overlap or touch count as one.</summary>
public sealed class QuietWeek
{
    /// <summary>Most intervals that may start on one day.</summary>
    public const int MaxIntervals = 8;

    /// <summary>The intervals that start on each weekday that <see cref="Days"/> does not name: at most eight; none unless set.</summary>
    public IReadOnlyList<QuietInterval> EveryDay { get; set; } = [];

    /// <summary>The intervals that start on a weekday, instead of those of <see cref="EveryDay"/>: at most eight for each; an empty list leaves the day without.</summary>
    public IDictionary<DayOfWeek, IReadOnlyList<QuietInterval>> Days { get; } = new Dictionary<DayOfWeek, IReadOnlyList<QuietInterval>>();

    /// <summary>One interval that starts on every day.</summary>
    public static QuietWeek Daily(TimeOnly from, TimeOnly to) => new() { EveryDay = [new QuietInterval(from, to)] };
}
