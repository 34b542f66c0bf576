using PromoRec.Push.Ledger;

namespace PromoRec.Testing.Tests.Conformance.Broken;

/// <summary>Broken: takes one claim after another and gives back what it took when a later one refuses, which here it does only when the next such request comes.</summary>
internal sealed class TakesForAMomentLedger(IReservationLedger inner) : DelegatingLedger(inner), IDisposable
{
    private readonly SemaphoreSlim _one = new(1);
    private ReservationRequest? _taken;

    public void Dispose() => _one.Dispose();

    public override async ValueTask<ReservationResult> TryReserveAsync(ReservationRequest request, CancellationToken cancellationToken = default)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (request.Caps.Length + request.Budgets.Length < 2)
            {
                return await Inner.TryReserveAsync(request, cancellationToken);
            }

            if (_taken is { } before)
            {
                await Inner.SettleAsync(before.UserId, before.Key, Settlement.Release, cancellationToken);
            }

            _taken = request with { Key = "taken for a moment", Caps = [.. request.Caps.Skip(1)], Budgets = [.. request.Budgets.SkipLast(1)] };
            await Inner.TryReserveAsync(_taken, cancellationToken);
            return await Inner.TryReserveAsync(request, cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }
}
