using PromoRec.Push.Ledger;

namespace PromoRec.Testing.Tests.Conformance.Broken;

/// <summary>Broken: no reservation is ever answered, as where two calls wait for each other.</summary>
/// <param name="inner">What answers everything else.</param>
/// <param name="block">Holds the caller's thread, whatever is cancelled, until a test lets it go; null for a ledger that stops waiting when it is cancelled.</param>
internal sealed class SilentLedger(IReservationLedger inner, ManualResetEventSlim? block = null) : DelegatingLedger(inner), IDisposable
{
    public bool IsDisposed { get; private set; }

    public void Dispose() => IsDisposed = true;

    public override async ValueTask<ReservationResult> TryReserveAsync(ReservationRequest request, CancellationToken cancellationToken = default)
    {
        block?.Wait(CancellationToken.None);
        await (block is null ? Task.Delay(Timeout.Infinite, cancellationToken) : Task.CompletedTask);
        return await Inner.TryReserveAsync(request, cancellationToken);
    }
}
