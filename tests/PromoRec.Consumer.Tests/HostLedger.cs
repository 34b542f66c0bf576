using PromoRec.Push.Ledger;

namespace PromoRec.Consumer.Tests;

/// <summary>A ledger of the host: it counts, and leaves the rest to the one in memory.</summary>
internal sealed class HostLedger(TimeProvider time) : IReservationLedger
{
    private readonly InMemoryReservationLedger _inner = new(timeProvider: time);

    public int Reservations { get; private set; }

    public ValueTask<ReservationResult> TryReserveAsync(ReservationRequest request, CancellationToken cancellationToken = default)
    {
        Reservations++;
        return _inner.TryReserveAsync(request, cancellationToken);
    }

    public ValueTask<IReadOnlyList<ReservationResult>> TryReserveAsync(IReadOnlyList<ReservationRequest> requests, CancellationToken cancellationToken = default) =>
        _inner.TryReserveAsync(requests, cancellationToken);

    public ValueTask<SettlementStatus> SettleAsync(UserId userId, string key, Settlement settlement, CancellationToken cancellationToken = default) =>
        _inner.SettleAsync(userId, key, settlement, cancellationToken);

    public ValueTask<SettlementStatus> RefundAsync(UserId userId, string key, string refundKey, IReadOnlyList<BudgetRefund> refunds, CancellationToken cancellationToken = default) =>
        _inner.RefundAsync(userId, key, refundKey, refunds, cancellationToken);

    public ValueTask<CustomerHistory> ReadAsync(UserId userId, CancellationToken cancellationToken = default) => _inner.ReadAsync(userId, cancellationToken);

    public ValueTask<IReadOnlyList<BudgetLevel>> ReadBudgetsAsync(IReadOnlyList<BudgetName> budgets, CancellationToken cancellationToken = default) =>
        _inner.ReadBudgetsAsync(budgets, cancellationToken);

    public ValueTask<int> CancelAsync(Cancellation cancellation, CancellationToken cancellationToken = default) => _inner.CancelAsync(cancellation, cancellationToken);

    public IAsyncEnumerable<Reservation> ReadUncertainAsync(CancellationToken cancellationToken = default) => _inner.ReadUncertainAsync(cancellationToken);

    public ValueTask ForgetAsync(UserId userId, CancellationToken cancellationToken = default) => _inner.ForgetAsync(userId, cancellationToken);
}
