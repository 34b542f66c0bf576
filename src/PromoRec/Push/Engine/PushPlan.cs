using System.Collections.Immutable;

namespace PromoRec.Push.Engine;

/// <summary>A decision, and what a place for the push would have to be.</summary>
/// <param name="Decision">The decision.</param>
/// <param name="Context">What the policies were asked about last: the instant of the place, and the snapshot without what it takes the stead of.</param>
internal readonly record struct PushPlan(PushDecision Decision, PushContext Context)
{
    /// <summary>What the push waits for together with others, and the policies that say so.</summary>
    public ImmutableArray<(IPushPolicy Policy, PushWait Wait)> Waits { get; init; } = [];

    /// <summary>Whether a deferred push holds its place even where nobody has asked for it, because others are compared with it.</summary>
    public bool MustHold => !Waits.IsEmpty && Decision.Digest is null;

    /// <summary>Whether a place is held: a part of a digest has none of its own.</summary>
    public bool Holds(bool holdDeferred) => Decision.Outcome switch
    {
        PushOutcome.SendNow => true,
        PushOutcome.Defer => Decision.Digest is null && (holdDeferred || MustHold),
        _ => false,
    };
}
