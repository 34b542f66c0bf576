using System.Globalization;
using PromoRec.Push.QuietHours;

namespace PromoRec.Push.PolicyFile;

/// <summary>Says in words what quiet hours mean: a sentence for each channel that has its own, one for all others, and one for what falls into them.</summary>
internal static class QuietWords
{
    /// <summary>The sentences, each with the property it is about.</summary>
    public static IEnumerable<(string Property, string Sentence)> Of(QuietHoursOptions options)
    {
        foreach ((ChannelId channel, QuietWeek week) in options.Channels)
        {
            yield return ($"{nameof(options.Channels)}[{channel}]", $"Over {channel}, {Week(week, options)}.");
        }

        string others = options.Channels.Count == 0 ? "Over every channel" : "Over every other channel";
        yield return (nameof(options.AllChannels), $"{others} but in-app, {Week(options.AllChannels, options)}.");
        yield return (nameof(options.Action), Action(options));
    }

    private static string Action(QuietHoursOptions options)
    {
        string jitter = options.Jitter > TimeSpan.Zero ? $", spread over {Phrases.Duration(options.Jitter)}" : string.Empty;
        string what = options.IncludeTransactional ? "A push, transactional ones included," : "A promotion";
        string planned = options.PlannedSends == PlannedSendAction.NearestEdge ? "; one planned for a quiet hour goes to the nearer edge" : string.Empty;
        return options.Action == QuietHoursAction.Drop
            ? $"{what} that falls into quiet hours is dropped."
            : $"{what} that falls into quiet hours is deferred to their end{jitter}, or dropped where that is too late{planned}{OneOfSeveral(options)}.";
    }

    private static string OneOfSeveral(QuietHoursOptions options)
    {
        string scope = Phrases.Scope(options.Scope, options.KeyName);
        return options.Action switch
        {
            QuietHoursAction.DeferFirstOnly => $"; of several promotions{scope} that wait for the same end, the first is kept and the others are dropped",
            QuietHoursAction.DeferLatestOnly => $"; of several promotions{scope} that wait for the same end, the latest is kept and takes the stead of the one before",
            QuietHoursAction.Digest => $"; promotions{scope} over one channel that wait for the same end are sent together, as one message",
            _ => string.Empty,
        };
    }

    private static string Week(QuietWeek week, QuietHoursOptions options)
    {
        List<string> parts = [];
        if (week.EveryDay.Count > 0)
        {
            parts.Add(Intervals(week.EveryDay));
        }

        foreach ((DayOfWeek day, IReadOnlyList<QuietInterval> intervals) in week.Days.OrderBy(pair => ((int)pair.Key + 6) % 7))
        {
            parts.Add($"on {day} {(intervals.Count == 0 ? "never" : Intervals(intervals))}");
        }

        string what = options.IncludeTransactional ? "nothing, transactional messages included," : "no promotion";
        return parts.Count == 0 ? "no hour is quiet" : $"{what} is sent {string.Join(", ", parts)}, in the customer's local time";
    }

    private static string Intervals(IReadOnlyList<QuietInterval> intervals) => Phrases.And(intervals.Select(interval => $"from {Time(interval.From)} to {Time(interval.To)}"));

    private static string Time(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);
}
