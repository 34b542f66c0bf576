using PromoRec.Push.Ledger;

namespace PromoRec.Testing.Tests.Conformance.Broken;

/// <summary>Broken: a repeated request gets the right answer, and its place is no longer counted.</summary>
internal sealed class LosesCountOnReplayLedger(IReservationLedger inner) : DelegatingLedger(inner)
{
    public override async ValueTask<ReservationResult> TryReserveAsync(ReservationRequest request, CancellationToken cancellationToken = default)
    {
        ReservationResult result = await Inner.TryReserveAsync(request, cancellationToken);
        if (result.Status == ReservationStatus.Replayed)
        {
            await Inner.SettleAsync(request.UserId, request.Key, Settlement.Release, cancellationToken);
        }

        return result;
    }
}
