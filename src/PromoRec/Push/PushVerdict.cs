namespace PromoRec.Push;

/// <summary>What a policy says about a push.</summary>
public readonly record struct PushVerdict
{
    private PushVerdict(PushVerdictKind kind, PushReason reason, DateTimeOffset? nextEligibleAt)
    {
        Kind = kind;
        Reason = reason;
        NextEligibleAt = nextEligibleAt;
    }

    /// <summary>Nothing stands against it.</summary>
    public static PushVerdict Allow => default;

    /// <summary>What it says.</summary>
    public PushVerdictKind Kind { get; }

    /// <summary>Why.</summary>
    public PushReason Reason { get; }

    /// <summary>The instant to which it defers; for a drop, the first later instant at which it would not object, where one exists.</summary>
    public DateTimeOffset? NextEligibleAt { get; }

    /// <summary>What would turn the verdict.</summary>
    public PushFlip Flip { get; init; }

    /// <summary>First later instant at which what is allowed might no longer be; null where none is known. A place is held until then at most.</summary>
    public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>The constraints that the offer fails, all of them.</summary>
    public OfferConstraints Failed { get; init; }

    /// <summary>What a deferral waits for together with other pushes; null when it waits on its own.</summary>
    internal PushWait? Wait { get; init; }

    /// <summary>Nothing stands against it before an instant. Say so where that is within <see cref="PushContext.TimeToLive"/>, so that nothing is sent after it.</summary>
    public static PushVerdict AllowUntil(DateTimeOffset end) => new() { ValidUntil = end, Flip = PushFlip.Wait(end) };

    /// <summary>Not before an instant. Policies of later steps are asked about that instant. One that is not after <see cref="PushContext.PlannedAt"/> is a fault, and nothing is sent.</summary>
    public static PushVerdict Defer(PushReason reason, DateTimeOffset until) => new(PushVerdictKind.Defer, reason, until) { Flip = PushFlip.Wait(until) };

    /// <summary>Not at all.</summary>
    public static PushVerdict Drop(PushReason reason, DateTimeOffset? nextEligibleAt = null) => new(PushVerdictKind.Drop, reason, nextEligibleAt)
    {
        Flip = nextEligibleAt is { } at ? PushFlip.Wait(at) : default,
    };
}
