namespace PromoRec.Push;

/// <summary>What is to be done with a push, and why. The default value drops it.</summary>
public readonly record struct PushDecision
{
    /// <summary>What is to be done.</summary>
    public PushOutcome Outcome { get; init; }

    /// <summary>Why it is not sent now; <see cref="PushReason.None"/> when it is.</summary>
    public PushReason Reason { get; init; }

    /// <summary>The policy that decided; null where none did, such as for a plan of the host or a store that does not answer.</summary>
    public string? Policy { get; init; }

    /// <summary>When it is deferred, the instant until which.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>
    /// When it is not sent now: the first later instant at which what decided would no longer stand against it, if nothing else changes; null where there
    /// is none or nobody knows.
    /// </summary>
    public DateTimeOffset? NextEligibleAt { get; init; }

    /// <summary>The constraints that the offer fails, all of them.</summary>
    public OfferConstraints Failed { get; init; }

    /// <summary>What every policy said; null unless it was asked for.</summary>
    public PushTrace? Trace { get; init; }

    internal static PushDecision SendNow => new() { Outcome = PushOutcome.SendNow };

    internal static PushDecision Drop(PushReason reason, string? policy = null, DateTimeOffset? nextEligibleAt = null) =>
        new() { Outcome = PushOutcome.Drop, Reason = reason, Policy = policy, NextEligibleAt = nextEligibleAt };

    internal static PushDecision Defer(PushReason reason, string? policy, DateTimeOffset until) =>
        new() { Outcome = PushOutcome.Defer, Reason = reason, Policy = policy, Until = until, NextEligibleAt = until };
}
