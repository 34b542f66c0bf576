namespace PromoRec.Push.Ledger;

/// <summary>Holds places under frequency caps and offer budgets, exactly, for any number of threads and processes.</summary>
/// <remarks>
/// <para>Each operation on a customer is atomic and durable before it returns, and operations on one customer have one order that agrees with
/// the order in which calls return and start. Any thread may call; cancelling stops the waiting, not an operation that has begun.</para>
/// <para>Time is the ledger's own. A clock that goes back never frees a place: what was committed at a later time than now counts as now, and a
/// window that reaches back to forgotten entries counts as full.</para>
/// <para>A store that cannot answer throws <see cref="LedgerUnavailableException"/>; the caller then does not send. Repeat a call whose outcome
/// is unknown with the same key.</para>
/// <para>Prove an implementation with the conformance suite of PromoRec.Testing.</para>
/// </remarks>
public interface IReservationLedger
{
    /// <summary>Holds a place under every cap and budget of the request, or takes nothing.</summary>
    /// <exception cref="ArgumentException">The request cannot be one; see <see cref="ReservationRequest.ThrowIfInvalid"/>.</exception>
    /// <exception cref="LedgerUnavailableException">The store cannot answer.</exception>
    ValueTask<ReservationResult> TryReserveAsync(ReservationRequest request, CancellationToken cancellationToken = default);

    /// <summary>Treats many requests as single calls one after another would, in fewer trips: each of them is granted or refused on its own.</summary>
    /// <returns>One answer for each request, in their order.</returns>
    /// <exception cref="ArgumentException">A request cannot be one; then none has been looked at.</exception>
    /// <exception cref="LedgerUnavailableException">The store cannot answer; some requests may have been granted.</exception>
    ValueTask<IReadOnlyList<ReservationResult>> TryReserveAsync(IReadOnlyList<ReservationRequest> requests, CancellationToken cancellationToken = default);

    /// <summary>Settles a place. Repeating a settlement changes nothing.</summary>
    /// <exception cref="LedgerUnavailableException">The store cannot answer.</exception>
    ValueTask<SettlementStatus> SettleAsync(UserId userId, string key, Settlement settlement, CancellationToken cancellationToken = default);

    /// <summary>Gives back part of what a committed reservation took from budgets. Its place under the caps stays taken.</summary>
    /// <param name="userId">The customer.</param>
    /// <param name="key">The reservation's key.</param>
    /// <param name="refundKey">Names this refund among the reservation's, 1 to 200 characters: repeating it changes nothing.</param>
    /// <param name="refunds">What is given back.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>Done; AlreadyDone; NotFound; Conflict when the reservation is not committed.</returns>
    /// <exception cref="LedgerUnavailableException">The store cannot answer.</exception>
    ValueTask<SettlementStatus> RefundAsync(UserId userId, string key, string refundKey, IReadOnlyList<BudgetRefund> refunds, CancellationToken cancellationToken = default);

    /// <summary>What decisions about a customer are made from. A customer without entries has an empty history.</summary>
    /// <exception cref="LedgerUnavailableException">The store cannot answer.</exception>
    ValueTask<CustomerHistory> ReadAsync(UserId userId, CancellationToken cancellationToken = default);

    /// <summary>How much of some budgets is taken, in the order asked. Others may take more at once: only a reservation is certain.</summary>
    /// <exception cref="LedgerUnavailableException">The store cannot answer.</exception>
    ValueTask<IReadOnlyList<BudgetLevel>> ReadBudgetsAsync(IReadOnlyList<BudgetName> budgets, CancellationToken cancellationToken = default);

    /// <summary>Takes away the places that a withdrawal concerns, and refuses every decision made before it.</summary>
    /// <returns>How many places were cancelled. Handing over any of them fails from now on.</returns>
    /// <exception cref="LedgerUnavailableException">The store cannot answer.</exception>
    ValueTask<int> CancelAsync(Cancellation cancellation, CancellationToken cancellationToken = default);

    /// <summary>Every place whose outcome is unknown: those settled as uncertain, and those with <see cref="ExpiryAction.Count"/> whose time to live has ended. In no particular order.</summary>
    /// <remarks>
    /// One that is <see cref="ReservationState.Begun"/> or <see cref="ReservationState.Uncertain"/> may have been sent: ask the provider, and commit or release it. Of one
    /// that is still <see cref="ReservationState.Reserved"/>, handing over never began, and cannot begin any more: release it. All of them count until then.
    /// </remarks>
    /// <exception cref="LedgerUnavailableException">The store cannot answer.</exception>
    IAsyncEnumerable<Reservation> ReadUncertainAsync(CancellationToken cancellationToken = default);

    /// <summary>Erases what is known of a customer, gives back nothing, and refuses reservations for this customer for good.</summary>
    /// <remarks>What the customer has said is erased by <see cref="PromoRec.Consent.IConsentStore.ForgetAsync"/>: call both.</remarks>
    /// <exception cref="LedgerUnavailableException">The store cannot answer.</exception>
    ValueTask ForgetAsync(UserId userId, CancellationToken cancellationToken = default);
}
