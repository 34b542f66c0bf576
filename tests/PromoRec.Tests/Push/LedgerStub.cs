using PromoRec.Push.Ledger;

namespace PromoRec.Tests.Push;

/// <summary>A ledger in memory that fails, or lets something happen just before it answers, when a test wants it.</summary>
internal sealed class LedgerStub(TimeProvider time) : IReservationLedger
{
    /// <summary>The ledger behind.</summary>
    public InMemoryReservationLedger Inner { get; } = new(null, time);

    /// <summary>Thrown by every call while it is set.</summary>
    public LedgerUnavailableException? Fault { get; set; }

    /// <summary>Runs before a place is asked for; removed when it runs.</summary>
    public Func<Task>? BeforeReserve { get; set; }

    /// <summary>How often places were asked for.</summary>
    public int Trips { get; private set; }

    public async ValueTask<ReservationResult> TryReserveAsync(ReservationRequest request, CancellationToken cancellationToken = default)
    {
        await PrepareAsync();
        return await Inner.TryReserveAsync(request, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<ReservationResult>> TryReserveAsync(
        IReadOnlyList<ReservationRequest> requests, CancellationToken cancellationToken = default)
    {
        await PrepareAsync();
        return await Inner.TryReserveAsync(requests, cancellationToken);
    }

    public ValueTask<SettlementStatus> SettleAsync(UserId userId, string key, Settlement settlement, CancellationToken cancellationToken = default) =>
        Working().SettleAsync(userId, key, settlement, cancellationToken);

    public ValueTask<SettlementStatus> RefundAsync(
        UserId userId, string key, string refundKey, IReadOnlyList<BudgetRefund> refunds, CancellationToken cancellationToken = default) =>
        Working().RefundAsync(userId, key, refundKey, refunds, cancellationToken);

    public ValueTask<CustomerHistory> ReadAsync(UserId userId, CancellationToken cancellationToken = default) => Working().ReadAsync(userId, cancellationToken);

    public ValueTask<IReadOnlyList<BudgetLevel>> ReadBudgetsAsync(IReadOnlyList<BudgetName> budgets, CancellationToken cancellationToken = default) =>
        Working().ReadBudgetsAsync(budgets, cancellationToken);

    public ValueTask<int> CancelAsync(Cancellation cancellation, CancellationToken cancellationToken = default) => Working().CancelAsync(cancellation, cancellationToken);

    public IAsyncEnumerable<Reservation> ReadUncertainAsync(CancellationToken cancellationToken = default) => Working().ReadUncertainAsync(cancellationToken);

    public ValueTask ForgetAsync(UserId userId, CancellationToken cancellationToken = default) => Working().ForgetAsync(userId, cancellationToken);

    private InMemoryReservationLedger Working() => Fault is null ? Inner : throw Fault;

    private async Task PrepareAsync()
    {
        Working();
        Trips++;
        if (BeforeReserve is { } before)
        {
            BeforeReserve = null;
            await before();
        }
    }
}
