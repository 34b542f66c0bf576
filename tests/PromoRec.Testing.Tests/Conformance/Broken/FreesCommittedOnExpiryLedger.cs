using PromoRec.Push.Ledger;

namespace PromoRec.Testing.Tests.Conformance.Broken;

/// <summary>Broken: the time to live goes on after a commit, and frees the place when it ends.</summary>
internal sealed class FreesCommittedOnExpiryLedger(IReservationLedger inner) : DelegatingLedger(inner)
{
    public override ValueTask<ReservationResult> TryReserveAsync(ReservationRequest request, CancellationToken cancellationToken = default) =>
        Inner.TryReserveAsync(request with { OnExpiry = ExpiryAction.Release }, cancellationToken);

    public override async ValueTask<SettlementStatus> SettleAsync(UserId userId, string key, Settlement settlement, CancellationToken cancellationToken = default)
    {
        if (settlement != Settlement.Commit)
        {
            return await Inner.SettleAsync(userId, key, settlement, cancellationToken);
        }

        CustomerHistory history = await Inner.ReadAsync(userId, cancellationToken);
        return history.Entries.Any(entry => entry.Key == key) ? SettlementStatus.Done : SettlementStatus.NotFound;
    }
}
