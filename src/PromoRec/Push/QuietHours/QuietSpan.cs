using System.Collections.Immutable;

namespace PromoRec.Push.QuietHours;

/// <summary>A stretch of wall time, in ticks from midnight of the date it starts on; past 24 hours it ends on the next date.</summary>
internal readonly record struct QuietSpan(long From, long To)
{
    /// <summary>The spans of one date, in order and apart from each other: those that overlap or touch become one.</summary>
    public static ImmutableArray<QuietSpan> Merge(IReadOnlyList<QuietInterval> intervals)
    {
        List<QuietSpan> merged = [];
        foreach (QuietSpan span in intervals.Select(Of).OrderBy(span => span.From))
        {
            if (merged.Count > 0 && span.From <= merged[^1].To)
            {
                merged[^1] = merged[^1] with { To = Math.Max(merged[^1].To, span.To) };
            }
            else
            {
                merged.Add(span);
            }
        }

        return [.. merged];
    }

    private static QuietSpan Of(QuietInterval interval) =>
        new(interval.From.Ticks, interval.To.Ticks + (interval.To <= interval.From ? TimeSpan.TicksPerDay : 0));
}
