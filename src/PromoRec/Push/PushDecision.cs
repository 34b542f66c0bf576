using PromoRec.Push.Engine;

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

    /// <summary>When it may be sent: first later instant at which it might no longer be, because quiet hours begin or it is worthless; null where none is known.</summary>
    public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>
    /// When it is deferred to be sent together with others: the name of that digest among the customer's, from which and the requests <see cref="IPushEngine.TryReserveDigestAsync"/> makes one message once the time has come.
    /// Null otherwise.
    /// </summary>
    public string? Digest { get; init; }

    /// <summary>The constraints that the offer fails, all of them.</summary>
    public OfferConstraints Failed { get; init; }

    /// <summary>What every policy said; null unless it was asked for.</summary>
    public PushTrace? Trace { get; init; }

    /// <summary>The decision, with its trace if it has one, as JSON in UTF-8: always the same bytes for the same decision, below 2 KB, and without a customer's id.</summary>
    /// <remarks>Where a trace is too long, what the policies saw that allow is left out first.</remarks>
    public byte[] ToUtf8Json() => PushDecisionJson.Write(this);

    internal static PushDecision SendNow => new() { Outcome = PushOutcome.SendNow };

    internal static PushDecision Drop(PushReason reason, string? policy = null, DateTimeOffset? nextEligibleAt = null) =>
        new() { Outcome = PushOutcome.Drop, Reason = reason, Policy = policy, NextEligibleAt = nextEligibleAt };

    internal static PushDecision Defer(PushReason reason, string? policy, DateTimeOffset until) =>
        new() { Outcome = PushOutcome.Defer, Reason = reason, Policy = policy, Until = until, NextEligibleAt = until };
}
