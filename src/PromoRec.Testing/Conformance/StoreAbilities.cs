namespace PromoRec.Testing.Conformance;

/// <summary>What the author of a store lets a suite do with it. A check that needs more is skipped, and the suite says so.</summary>
[Flags]
public enum StoreAbilities
{
    /// <summary>Nothing but calling it.</summary>
    None = 0,

    /// <summary>The store takes its time from the clock it is given. Without it the store has a clock of its own, and nothing that needs time to pass is checked.</summary>
    TakesClock = 1 << 0,

    /// <summary>What was acknowledged is there when the store has been closed and is opened again.</summary>
    Durable = 1 << 1,

    /// <summary>Several instances may be open on the same data at the same time, as several replicas of a shop would have them.</summary>
    Shared = 1 << 2,
}
