using PromoRec.Push.Engine;
using PromoRec.Push.Ledger;

namespace PromoRec.Push;

/// <summary>What a ledger can be told about pushes besides reserving them.</summary>
public static class PushLedgerExtensions
{
    /// <summary>Counts a push that was sent now without the engine, by another system for instance: caps, gaps and duplicates see it. No policy is asked.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="request">What was sent. Repeating it counts nothing more; one without a key stands for itself for 30 days.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>Whether the ledger has it: false for a customer who has been erased, and where the key names another push.</returns>
    /// <exception cref="ArgumentException">The request cannot be one.</exception>
    /// <exception cref="LedgerUnavailableException">The ledger cannot answer; repeat it.</exception>
    public static async ValueTask<bool> RecordSentAsync(this IReservationLedger ledger, PushRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        PushRequestCheck.ThrowIfInvalid(request);
        CustomerHistory history = await ledger.ReadAsync(request.UserId, cancellationToken).ConfigureAwait(false);
        ReservationRequest place = new()
        {
            UserId = request.UserId,
            Key = PushKey.Of(request, history, history.LedgerTime),
            Labels = PushLabels.Of(request),
            ShortLabels = PushLabels.ShortOf(request),
            OnExpiry = ExpiryAction.Count,

            // It was sent, whatever the customer has said since.
            ConsentVersion = long.MaxValue,
        };
        ReservationResult result = await ledger.TryReserveAsync(place, cancellationToken).ConfigureAwait(false);
        return result.Status is ReservationStatus.Granted or ReservationStatus.Replayed
            && await ledger.SettleAsync(request.UserId, place.Key, Settlement.Commit, cancellationToken).ConfigureAwait(false) is SettlementStatus.Done or SettlementStatus.AlreadyDone;
    }
}
