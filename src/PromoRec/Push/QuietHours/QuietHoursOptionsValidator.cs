using System.Globalization;
using Microsoft.Extensions.Options;

namespace PromoRec.Push.QuietHours;

/// <summary>Finds every fault of <see cref="QuietHoursOptions"/> at once.</summary>
internal sealed class QuietHoursOptionsValidator : IValidateOptions<QuietHoursOptions>
{
    public ValidateOptionsResult Validate(string? name, QuietHoursOptions options)
    {
        List<string> faults = [.. Faults(options)];
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    public static void ThrowIfInvalid(QuietHoursOptions options, string parameterName)
    {
        string faults = string.Join(' ', Faults(options));
        if (faults.Length > 0)
        {
            throw new ArgumentException(faults, parameterName);
        }
    }

    /// <summary>The faults of the intervals that start on one day.</summary>
    /// <param name="intervals">The intervals.</param>
    /// <param name="where">Their place in the options, with which each fault begins.</param>
    internal static IEnumerable<string> DayFaults(IReadOnlyList<QuietInterval>? intervals, string where)
    {
        if (intervals is null)
        {
            yield return $"{where} must not be null; an empty list means no quiet hours.";
            yield break;
        }

        if (intervals.Count > QuietWeek.MaxIntervals)
        {
            yield return $"{where} has {intervals.Count} intervals, but {QuietWeek.MaxIntervals} are the most for one day.";
        }

        foreach (QuietInterval interval in intervals)
        {
            if (interval.From == interval.To)
            {
                string time = interval.From.ToString("HH:mm:ss", CultureInfo.InvariantCulture);
                yield return $"{where} has an interval from {time} to {time}, which could mean nothing or a whole day; leave it out, or give two halves of a day.";
            }
        }
    }

    private static IEnumerable<string> Faults(QuietHoursOptions options) =>
    [
        .. WeekFaults(options.AllChannels, nameof(options.AllChannels)),
        .. options.Channels.SelectMany(channel => ChannelFaults(channel.Key, channel.Value)),
        .. ActionFaults(options),
    ];

    private static IEnumerable<string> ChannelFaults(ChannelId channel, QuietWeek? week)
    {
        string where = $"{nameof(QuietHoursOptions.Channels)}[{channel}]";
        return channel.IsEmpty
            ? [$"{nameof(QuietHoursOptions.Channels)} must name channels, but has the default value; use new ChannelId(\"sms\") or one of ChannelId's own."]
            : channel == ChannelId.InApp
                ? [$"{where} has no effect: messages inside the app are never held; leave it out."]
                : WeekFaults(week, where);
    }

    private static IEnumerable<string> WeekFaults(QuietWeek? week, string where)
    {
        if (week is null)
        {
            return [$"{where} must not be null; a new QuietWeek has no quiet hours."];
        }

        return [.. DayFaults(week.EveryDay, $"{where}.{nameof(week.EveryDay)}"), .. week.Days.SelectMany(day => WeekdayFaults(day.Key, day.Value, where))];
    }

    private static IEnumerable<string> WeekdayFaults(DayOfWeek weekday, IReadOnlyList<QuietInterval>? intervals, string where) =>
        Enum.IsDefined(weekday)
            ? DayFaults(intervals, $"{where}.{nameof(QuietWeek.Days)}[{weekday}]")
            : [$"{where}.{nameof(QuietWeek.Days)} must name days from Sunday to Saturday, but has {(int)weekday}."];

    private static IEnumerable<string> ScopeFaults(QuietHoursOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        PushEnvironment.CheckScope(options.Scope, options.KeyName, result);
        ValidateOptionsResult scope = result.Build();
        if (scope.Failed)
        {
            return scope.Failures!.Select(fault => $"{fault}.");
        }

        bool keepsOneOfSeveral = options.Action is not (QuietHoursAction.DeferToEnd or QuietHoursAction.Drop);
        return options.Scope == PushScope.Global || keepsOneOfSeveral || !Enum.IsDefined(options.Action) ? [] :
            [$"{nameof(options.Scope)} has no effect: with {options.Action} every push is on its own; set {nameof(options.Action)} to DeferFirstOnly, DeferLatestOnly or Digest, or leave it out."];
    }

    private static IEnumerable<string> ActionFaults(QuietHoursOptions options)
    {
        if (!Enum.IsDefined(options.Action))
        {
            yield return $"{nameof(options.Action)} must be DeferToEnd, DeferFirstOnly, DeferLatestOnly, Digest or Drop, but is {options.Action}.";
        }

        foreach (string fault in ScopeFaults(options))
        {
            yield return fault;
        }

        if (!Enum.IsDefined(options.PlannedSends))
        {
            yield return $"{nameof(options.PlannedSends)} must be HoldToEnd or NearestEdge, but is {options.PlannedSends}.";
        }
        else if (options.PlannedSends == PlannedSendAction.NearestEdge && options.Action == QuietHoursAction.Drop)
        {
            yield return $"{nameof(options.PlannedSends)} is NearestEdge, but {nameof(options.Action)} is Drop, which moves nothing; "
                + $"set {nameof(options.Action)} to DeferToEnd.";
        }

        if (options.Jitter < TimeSpan.Zero || options.Jitter > QuietHoursOptions.MaxJitter)
        {
            yield return $"{nameof(options.Jitter)} must be from zero to {QuietHoursOptions.MaxJitter:c}, but is {options.Jitter:c}.";
        }
    }
}
