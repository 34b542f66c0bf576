namespace PromoRec.Push.QuietHours;

/// <summary>When customers are left alone, in their own local time, and what happens to a push that falls into such hours.</summary>
/// <remarks>
/// Where clocks go forward, a bound that is skipped is the instant of the change; where they go back, quiet hours start at the earlier and
/// end at the later of two equal wall times: they are never shorter than the wall clock says. Messages inside the app are never held.
/// </remarks>
public sealed class QuietHoursOptions
{
    /// <summary>The longest <see cref="Jitter"/>: fifteen minutes.</summary>
    public static readonly TimeSpan MaxJitter = TimeSpan.FromMinutes(15);

    /// <summary>The quiet hours of every channel that <see cref="Channels"/> does not name: from 21:00 to 08:00 every day unless set.</summary>
    public QuietWeek AllChannels { get; set; } = QuietWeek.Daily(new TimeOnly(21, 0), new TimeOnly(8, 0));

    /// <summary>The quiet hours of a channel, instead of those of <see cref="AllChannels"/>; an empty week leaves the channel without.</summary>
    public IDictionary<ChannelId, QuietWeek> Channels { get; } = new Dictionary<ChannelId, QuietWeek>();

    /// <summary>What happens to a push that falls into quiet hours: <see cref="QuietHoursAction.DeferToEnd"/> unless set.</summary>
    public QuietHoursAction Action { get; set; } = QuietHoursAction.DeferToEnd;

    /// <summary>
    /// What is the first, the latest or a digest on its own, where <see cref="Action"/> keeps one of several: all of a customer's promotions together unless set, each campaign on its own with <see cref="PushScope.Campaign"/>.
    /// A promotion that has not what is counted by waits on its own.
    /// </summary>
    public PushScope Scope { get; set; } = PushScope.Global;

    /// <summary>The key, when <see cref="Scope"/> has <see cref="PushScope.Key"/>; else null.</summary>
    public string? KeyName { get; set; }

    /// <summary>
    /// Where a push goes whose own planned instant falls into quiet hours: <see cref="PlannedSendAction.HoldToEnd"/> unless set. <see cref="PlannedSendAction.NearestEdge"/> does not go with
    /// <see cref="QuietHoursAction.Drop"/>, which moves nothing.
    /// </summary>
    public PlannedSendAction PlannedSends { get; set; } = PlannedSendAction.HoldToEnd;

    /// <summary>
    /// Over how much time after their end the pushes are spread that waited for it, so that they do not all go out at once: up to fifteen minutes; none unless set.
    /// The same customer and offer always get the same place, and none of them falls into the next quiet hours or behind the request's deadline.
    /// </summary>
    public TimeSpan Jitter { get; set; }

    /// <summary>Whether transactional messages are held, too: no unless set.</summary>
    public bool IncludeTransactional { get; set; }
}
