using System.Runtime.CompilerServices;
using PromoRec.PostgreSql.Accounts;
using PromoRec.PostgreSql.Lanes;
using PromoRec.Push.Ledger;

namespace PromoRec.PostgreSql;

/// <summary>Reservations in PostgreSQL.</summary>
internal sealed class PostgreSqlReservationLedger(Lane<AccountOperation>[] lanes, LedgerQueries queries) : IReservationLedger
{
    public async ValueTask<ReservationResult> TryReserveAsync(ReservationRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.ThrowIfInvalid();
        cancellationToken.ThrowIfCancellationRequested();
        ReservationAnswers answers = new(1);
        LaneOf(request.UserId).Enter(new ReserveOperation(request, answers, 0));
        return (await answers.Task.WaitAsync(cancellationToken).ConfigureAwait(false))[0];
    }

    public async ValueTask<IReadOnlyList<ReservationResult>> TryReserveAsync(IReadOnlyList<ReservationRequest> requests, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(requests);

        // The caller may reuse its list, and what was checked must be what is reserved.
        ReservationRequest[] all = [.. requests];
        foreach (ReservationRequest request in all)
        {
            ArgumentNullException.ThrowIfNull(request, nameof(requests));
            request.ThrowIfInvalid();
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (all.Length == 0)
        {
            return [];
        }

        ReservationAnswers answers = new(all.Length);
        Enter(all, answers);
        return await answers.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<SettlementStatus> SettleAsync(UserId userId, string key, Settlement settlement, CancellationToken cancellationToken = default)
    {
        RequestCheck.ThrowIfNotACustomer(userId);
        RequestCheck.ThrowIfNotAKey(key);
        RequestCheck.ThrowIfInvalid(settlement);
        return await CallAsync(userId, (account, now, budgets) => account.Settle(key, settlement, now, budgets), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<SettlementStatus> RefundAsync(
        UserId userId, string key, string refundKey, IReadOnlyList<BudgetRefund> refunds, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(refunds);
        RequestCheck.ThrowIfNotACustomer(userId);
        RequestCheck.ThrowIfNotAKey(key);
        RequestCheck.ThrowIfNotAKey(refundKey);
        BudgetRefund[] all = [.. refunds];
        RequestCheck.ThrowIfInvalid(all);
        return await CallAsync(userId, (account, now, budgets) => account.Refund(key, refundKey, all, now, budgets), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<CustomerHistory> ReadAsync(UserId userId, CancellationToken cancellationToken = default)
    {
        RequestCheck.ThrowIfNotACustomer(userId);
        return await CallAsync(userId, (account, now, _) => account.ToHistory(now), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<BudgetLevel>> ReadBudgetsAsync(IReadOnlyList<BudgetName> budgets, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(budgets);
        List<BudgetName> names = [.. budgets];
        foreach (BudgetName name in names)
        {
            RequestCheck.ThrowIfInvalid(name);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return names.Count == 0 ? [] : await queries.ReadLevelsAsync(names).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<int> CancelAsync(Cancellation cancellation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(cancellation);
        RequestCheck.ThrowIfInvalid(cancellation);
        return await CallAsync(cancellation.UserId, (account, now, budgets) => account.Cancel(cancellation, now, budgets), cancellationToken).ConfigureAwait(false);
    }

    /// <remarks>Who is concerned is read at once, and what is uncertain of them a moment later: what becomes uncertain meanwhile may be missing.</remarks>
    public async IAsyncEnumerable<Reservation> ReadUncertainAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        LedgerUnavailableException? unreadable = null;
        foreach (UserId[] some in (await queries.FindUncertainAsync().WaitAsync(cancellationToken).ConfigureAwait(false)).Chunk(LedgerQueries.MaxReadAtOnce))
        {
            AccountCall<List<Reservation>>[] calls = Array.ConvertAll(some, UncertainOf);
            foreach (AccountCall<List<Reservation>> call in calls)
            {
                LaneOf(call.UserId).Enter(call);
            }

            foreach (AccountCall<List<Reservation>> call in calls)
            {
                List<Reservation> uncertain = [];
                try
                {
                    uncertain = await call.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
                }
                catch (LedgerUnavailableException fault) when (fault.Fault == LedgerFault.Corrupt)
                {
                    unreadable ??= fault;
                }

                foreach (Reservation reservation in uncertain)
                {
                    yield return reservation;
                }
            }
        }

        // An account that cannot be read hides nobody else's sends, and is not passed over in silence.
        if (unreadable is not null)
        {
            throw unreadable;
        }
    }

    public async ValueTask ForgetAsync(UserId userId, CancellationToken cancellationToken = default)
    {
        RequestCheck.ThrowIfNotACustomer(userId);
        await CallAsync(userId, Forget, cancellationToken).ConfigureAwait(false);
    }

    private static AccountCall<List<Reservation>> UncertainOf(UserId userId) => new(userId, (account, now, _) => [.. account.Uncertain(userId, now)]);

    private static bool Forget(CustomerAccount account, DateTimeOffset now, IBudgetBook budgets)
    {
        account.Forget(now, budgets);
        return true;
    }

    private async ValueTask<T> CallAsync<T>(UserId userId, Func<CustomerAccount, DateTimeOffset, IBudgetBook, T> decide, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        AccountCall<T> call = new(userId, decide);
        LaneOf(userId).Enter(call);
        return await call.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Spreads requests over the lanes; those that claim budgets stay together, because there the order of different customers matters, too.</summary>
    private void Enter(ReservationRequest[] requests, ReservationAnswers answers)
    {
        AccountOperation[] operations = new AccountOperation[requests.Length];
        bool hasBudgets = false;
        for (int i = 0; i < operations.Length; i++)
        {
            operations[i] = new ReserveOperation(requests[i], answers, i);
            hasBudgets |= !requests[i].Budgets.IsEmpty;
        }

        if (hasBudgets || lanes.Length == 1)
        {
            LaneOf(operations[0].UserId).Enter(operations);
            return;
        }

        foreach (IGrouping<Lane<AccountOperation>, AccountOperation> ofLane in operations.GroupBy(operation => LaneOf(operation.UserId)))
        {
            ofLane.Key.Enter([.. ofLane]);
        }
    }

    private Lane<AccountOperation> LaneOf(UserId userId) => lanes[(uint)userId.GetHashCode() % (uint)lanes.Length];
}
