using System.Collections.Immutable;

namespace PromoRec.Push.QuietHours;

/// <summary>What quiet hours start on one date. Immutable; make one once and give it for many dates.</summary>
public sealed class QuietDay
{
    private QuietDay(DayOfWeek? weekday, ImmutableArray<QuietSpan> spans)
    {
        Weekday = weekday;
        Spans = spans;
    }

    /// <summary>Those of its weekday.</summary>
    public static QuietDay AsUsual { get; } = new(null, default);

    /// <summary>The whole date is quiet.</summary>
    public static QuietDay WholeDay { get; } = new(null, [new QuietSpan(0, TimeSpan.TicksPerDay)]);

    /// <summary>The weekday whose quiet hours it has; null for those of its own, or for <see cref="Spans"/>.</summary>
    internal DayOfWeek? Weekday { get; }

    /// <summary>Its own quiet hours; default for those of a weekday.</summary>
    internal ImmutableArray<QuietSpan> Spans { get; }

    /// <summary>Those of another weekday, such as a Sunday's on a holiday.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="weekday"/> is no day of the week.</exception>
    public static QuietDay Like(DayOfWeek weekday)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan((int)weekday, (int)DayOfWeek.Sunday, nameof(weekday));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((int)weekday, (int)DayOfWeek.Saturday, nameof(weekday));
        return new QuietDay(weekday, default);
    }

    /// <summary>These, instead of those of its weekday; none for a date without.</summary>
    /// <exception cref="ArgumentException">There are more than eight, or one has equal ends.</exception>
    public static QuietDay Of(params IReadOnlyList<QuietInterval> intervals)
    {
        ArgumentNullException.ThrowIfNull(intervals);
        string faults = string.Join(' ', QuietHoursOptionsValidator.DayFaults(intervals, "A quiet day"));
        return faults.Length == 0 ? new QuietDay(null, QuietSpan.Merge(intervals)) : throw new ArgumentException(faults, nameof(intervals));
    }
}
