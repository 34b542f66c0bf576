using System.Collections.Concurrent;
using PromoRec.Push.Ledger;

namespace PromoRec.Testing.Tests.Conformance.Broken;

/// <summary>Broken in one small way that a test chooses.</summary>
internal sealed class TwistedLedger(IReservationLedger inner) : DelegatingLedger(inner)
{
    private readonly ConcurrentDictionary<UserId, CustomerHistory> _read = new();
    private readonly ConcurrentDictionary<(UserId, string), bool> _refused = new();
    private int _calls;

    /// <summary>What becomes of a request before it is asked.</summary>
    public Func<ReservationRequest, ReservationRequest> Request { get; init; } = request => request;

    /// <summary>What becomes of an answer.</summary>
    public Func<ReservationResult, ReservationResult> Answer { get; init; } = answer => answer;

    /// <summary>A settlement that is answered as done without being done.</summary>
    public Settlement? Nods { get; init; }

    public bool NeverRepeats { get; init; }

    public bool BurnsRefusedKeys { get; init; }

    public bool ReleasesBeforeChecking { get; init; }

    public bool SupersedesInTwoSteps { get; init; }

    public bool ReleasesSuperseded { get; init; }

    public bool AnswersTheImpossible { get; init; }

    public bool GrantsBatches { get; init; }

    public bool RefundsTwice { get; init; }

    public bool CommitsOnRefund { get; init; }

    public bool ReadsOldHistories { get; init; }

    public bool ReadsNoLabels { get; init; }

    public bool IgnoresWithdrawals { get; init; }

    public bool ForgetsVersions { get; init; }

    public bool CancelsEveryKey { get; init; }

    public bool ListsNothing { get; init; }

    public bool KeepsErased { get; init; }

    public override async ValueTask<ReservationResult> TryReserveAsync(ReservationRequest request, CancellationToken cancellationToken = default)
    {
        if (ReleasesBeforeChecking && request.IfHeld != HeldAction.Replay)
        {
            await Inner.SettleAsync(request.UserId, request.Key, Settlement.Release, cancellationToken);
        }

        if (!request.Supersedes.IsEmpty && (SupersedesInTwoSteps || ReleasesSuperseded))
        {
            await GiveUpSupersededAsync(request, cancellationToken);
        }

        try
        {
            ReservationRequest asked = NeverRepeats ? request with { Key = $"{request.Key} {Interlocked.Increment(ref _calls)}" } : request;
            ReservationResult answer = Answer(await Inner.TryReserveAsync(Request(asked), cancellationToken));
            bool isBurnt = BurnsRefusedKeys && !_refused.TryAdd((request.UserId, request.Key), true) && !answer.IsHeld;
            return isBurnt ? answer with { Status = ReservationStatus.Conflict } : answer;
        }
        catch (ArgumentException) when (AnswersTheImpossible)
        {
            return new ReservationResult(ReservationStatus.Refused, default, null, []);
        }
    }

    private async Task GiveUpSupersededAsync(ReservationRequest request, CancellationToken cancellationToken)
    {
        CustomerHistory history = await Inner.ReadAsync(request.UserId, cancellationToken);
        foreach (LedgerEntry entry in history.Entries)
        {
            bool isSuperseded = entry.Key != request.Key && (ReleasesSuperseded || entry.State == ReservationState.Reserved);
            if (isSuperseded && entry.Labels.Concat(entry.ShortLabels).Intersect(request.Supersedes).Any())
            {
                await Inner.SettleAsync(request.UserId, entry.Key, Settlement.Release, cancellationToken);
            }
        }
    }

    public override ValueTask<IReadOnlyList<ReservationResult>> TryReserveAsync(IReadOnlyList<ReservationRequest> requests, CancellationToken cancellationToken = default) =>
        Inner.TryReserveAsync(GrantsBatches ? [.. requests.Select(request => request with { Caps = [] })] : requests, cancellationToken);

    public override ValueTask<SettlementStatus> SettleAsync(UserId userId, string key, Settlement settlement, CancellationToken cancellationToken = default) =>
        settlement == Nods ? ValueTask.FromResult(SettlementStatus.Done) : Inner.SettleAsync(userId, key, settlement, cancellationToken);

    public override async ValueTask<SettlementStatus> RefundAsync(
        UserId userId, string key, string refundKey, IReadOnlyList<BudgetRefund> refunds, CancellationToken cancellationToken = default)
    {
        if (CommitsOnRefund)
        {
            await Inner.SettleAsync(userId, key, Settlement.Commit, cancellationToken);
        }

        return await Inner.RefundAsync(userId, key, RefundsTwice ? $"{refundKey} {Interlocked.Increment(ref _calls)}" : refundKey, refunds, cancellationToken);
    }

    public override async ValueTask<CustomerHistory> ReadAsync(UserId userId, CancellationToken cancellationToken = default)
    {
        CustomerHistory now = await Inner.ReadAsync(userId, cancellationToken);
        if (ReadsNoLabels)
        {
            return new CustomerHistory(now.LedgerTime, [.. now.Entries.Select(entry => entry with { Labels = [] })]) { ConsentVersion = now.ConsentVersion, IsErased = now.IsErased };
        }

        CustomerHistory before = _read.GetOrAdd(userId, now);
        _read[userId] = now;
        return ReadsOldHistories ? before : now;
    }

    public override ValueTask<int> CancelAsync(Cancellation cancellation, CancellationToken cancellationToken = default) =>
        IgnoresWithdrawals ? ValueTask.FromResult(0)
            : Inner.CancelAsync(ForgetsVersions ? cancellation with { ConsentVersion = 0 } : CancelsEveryKey ? cancellation with { Key = null } : cancellation, cancellationToken);

    public override IAsyncEnumerable<Reservation> ReadUncertainAsync(CancellationToken cancellationToken = default) =>
        ListsNothing ? AsyncEnumerable.Empty<Reservation>() : Inner.ReadUncertainAsync(cancellationToken);

    public override ValueTask ForgetAsync(UserId userId, CancellationToken cancellationToken = default) => KeepsErased ? ValueTask.CompletedTask : Inner.ForgetAsync(userId, cancellationToken);
}
