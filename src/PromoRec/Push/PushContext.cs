using PromoRec.Push.Calendar;

namespace PromoRec.Push;

/// <summary>What a policy is asked about: a request, everything known, and the instant at which it would be sent.</summary>
public readonly struct PushContext
{
    private readonly PushTraceBuilder? _trace;

    internal PushContext(PushRequest request, PushSnapshot snapshot, DateTimeOffset plannedAt, TimeSpan timeToLive, CustomerZone zone, PushTraceBuilder? trace)
    {
        Request = request;
        Snapshot = snapshot;
        PlannedAt = plannedAt;
        TimeToLive = timeToLive;
        Zone = zone;
        _trace = trace;
    }

    /// <summary>What would be sent.</summary>
    public PushRequest Request { get; }

    /// <summary>Everything known.</summary>
    public PushSnapshot Snapshot { get; }

    /// <summary>Now.</summary>
    public DateTimeOffset Now => Snapshot.Now;

    /// <summary>When it would be sent: now, or the instant to which earlier policies have deferred it.</summary>
    public DateTimeOffset PlannedAt { get; }

    /// <summary>How long after <see cref="PlannedAt"/> it might still be sent, because its place is held that long.</summary>
    public TimeSpan TimeToLive { get; }

    /// <summary>The customer's time zone, and how it is known.</summary>
    public CustomerZone Zone { get; }

    /// <summary>Whether somebody asked for a trace, so that work is worth doing that only a trace needs.</summary>
    public bool IsTraced => _trace is not null;

    /// <summary>Notes a number that the verdict rests on; free when nobody asked for a trace.</summary>
    public void Saw(string name, decimal value) => _trace?.Saw(name, value);

    /// <summary>Notes an instant that the verdict rests on; free when nobody asked for a trace.</summary>
    public void Saw(string name, DateTimeOffset value) => _trace?.Saw(name, value);

    /// <summary>Notes a fact that the verdict rests on; free when nobody asked for a trace. No personal data.</summary>
    public void Saw(string name, string value) => _trace?.Saw(name, value);

    internal PushContext In(CustomerZone zone) => new(Request, Snapshot, PlannedAt, TimeToLive, zone, _trace);

    internal PushContext In(PushSnapshot snapshot) => new(Request, snapshot, PlannedAt, TimeToLive, Zone, _trace);

    internal PushContext At(DateTimeOffset plannedAt) => new(Request, Snapshot, plannedAt, TimeToLive, Zone, _trace);
}
