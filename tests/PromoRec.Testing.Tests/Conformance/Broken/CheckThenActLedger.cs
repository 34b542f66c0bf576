using PromoRec.Push.Ledger;

namespace PromoRec.Testing.Tests.Conformance.Broken;

/// <summary>Broken: counts first and writes afterwards. Two calls whose counts fit meet between both, so that it goes wrong each time and not only with bad luck.</summary>
internal sealed class CheckThenActLedger(IReservationLedger inner) : DelegatingLedger(inner)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private readonly Lock _gate = new();
    private TaskCompletionSource? _waiting;

    public override async ValueTask<ReservationResult> TryReserveAsync(ReservationRequest request, CancellationToken cancellationToken = default)
    {
        CustomerHistory history = await Inner.ReadAsync(request.UserId, cancellationToken);
        bool isKnown = history.Entries.Any(entry => entry.Key == request.Key);
        if (!isKnown && request.Caps.Any(cap => !history.Count(cap, history.LedgerTime, request.TimeToLive, history.LedgerTime).Fits))
        {
            return await Inner.TryReserveAsync(request, cancellationToken);
        }

        await MeetAnotherAsync();
        return await Inner.TryReserveAsync(request with { Caps = [] }, cancellationToken);
    }

    private async Task MeetAnotherAsync()
    {
        TaskCompletionSource? other;
        TaskCompletionSource own = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            other = _waiting;
            _waiting = other is null ? own : null;
        }

        if (other is not null)
        {
            other.TrySetResult();
            return;
        }

        await Task.WhenAny(own.Task, Task.Delay(Patience));
        lock (_gate)
        {
            _waiting = _waiting == own ? null : _waiting;
        }
    }
}
