using Microsoft.Extensions.Logging;
using PromoRec.Consent;
using PromoRec.Push.Calendar;
using PromoRec.Push.Ledger;

namespace PromoRec.Push.Engine;

/// <summary>The engine over a set of policies and the host's stores.</summary>
internal sealed class PushEngine : IPushEngine
{
    private readonly PushDecider _decider;
    private readonly PushPreparer _preparer;
    private readonly PushSnapshots _snapshots;
    private readonly PushReserver _reserver;
    private readonly PushBatchReserver _batches;
    private readonly PushDigestReserver _digests;
    private readonly IReservationLedger _ledger;

    public PushEngine(
        PushPolicySet policies,
        Func<PushCustomer, CustomerZone> zoneOf,
        IReservationLedger ledger,
        IConsentStore consents,
        IPushCustomerSource customers,
        PushOptions options,
        ILogger logger)
    {
        _ledger = ledger;
        _decider = new PushDecider(policies, zoneOf, options.TimeToLive, logger);
        _preparer = new PushPreparer(_decider, options.TimeToLive);
        _snapshots = new PushSnapshots(ledger, consents, customers, _decider);
        _reserver = new PushReserver(ledger, _snapshots, _preparer, options.TransactionalWithoutStore, logger);
        _batches = new PushBatchReserver(ledger, _snapshots, _preparer, _reserver);
        _digests = new PushDigestReserver(ledger, _snapshots, _decider, _preparer, _reserver);
    }

    /// <inheritdoc/>
    public PushDecision Decide(PushRequest request, PushSnapshot snapshot)
    {
        PushRequestCheck.ThrowIfInvalid(request, snapshot);
        return _decider.Decide(request, snapshot);
    }

    /// <inheritdoc/>
    public PushDecision Explain(PushRequest request, PushSnapshot snapshot)
    {
        PushRequestCheck.ThrowIfInvalid(request, snapshot);
        return _decider.Explain(request, snapshot);
    }

    /// <inheritdoc/>
    public IReadOnlyList<PushDecision> Decide(IReadOnlyList<PushRequest> requests, PushSnapshot snapshot, bool explain = false)
    {
        ArgumentNullException.ThrowIfNull(requests);
        foreach (PushRequest request in requests)
        {
            PushRequestCheck.ThrowIfInvalid(request, snapshot);
        }

        var decisions = new PushDecision[requests.Count];
        PushBudgets budgets = new();
        foreach (int index in PushBatch.OrderOf(requests))
        {
            PushRequest request = requests[index];
            snapshot = budgets.Apply(snapshot);
            PushPlan plan = _decider.Plan(request, snapshot, explain);
            decisions[index] = plan.Decision;
            if (plan.Holds(holdDeferred: false))
            {
                if (_preparer.PlaceFor(request, snapshot, plan, out PushDecision failure) is { } place)
                {
                    snapshot = PushHistory.With(place, snapshot, budgets);
                }
                else
                {
                    decisions[index] = failure with { Trace = plan.Decision.Trace };
                }
            }
        }

        return decisions;
    }

    /// <inheritdoc/>
    public ValueTask<PushSnapshot> ReadSnapshotAsync(PushRequest request, CancellationToken cancellationToken = default)
    {
        PushRequestCheck.ThrowIfInvalid(request);
        return _snapshots.ReadAsync(request, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<PushDecision> DecideAsync(PushRequest request, bool explain = false, CancellationToken cancellationToken = default)
    {
        PushRequestCheck.ThrowIfInvalid(request);
        PushDecision decision;
        try
        {
            PushSnapshot snapshot = await _snapshots.ReadAsync(request, cancellationToken).ConfigureAwait(false);
            decision = explain ? _decider.Explain(request, snapshot) : _decider.Decide(request, snapshot);
        }
        catch (LedgerUnavailableException fault)
        {
            decision = _reserver.UnavailableDecision(request, fault);
        }

        PushMeasurement.Decided(decision);
        return decision;
    }

    /// <inheritdoc/>
    public async ValueTask<PushReservation> TryReserveAsync(PushRequest request, PushReserveOptions? options = null, CancellationToken cancellationToken = default)
    {
        PushRequestCheck.ThrowIfInvalid(request);
        PushReservation reservation = await _reserver.TryReserveAsync(request, options ?? PushReserveOptions.Default, cancellationToken).ConfigureAwait(false);
        PushMeasurement.Decided(reservation.Decision);
        return reservation;
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<PushReservation>> TryReserveAsync(
        IReadOnlyList<PushRequest> requests, PushReserveOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(requests);

        // The caller may reuse its list, and what was checked must be what is reserved.
        PushRequest[] checkedRequests = [.. requests];
        foreach (PushRequest request in checkedRequests)
        {
            PushRequestCheck.ThrowIfInvalid(request);
        }

        PushReservation[] reservations =
            await _batches.TryReserveAsync(checkedRequests, options ?? PushReserveOptions.Default, cancellationToken).ConfigureAwait(false);
        foreach (PushReservation reservation in reservations)
        {
            PushMeasurement.Decided(reservation.Decision);
        }

        return reservations;
    }

    /// <inheritdoc/>
    public async ValueTask<PushDigestReservation> TryReserveDigestAsync(string digest, IReadOnlyList<PushRequest> requests, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(requests);
        PushRequest[] checkedRequests = [.. requests];
        PushRequestCheck.ThrowIfNotADigest(digest, checkedRequests);
        PushDigestReservation reservation = await _digests.TryReserveAsync(digest, checkedRequests, cancellationToken).ConfigureAwait(false);
        foreach (PushDecision part in reservation.Parts)
        {
            PushMeasurement.Decided(part);
        }

        return reservation;
    }

    /// <inheritdoc/>
    public ValueTask<SettlementStatus> SettleAsync(UserId userId, string key, Settlement settlement, CancellationToken cancellationToken = default) =>
        _ledger.SettleAsync(userId, key, settlement, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<Reservation> ReadUncertainAsync(CancellationToken cancellationToken = default) => _ledger.ReadUncertainAsync(cancellationToken);
}
