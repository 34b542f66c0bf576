using PromoRec.Push.Ledger;

namespace PromoRec.Testing.Tests.Conformance.Broken;

/// <summary>A ledger that does what another one does, until a test breaks one of its methods.</summary>
internal abstract class DelegatingLedger(IReservationLedger inner) : IReservationLedger
{
    protected IReservationLedger Inner { get; } = inner;

    public virtual ValueTask<ReservationResult> TryReserveAsync(ReservationRequest request, CancellationToken cancellationToken = default) =>
        Inner.TryReserveAsync(request, cancellationToken);

    public virtual ValueTask<IReadOnlyList<ReservationResult>> TryReserveAsync(IReadOnlyList<ReservationRequest> requests, CancellationToken cancellationToken = default) =>
        Inner.TryReserveAsync(requests, cancellationToken);

    public virtual ValueTask<SettlementStatus> SettleAsync(UserId userId, string key, Settlement settlement, CancellationToken cancellationToken = default) =>
        Inner.SettleAsync(userId, key, settlement, cancellationToken);

    public virtual ValueTask<SettlementStatus> RefundAsync(
        UserId userId, string key, string refundKey, IReadOnlyList<BudgetRefund> refunds, CancellationToken cancellationToken = default) =>
        Inner.RefundAsync(userId, key, refundKey, refunds, cancellationToken);

    public virtual ValueTask<CustomerHistory> ReadAsync(UserId userId, CancellationToken cancellationToken = default) => Inner.ReadAsync(userId, cancellationToken);

    public virtual ValueTask<IReadOnlyList<BudgetLevel>> ReadBudgetsAsync(IReadOnlyList<BudgetName> budgets, CancellationToken cancellationToken = default) =>
        Inner.ReadBudgetsAsync(budgets, cancellationToken);

    public virtual ValueTask<int> CancelAsync(Cancellation cancellation, CancellationToken cancellationToken = default) => Inner.CancelAsync(cancellation, cancellationToken);

    public virtual IAsyncEnumerable<Reservation> ReadUncertainAsync(CancellationToken cancellationToken = default) => Inner.ReadUncertainAsync(cancellationToken);

    public virtual ValueTask ForgetAsync(UserId userId, CancellationToken cancellationToken = default) => Inner.ForgetAsync(userId, cancellationToken);
}
