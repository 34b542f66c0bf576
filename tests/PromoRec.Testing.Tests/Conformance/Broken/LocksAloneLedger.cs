using PromoRec.Push.Ledger;

namespace PromoRec.Testing.Tests.Conformance.Broken;

/// <summary>Broken: a lock of the process stands around counting and writing, and the database behind it knows of no caps. Right with one instance; two instances write what both counted.</summary>
internal sealed class LocksAloneLedger(IReservationLedger inner) : DelegatingLedger(inner), IDisposable
{
    private static readonly TimeSpan WayToTheDatabase = TimeSpan.FromMilliseconds(2);
    private readonly SemaphoreSlim _one = new(1);

    public void Dispose() => _one.Dispose();

    public override async ValueTask<IReadOnlyList<ReservationResult>> TryReserveAsync(IReadOnlyList<ReservationRequest> requests, CancellationToken cancellationToken = default)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            return await Inner.TryReserveAsync(requests, cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }

    public override async ValueTask<ReservationResult> TryReserveAsync(ReservationRequest request, CancellationToken cancellationToken = default)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            CustomerHistory history = await Inner.ReadAsync(request.UserId, cancellationToken);
            bool fits = request.Caps.All(cap => history.Count(cap, history.LedgerTime, request.TimeToLive, history.LedgerTime).Fits);
            if (!fits || history.Entries.Any(entry => entry.Key == request.Key))
            {
                return await Inner.TryReserveAsync(request, cancellationToken);
            }

            await Task.Delay(WayToTheDatabase, cancellationToken);
            return await Inner.TryReserveAsync(request with { Caps = [] }, cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }
}
