using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using PromoRec.Push.Calendar;

namespace PromoRec.Push.QuietHours;

/// <summary>Holds pushes back, or drops them, that would be sent in quiet hours of the customer's local time.</summary>
internal sealed class QuietHoursPolicy : IPlannedSendPolicy
{
    // A message that goes out in the last moment arrives in quiet hours.
    private const long EarlierEdge = TimeSpan.TicksPerMinute;

    private readonly QuietSchedule _allChannels;
    private readonly FrozenDictionary<ChannelId, QuietSchedule> _channels;
    private readonly QuietHoursAction _action;
    private readonly QuietNight _night;
    private readonly PlannedSendAction _plannedSends;
    private readonly bool _includeTransactional;
    private readonly long _jitter;

    /// <summary>Reads the options once; later changes of them change nothing.</summary>
    /// <exception cref="ArgumentException">The options have a fault.</exception>
    public QuietHoursPolicy(QuietHoursOptions options, IQuietCalendar? holidays = null, string name = "quiet-hours")
    {
        QuietHoursOptionsValidator.ThrowIfInvalid(options, nameof(options));
        Name = name;
        _allChannels = new QuietSchedule(options.AllChannels, holidays);
        _channels = options.Channels.ToFrozenDictionary(channel => channel.Key, channel => new QuietSchedule(channel.Value, holidays));
        _action = options.Action;
        _night = new QuietNight(options.Action, options.Scope, options.KeyName);
        _plannedSends = options.PlannedSends;
        _includeTransactional = options.IncludeTransactional;
        _jitter = options.Jitter.Ticks;
    }

    public PushStage Stage => PushStage.Timing;

    public string Name { get; }

    public PushVerdict Evaluate(in PushContext context)
    {
        if (!TryFindSchedule(context.Request, out QuietSchedule schedule))
        {
            return PushVerdict.Allow;
        }

        ImmutableArray<LocalCalendar> zones = context.Zone.Calendars;
        if (zones.IsDefaultOrEmpty)
        {
            // Any zone would do; this is the one that every machine knows.
            return PushVerdict.Drop(PushReason.UnknownZone) with { Flip = PushFlip.Fact(PushInputs.Zone, "UTC") };
        }

        context.Saw(PushInputs.Zone, zones[0].ZoneId);
        if (zones.Length > 1)
        {
            context.Saw("zones", zones.Length);
        }

        PushCustomer customer = context.Snapshot.Customer;
        long planned = context.PlannedAt.UtcTicks;
        long release = schedule.Release(zones, customer, planned);
        return release == planned ? Allow(in context, schedule.NextStart(zones, customer, planned)) : Hold(in context, schedule, release);
    }

    public DateTimeOffset Place(in PushContext context)
    {
        ImmutableArray<LocalCalendar> zones = context.Zone.Calendars;
        if (_plannedSends != PlannedSendAction.NearestEdge || zones.IsDefaultOrEmpty || !TryFindSchedule(context.Request, out QuietSchedule schedule))
        {
            return context.PlannedAt;
        }

        PushCustomer customer = context.Snapshot.Customer;
        long planned = context.PlannedAt.UtcTicks;
        long release = schedule.Release(zones, customer, planned);
        if (release == planned)
        {
            return context.PlannedAt;
        }

        long begin = schedule.Begin(zones, customer, planned);
        bool isNearer = planned - begin < release - planned || IsTooLate(context.Request, release);

        // Whoever is asked in the last minute, because a push waited for its begin, still has the rest of it.
        long edge = Math.Max(begin - EarlierEdge, context.Now.UtcTicks);
        return isNearer && edge < begin && schedule.Release(zones, customer, edge) == edge ? At(edge) : context.PlannedAt;
    }

    private static bool IsTooLate(PushRequest request, long instant) => request.Deadline is { } deadline && deadline.UtcTicks <= instant;

    private static PushVerdict Allow(in PushContext context, long quietFrom)
    {
        if (quietFrom == QuietSchedule.Never)
        {
            return PushVerdict.Allow;
        }

        DateTimeOffset from = At(quietFrom);
        context.Saw("quietFrom", from);
        return PushVerdict.AllowUntil(from);
    }

    private PushVerdict Hold(in PushContext context, QuietSchedule schedule, long release)
    {
        if (release == QuietSchedule.Never)
        {
            return PushVerdict.Drop(PushReason.QuietHours);
        }

        context.Saw("quietUntil", At(release));
        if (_action == QuietHoursAction.Drop)
        {
            return PushVerdict.Drop(PushReason.QuietHours, At(release));
        }

        if (IsTooLate(context.Request, release))
        {
            return PushVerdict.Drop(PushReason.ExpiredInQuietHours) with { Flip = context.IsTraced ? LaterDeadline(context.Request, release) : default };
        }

        return _night.Hold(in context, release, PushVerdict.Defer(PushReason.QuietHours, At(release + Delay(in context, schedule, release))));
    }

    /// <summary>The quiet hours of a push; false when it has none.</summary>
    private bool TryFindSchedule(PushRequest request, out QuietSchedule schedule)
    {
        schedule = _channels.GetValueOrDefault(request.Channel, _allChannels);
        return !schedule.IsEmpty && request.Channel != ChannelId.InApp && (_includeTransactional || request.Class != MessageClass.Transactional);
    }

    /// <summary>How long after the end of the quiet hours the push waits on: always the same for a customer and an offer, and not into what comes next.</summary>
    private long Delay(in PushContext context, QuietSchedule schedule, long release)
    {
        if (_jitter == 0)
        {
            return 0;
        }

        long room = Math.Min(_jitter, schedule.NextStart(context.Zone.Calendars, context.Snapshot.Customer, release) - release);
        if (context.Request.Deadline is { } deadline)
        {
            room = Math.Min(room, deadline.UtcTicks - release);
        }

        long places = room / TimeSpan.TicksPerMillisecond;
        return places > 0 ? (long)(Place(context.Request) % (ulong)places) * TimeSpan.TicksPerMillisecond : 0;
    }

    private ulong Place(PushRequest request)
    {
        // The parts of a digest wait together.
        Span<char> scratch = stackalloc char[IdValue.MaxNumberLength];
        ulong offer = _action == QuietHoursAction.Digest ? 0 : (ulong)StableHash.Of(request.Offer.Id.Value.AsText(scratch));
        return (ulong)StableHash.Of(request.UserId.Value.AsText(scratch), offer);
    }

    /// <summary>The deadline with which the push would be deferred, if the request or the offer alone ends too soon.</summary>
    private static PushFlip LaterDeadline(PushRequest request, long release)
    {
        bool requestEnds = request.DeliverBefore is { } before && before.UtcTicks <= release;
        bool offerEnds = request.Offer.ValidTo is { } end && end.UtcTicks <= release;
        return requestEnds && offerEnds
            ? default
            : PushFlip.Fact(requestEnds ? PushInputs.DeliverBefore : PushInputs.ValidTo, At(release + 1).ToString("O", CultureInfo.InvariantCulture));
    }

    private static DateTimeOffset At(long ticks) => new(ticks, TimeSpan.Zero);
}
