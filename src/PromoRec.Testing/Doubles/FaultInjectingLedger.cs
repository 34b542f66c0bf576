using System.Runtime.CompilerServices;
using PromoRec.Numerics;
using PromoRec.Push.Ledger;

namespace PromoRec.Testing.Doubles;

/// <summary>A ledger that fails now and then: before an operation, after it, late, or altogether. For tests of what is built on ledgers.</summary>
/// <remarks>
/// A failure is a <see cref="LedgerUnavailableException"/>, after which nobody can tell whether the operation took effect. Calls draw their luck from one
/// seeded sequence in the order in which they come. Any thread may call it. The ledger behind it is not disposed.
/// </remarks>
public sealed class FaultInjectingLedger : IReservationLedger
{
    private readonly IReservationLedger _inner;
    private readonly LedgerFaults _faults;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private SeededRandom _random;
    private volatile bool _isUnavailable;
    private long _failedBefore;
    private long _failedAfter;

    /// <summary>Puts failures before a ledger.</summary>
    /// <param name="inner">The ledger that does the work.</param>
    /// <param name="faults">How often it fails, and how.</param>
    /// <param name="timeProvider">What delays are waited by; the system's when null.</param>
    /// <exception cref="ArgumentException">A part is not from 0 to 1, or the delay is negative.</exception>
    public FaultInjectingLedger(IReservationLedger inner, LedgerFaults faults, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(faults);
        if (!(faults.Before is >= 0 and <= 1 && faults.After is >= 0 and <= 1 && faults.MaxDelay >= TimeSpan.Zero))
        {
            throw new ArgumentException($"Parts must be from 0 to 1 and the delay not negative, but they are {faults.Before}, {faults.After} and {faults.MaxDelay}.", nameof(faults));
        }

        _inner = inner;
        _faults = faults;
        _time = timeProvider ?? TimeProvider.System;
        _random = new SeededRandom(faults.Seed);
    }

    /// <summary>Whether every call fails before the ledger has seen it.</summary>
    public bool IsUnavailable
    {
        get => _isUnavailable;
        set => _isUnavailable = value;
    }

    /// <summary>How many calls failed before the ledger had seen them.</summary>
    public long FailedBefore => Interlocked.Read(ref _failedBefore);

    /// <summary>How many calls failed after the ledger had done what they asked for.</summary>
    public long FailedAfter => Interlocked.Read(ref _failedAfter);

    /// <inheritdoc/>
    public ValueTask<ReservationResult> TryReserveAsync(ReservationRequest request, CancellationToken cancellationToken = default) =>
        DoAsync(() => _inner.TryReserveAsync(request, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ReservationResult>> TryReserveAsync(IReadOnlyList<ReservationRequest> requests, CancellationToken cancellationToken = default) =>
        DoAsync(() => _inner.TryReserveAsync(requests, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<SettlementStatus> SettleAsync(UserId userId, string key, Settlement settlement, CancellationToken cancellationToken = default) =>
        DoAsync(() => _inner.SettleAsync(userId, key, settlement, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<SettlementStatus> RefundAsync(
        UserId userId, string key, string refundKey, IReadOnlyList<BudgetRefund> refunds, CancellationToken cancellationToken = default) =>
        DoAsync(() => _inner.RefundAsync(userId, key, refundKey, refunds, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<CustomerHistory> ReadAsync(UserId userId, CancellationToken cancellationToken = default) =>
        DoAsync(() => _inner.ReadAsync(userId, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<BudgetLevel>> ReadBudgetsAsync(IReadOnlyList<BudgetName> budgets, CancellationToken cancellationToken = default) =>
        DoAsync(() => _inner.ReadBudgetsAsync(budgets, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<int> CancelAsync(Cancellation cancellation, CancellationToken cancellationToken = default) =>
        DoAsync(() => _inner.CancelAsync(cancellation, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<Reservation> ReadUncertainAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        bool failsAfter = await BeforeAsync(cancellationToken).ConfigureAwait(false);
        await foreach (Reservation reservation in _inner.ReadUncertainAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return reservation;
        }

        ThrowIf(failsAfter);
    }

    /// <inheritdoc/>
    public async ValueTask ForgetAsync(UserId userId, CancellationToken cancellationToken = default)
    {
        bool failsAfter = await BeforeAsync(cancellationToken).ConfigureAwait(false);
        await _inner.ForgetAsync(userId, cancellationToken).ConfigureAwait(false);
        ThrowIf(failsAfter);
    }

    private async ValueTask<T> DoAsync<T>(Func<ValueTask<T>> call, CancellationToken cancellationToken)
    {
        bool failsAfter = await BeforeAsync(cancellationToken).ConfigureAwait(false);
        T answer = await call().ConfigureAwait(false);
        ThrowIf(failsAfter);
        return answer;
    }

    /// <returns>Whether the call fails after the operation.</returns>
    private async ValueTask<bool> BeforeAsync(CancellationToken cancellationToken)
    {
        (double before, double after, double delay) = Draw();
        if (_faults.MaxDelay > TimeSpan.Zero)
        {
            await Task.Delay(_faults.MaxDelay * delay, _time, cancellationToken).ConfigureAwait(false);
        }

        if (_isUnavailable || before < _faults.Before)
        {
            Interlocked.Increment(ref _failedBefore);
            throw Failure();
        }

        return after < _faults.After;
    }

    private void ThrowIf(bool failsAfter)
    {
        if (failsAfter)
        {
            Interlocked.Increment(ref _failedAfter);
            throw Failure();
        }
    }

    private (double Before, double After, double Delay) Draw()
    {
        lock (_gate)
        {
            return (_random.NextDouble(), _random.NextDouble(), _random.NextDouble());
        }
    }

    private LedgerUnavailableException Failure() => new(_faults.Fault, "This failure was injected by a test. Repeat the call with the same key.");
}
