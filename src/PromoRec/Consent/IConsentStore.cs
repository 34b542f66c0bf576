namespace PromoRec.Consent;

/// <summary>Keeps each customer's consent ledger: append-only, durable before a call returns, atomic for one customer.</summary>
/// <remarks>Any number of threads and processes may call it. A store that cannot answer throws <see cref="LedgerUnavailableException"/>; the caller then does not send.</remarks>
public interface IConsentStore
{
    /// <summary>Appends events, all or none. An event whose id the ledger has already is skipped.</summary>
    /// <param name="userId">The customer.</param>
    /// <param name="events">The events, oldest first.</param>
    /// <param name="expectedVersion">The version that the ledger must have; null for any.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <exception cref="LedgerUnavailableException">The store cannot answer.</exception>
    ValueTask<ConsentAppendResult> AppendAsync(UserId userId, IReadOnlyList<ConsentEvent> events, long? expectedVersion = null, CancellationToken cancellationToken = default);

    /// <summary>Reads a customer's ledger; an empty one for a customer who is not known.</summary>
    /// <exception cref="LedgerUnavailableException">The store cannot answer.</exception>
    ValueTask<ConsentRecord> ReadAsync(UserId userId, CancellationToken cancellationToken = default);

    /// <summary>Erases a customer's events and refuses new ones for good.</summary>
    /// <remarks>What the customer was sent is erased by <c>IReservationLedger.ForgetAsync</c>: call both.</remarks>
    /// <exception cref="LedgerUnavailableException">The store cannot answer.</exception>
    ValueTask ForgetAsync(UserId userId, CancellationToken cancellationToken = default);
}
