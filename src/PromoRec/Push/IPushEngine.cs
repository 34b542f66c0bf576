using PromoRec.Push.Ledger;

namespace PromoRec.Push;

/// <summary>Decides whether offers may be pushed to customers, and holds their places.</summary>
/// <remarks>
/// <para>Any number of threads may call it. What may not be sent is a value, never an exception; a ledger or consent store that cannot answer is
/// <see cref="PushReason.StoreUnavailable"/>.</para>
/// <para>The way of a push: reserve; settle as <see cref="Settlement.Begin"/> and hand it over only when that is <see cref="SettlementStatus.Done"/>; then commit,
/// release, or say that nobody knows. A deferred push is reserved once more when its time has come.</para>
/// </remarks>
public interface IPushEngine
{
    /// <summary>Decides from what is given. Pure: the same request and snapshot give the same decision. Allocates nothing.</summary>
    /// <exception cref="ArgumentException">The request cannot be one, or the snapshot is another customer's.</exception>
    PushDecision Decide(PushRequest request, PushSnapshot snapshot);

    /// <summary>Decides as <see cref="Decide(PushRequest, PushSnapshot)"/> does, and notes what every policy saw and said. The same request and snapshot give the same trace.</summary>
    /// <exception cref="ArgumentException">The request cannot be one, or the snapshot is another customer's.</exception>
    PushDecision Explain(PushRequest request, PushSnapshot snapshot);

    /// <summary>
    /// Decides about several pushes to one customer as if those that may be sent now were sent: those of higher priority first, then of higher score, then by the
    /// ordinal order of offer ids.
    /// </summary>
    /// <param name="requests">What would be sent.</param>
    /// <param name="snapshot">All that is known.</param>
    /// <param name="explain">Whether to note what every policy saw and said.</param>
    /// <returns>The decisions, in the order of the requests.</returns>
    /// <exception cref="ArgumentException">A request cannot be one, or is another customer's than the snapshot.</exception>
    IReadOnlyList<PushDecision> Decide(IReadOnlyList<PushRequest> requests, PushSnapshot snapshot, bool explain = false);

    /// <summary>Reads all that a decision about a request looks at.</summary>
    /// <exception cref="ArgumentException">The request cannot be one.</exception>
    /// <exception cref="LedgerUnavailableException">A store cannot answer.</exception>
    ValueTask<PushSnapshot> ReadSnapshotAsync(PushRequest request, CancellationToken cancellationToken = default);

    /// <summary>Reads what is known and decides, without holding a place: another may take it at once.</summary>
    /// <param name="request">What would be sent.</param>
    /// <param name="explain">Whether to note what every policy saw and said.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <exception cref="ArgumentException">The request cannot be one.</exception>
    ValueTask<PushDecision> DecideAsync(PushRequest request, bool explain = false, CancellationToken cancellationToken = default);

    /// <summary>Decides, and holds the place in the same step: caps, gaps and budgets are exact however many do so at once.</summary>
    /// <param name="request">What would be sent. Repeating it gives the same place and takes nothing more.</param>
    /// <param name="options">How to reserve; the defaults when null.</param>
    /// <param name="cancellationToken">Stops the waiting, not a reservation that has begun.</param>
    /// <exception cref="ArgumentException">The request cannot be one.</exception>
    ValueTask<PushReservation> TryReserveAsync(PushRequest request, PushReserveOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Reserves many in fewer trips: those of higher priority first, then of higher score, then by the ordinal order of offer ids. Each is granted or not on its own.
    /// </summary>
    /// <returns>One answer for each request, in the order of the requests.</returns>
    /// <exception cref="ArgumentException">A request cannot be one; then nothing has been reserved.</exception>
    ValueTask<IReadOnlyList<PushReservation>> TryReserveAsync(
        IReadOnlyList<PushRequest> requests, PushReserveOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Decides about pushes to one customer that waited to be sent together, see <see cref="PushDecision.Digest"/>, and holds one place for all that may be sent. They are one dispatch: caps count them once, and budgets
    /// give each of them its own.
    /// </summary>
    /// <param name="digest">The digest's name, which is the key of its place. Repeating it with the same requests gives the same place, whatever has changed; with others it is a conflict.</param>
    /// <param name="requests">What would be sent: promotions to one customer over one channel. Those of higher priority come first, then those of higher score; of two with the same offer the first is taken. One that has a place of its own, or is
    /// part of another digest, is a duplicate.</param>
    /// <param name="cancellationToken">Stops the waiting, not a reservation that has begun.</param>
    /// <exception cref="ArgumentException">The requests cannot be parts of one message.</exception>
    ValueTask<PushDigestReservation> TryReserveDigestAsync(string digest, IReadOnlyList<PushRequest> requests, CancellationToken cancellationToken = default);

    /// <summary>Settles a place. Repeating a settlement changes nothing.</summary>
    /// <exception cref="LedgerUnavailableException">The ledger cannot answer; repeat it.</exception>
    ValueTask<SettlementStatus> SettleAsync(UserId userId, string key, Settlement settlement, CancellationToken cancellationToken = default);

    /// <summary>Every place whose outcome is unknown, to be settled by what the provider says. In no particular order.</summary>
    /// <remarks>
    /// A place that is reserved or begun is listed once its time to live has ended (<see cref="PushOptions.TimeToLive"/>), not before. Every one counts until it is
    /// committed or released. Ask the provider about one that is <see cref="ReservationState.Begun"/> or <see cref="ReservationState.Uncertain"/>, and commit or release it. Release one that is still
    /// <see cref="ReservationState.Reserved"/>: handing over never began, and cannot begin any more.
    /// </remarks>
    /// <exception cref="LedgerUnavailableException">The ledger cannot answer.</exception>
    IAsyncEnumerable<Reservation> ReadUncertainAsync(CancellationToken cancellationToken = default);
}
