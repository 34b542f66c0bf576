using PromoRec.Push.Ledger;

namespace PromoRec.Push;

/// <summary>The settlements of a place by their names.</summary>
public static class PushEngineExtensions
{
    /// <summary>Asks at the last gate before a provider is called. Hand the push over only when the answer is <see cref="SettlementStatus.Done"/>.</summary>
    /// <exception cref="LedgerUnavailableException">The ledger cannot answer: do not hand it over.</exception>
    public static ValueTask<SettlementStatus> BeginAsync(this IPushEngine engine, UserId userId, string key, CancellationToken cancellationToken = default) =>
        Settle(engine, userId, key, Settlement.Begin, cancellationToken);

    /// <summary>Says that it was sent.</summary>
    /// <exception cref="LedgerUnavailableException">The ledger cannot answer; repeat it.</exception>
    public static ValueTask<SettlementStatus> CommitAsync(this IPushEngine engine, UserId userId, string key, CancellationToken cancellationToken = default) =>
        Settle(engine, userId, key, Settlement.Commit, cancellationToken);

    /// <summary>Says that it was certainly not sent, and gives the place back.</summary>
    /// <exception cref="LedgerUnavailableException">The ledger cannot answer; repeat it.</exception>
    public static ValueTask<SettlementStatus> ReleaseAsync(this IPushEngine engine, UserId userId, string key, CancellationToken cancellationToken = default) =>
        Settle(engine, userId, key, Settlement.Release, cancellationToken);

    /// <summary>Says that nobody knows whether it was sent: it stays counted.</summary>
    /// <exception cref="LedgerUnavailableException">The ledger cannot answer; repeat it.</exception>
    public static ValueTask<SettlementStatus> MarkUncertainAsync(this IPushEngine engine, UserId userId, string key, CancellationToken cancellationToken = default) =>
        Settle(engine, userId, key, Settlement.Uncertain, cancellationToken);

    private static ValueTask<SettlementStatus> Settle(IPushEngine engine, UserId userId, string key, Settlement settlement, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(engine);
        return engine.SettleAsync(userId, key, settlement, cancellationToken);
    }
}
