using System.Runtime.CompilerServices;
using PromoRec.Push.Ledger;
using PromoRec.Sqlite.Tables;
using PromoRec.Sqlite.Work;

namespace PromoRec.Sqlite;

/// <summary>Reservations in a SQLite file: what changes something goes through the one writer, what only reads through the reader.</summary>
internal sealed class SqliteReservationLedger(StoreThread writer, StoreThread reader, TimeSpan retention, int maxBatch) : IReservationLedger
{
    private const int PageLength = 256;

    public ValueTask<ReservationResult> TryReserveAsync(ReservationRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.ThrowIfInvalid();
        return writer.RunAsync(batch => Reserve(batch, request), cancellationToken);
    }

    public async ValueTask<IReadOnlyList<ReservationResult>> TryReserveAsync(IReadOnlyList<ReservationRequest> requests, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(requests);
        ReservationRequest[] asked = [.. requests];
        foreach (ReservationRequest request in asked)
        {
            ArgumentNullException.ThrowIfNull(request, nameof(requests));
            request.ThrowIfInvalid();
        }

        List<ReservationResult> results = new(asked.Length);
        foreach (ReservationRequest[] part in asked.Chunk(maxBatch))
        {
            results.AddRange(await writer.RunAsync(batch => Array.ConvertAll(part, request => Reserve(batch, request)), part.Length, cancellationToken).ConfigureAwait(false));
        }

        return results;
    }

    public ValueTask<SettlementStatus> SettleAsync(UserId userId, string key, Settlement settlement, CancellationToken cancellationToken = default)
    {
        RequestCheck.ThrowIfNotACustomer(userId);
        RequestCheck.ThrowIfNotAKey(key);
        RequestCheck.ThrowIfInvalid(settlement);
        return writer.RunAsync(batch => batch.Ledger.Change(userId, (account, budgets) => account.Settle(key, settlement, batch.Now, budgets)), cancellationToken);
    }

    public ValueTask<SettlementStatus> RefundAsync(
        UserId userId, string key, string refundKey, IReadOnlyList<BudgetRefund> refunds, CancellationToken cancellationToken = default)
    {
        RequestCheck.ThrowIfNotACustomer(userId);
        RequestCheck.ThrowIfNotAKey(key);
        RequestCheck.ThrowIfNotAKey(refundKey);
        ArgumentNullException.ThrowIfNull(refunds);
        BudgetRefund[] asked = [.. refunds];
        RequestCheck.ThrowIfInvalid(asked);
        return writer.RunAsync(batch => batch.Ledger.Change(userId, (account, budgets) => account.Refund(key, refundKey, asked, batch.Now, budgets)), cancellationToken);
    }

    public ValueTask<CustomerHistory> ReadAsync(UserId userId, CancellationToken cancellationToken = default)
    {
        RequestCheck.ThrowIfNotACustomer(userId);
        return reader.RunAsync(batch => batch.Ledger.Read(userId), cancellationToken);
    }

    public async ValueTask<IReadOnlyList<BudgetLevel>> ReadBudgetsAsync(IReadOnlyList<BudgetName> budgets, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(budgets);
        BudgetName[] asked = [.. budgets];
        foreach (BudgetName name in asked)
        {
            RequestCheck.ThrowIfInvalid(name);
        }

        // Carts whose time has ended hold nothing; the writer takes that down, so that the next reader need not ask again. Those whose time ends from
        // now on wait for the next reader, and those that cannot be read keep what they hold: there is one pass, and it has an end.
        DateTimeOffset? through = await reader.RunAsync(ExpiredBy, cancellationToken).ConfigureAwait(false);
        ExpiredAccount? next = ExpiredAccount.Start;
        while (through is { } instant && next is { } position)
        {
            next = await writer.RunAsync(batch => batch.Ledger.SweepFrom(position, instant), cancellationToken).ConfigureAwait(false);
        }

        return await reader.RunAsync(batch => Array.ConvertAll(asked, name => new BudgetLevel(name.Key, name.Period, batch.Session.Budgets.Taken(name))), cancellationToken).ConfigureAwait(false);
    }

    public ValueTask<int> CancelAsync(Cancellation cancellation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(cancellation);
        RequestCheck.ThrowIfInvalid(cancellation);
        return writer.RunAsync(batch => batch.Ledger.Change(cancellation.UserId, (account, budgets) => account.Cancel(cancellation, batch.Now, budgets)), cancellationToken);
    }

    public async IAsyncEnumerable<Reservation> ReadUncertainAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // First who, then what: an account cannot slip from one page to another that has been read already.
        List<long> ids = await reader.RunAsync(batch => batch.Session.Accounts.Uncertain(batch.Now), cancellationToken).ConfigureAwait(false);
        LedgerUnavailableException? first = null;
        foreach (long[] page in ids.Chunk(PageLength))
        {
            (List<Reservation> uncertain, LedgerUnavailableException? unreadable) =
                await reader.RunAsync(batch => ReadUncertain(batch, page), cancellationToken).ConfigureAwait(false);
            first ??= unreadable;
            foreach (Reservation reservation in uncertain)
            {
                yield return reservation;
            }
        }

        // An account that cannot be read hides nobody else's sends, and is not passed over in silence.
        if (first is not null)
        {
            throw first;
        }
    }

    public async ValueTask ForgetAsync(UserId userId, CancellationToken cancellationToken = default)
    {
        RequestCheck.ThrowIfNotACustomer(userId);
        await writer.RunAsync(batch => Forget(batch, userId), cancellationToken).ConfigureAwait(false);
    }

    private ReservationResult Reserve(StoreBatch batch, ReservationRequest request) =>
        batch.Ledger.Change(request.UserId, (account, budgets) => account.Reserve(request, batch.Now, retention, budgets));

    /// <returns>Now, when something has expired that holds budgets; null when nothing has.</returns>
    private static DateTimeOffset? ExpiredBy(StoreBatch batch) => batch.Session.Accounts.Expired(batch.Now, ExpiredAccount.Start, 1).Count > 0 ? batch.Now : null;

    private static (List<Reservation> Uncertain, LedgerUnavailableException? Unreadable) ReadUncertain(StoreBatch batch, long[] page)
    {
        List<Reservation> uncertain = [];
        LedgerUnavailableException? unreadable = null;
        foreach (long id in page)
        {
            try
            {
                if (batch.Session.Accounts.TryGet(id, batch.Now, out AccountRow row))
                {
                    uncertain.AddRange(new CustomerAccount(row.History).Uncertain(row.UserId, batch.Now));
                }
            }
            catch (LedgerUnavailableException fault) when (fault.Fault == LedgerFault.Corrupt)
            {
                unreadable ??= fault;
            }
        }

        return (uncertain, unreadable);
    }

    private static bool Forget(StoreBatch batch, UserId userId) => batch.HasErased = batch.Ledger.Change(userId, (account, budgets) =>
    {
        account.Forget(batch.Now, budgets);
        return true;
    });
}
