namespace PromoRec.Push.Ledger;

/// <summary>What happens to a place that is held.</summary>
public enum Settlement
{
    /// <summary>
    /// Handing over begins: the last gate before a provider is called. It fails when consent was withdrawn or the time to live has ended, so nothing is
    /// handed over after a withdrawal has returned.
    /// </summary>
    Begin = 0,

    /// <summary>It was sent, or the order was placed: it stays counted, at the time when handing over began or, where that was not recorded, now.</summary>
    Commit = 1,

    /// <summary>It was certainly not sent: the place and the budgets are given back.</summary>
    Release = 2,

    /// <summary>
    /// Nobody knows whether it was sent: it stays counted, at the time when handing over began or, where that was not recorded, the latest at which it may have,
    /// and is listed until it is committed or released.
    /// </summary>
    Uncertain = 3,
}
