using PromoRec.Push.Ledger;

namespace PromoRec.Testing.Tests.Conformance.Broken;

/// <summary>Broken: what lies ahead of the clock has not happened, as a store says that looks for sends between two times.</summary>
internal sealed class FollowsClockBackLedger(IReservationLedger inner, TimeProvider clock) : DelegatingLedger(inner)
{
    public override async ValueTask<ReservationResult> TryReserveAsync(ReservationRequest request, CancellationToken cancellationToken = default)
    {
        CustomerHistory history = await Inner.ReadAsync(request.UserId, cancellationToken);
        bool isBack = history.Entries.Any(entry => entry.State == ReservationState.Committed && entry.At > clock.GetUtcNow());
        return await Inner.TryReserveAsync(isBack ? request with { Caps = [] } : request, cancellationToken);
    }
}
