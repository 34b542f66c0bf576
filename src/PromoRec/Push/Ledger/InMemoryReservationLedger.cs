using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PromoRec.Push.Ledger;

/// <summary>A ledger that lives as long as the process: for tests, demonstrations and shops that may forget what was sent when they start anew.</summary>
/// <remarks>
/// <para>Exact for all threads of one process. Nothing is left of it when the process ends, so caps start anew then: a shop that promises them to its customers
/// uses a durable store.</para>
/// <para>Memory: a few hundred bytes for each entry within the retention; nothing for customers about whom there is nothing to remember; one number for each budget and
/// period that something was taken from.</para>
/// </remarks>
public sealed class InMemoryReservationLedger : IReservationLedger
{
    private const int StripeBits = 8;
    private readonly Stripe[] _stripes = [.. Enumerable.Range(0, 1 << StripeBits).Select(_ => new Stripe())];
    private readonly MemoryBudgets _budgets = new();
    private readonly ReleaseSchedule _releases = new();
    private readonly TimeSpan _retention;
    private readonly TimeProvider _time;

    /// <summary>Creates an empty ledger.</summary>
    /// <param name="options">How long it remembers; the defaults when null. Later changes to it have no effect.</param>
    /// <param name="timeProvider">Its clock; the system's when null.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public InMemoryReservationLedger(LedgerOptions? options = null, TimeProvider? timeProvider = null)
    {
        options ??= new LedgerOptions();
        LedgerOptionsValidator.ThrowIfInvalid(options);
        _retention = options.Retention;
        _time = timeProvider ?? TimeProvider.System;
    }

    /// <inheritdoc/>
    public ValueTask<ReservationResult> TryReserveAsync(ReservationRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.ThrowIfInvalid();
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Reserve(request));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ReservationResult>> TryReserveAsync(IReadOnlyList<ReservationRequest> requests, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(requests);

        // The caller may reuse its list, and what was checked must be what is reserved.
        ReservationRequest[] checkedRequests = [.. requests];
        foreach (ReservationRequest request in checkedRequests)
        {
            ArgumentNullException.ThrowIfNull(request, nameof(requests));
            request.ThrowIfInvalid();
        }

        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult<IReadOnlyList<ReservationResult>>(Array.ConvertAll(checkedRequests, Reserve));
    }

    /// <inheritdoc/>
    public ValueTask<SettlementStatus> SettleAsync(UserId userId, string key, Settlement settlement, CancellationToken cancellationToken = default)
    {
        RequestCheck.ThrowIfNotACustomer(userId);
        RequestCheck.ThrowIfNotAKey(key);
        RequestCheck.ThrowIfInvalid(settlement);
        cancellationToken.ThrowIfCancellationRequested();
        Stripe stripe = StripeOf(userId);
        lock (stripe.Gate)
        {
            using Operation operation = new(this, stripe, userId, 0);
            return ValueTask.FromResult(operation.Account.Settle(key, settlement, operation.Now, _budgets));
        }
    }

    /// <inheritdoc/>
    public ValueTask<SettlementStatus> RefundAsync(
        UserId userId, string key, string refundKey, IReadOnlyList<BudgetRefund> refunds, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(refunds);
        RequestCheck.ThrowIfNotACustomer(userId);
        RequestCheck.ThrowIfNotAKey(key);
        RequestCheck.ThrowIfNotAKey(refundKey);
        BudgetRefund[] checkedRefunds = [.. refunds];
        RequestCheck.ThrowIfInvalid(checkedRefunds);
        cancellationToken.ThrowIfCancellationRequested();
        Stripe stripe = StripeOf(userId);
        lock (stripe.Gate)
        {
            using Operation operation = new(this, stripe, userId, 0);
            return ValueTask.FromResult(operation.Account.Refund(key, refundKey, checkedRefunds, operation.Now, _budgets));
        }
    }

    /// <inheritdoc/>
    public ValueTask<CustomerHistory> ReadAsync(UserId userId, CancellationToken cancellationToken = default)
    {
        RequestCheck.ThrowIfNotACustomer(userId);
        cancellationToken.ThrowIfCancellationRequested();
        Stripe stripe = StripeOf(userId);
        lock (stripe.Gate)
        {
            DateTimeOffset now = _time.GetUtcNow();
            return ValueTask.FromResult(stripe.Accounts.TryGetValue(userId, out CustomerAccount? account) ? account.ToHistory(now) : new CustomerHistory(now, []));
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<BudgetLevel>> ReadBudgetsAsync(IReadOnlyList<BudgetName> budgets, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(budgets);
        BudgetName[] names = [.. budgets];
        foreach (BudgetName name in names)
        {
            RequestCheck.ThrowIfInvalid(name);
        }

        ulong parts = MemoryBudgets.PartsOf(names);
        BudgetLevel[] levels = new BudgetLevel[names.Length];
        while (!TryRead(names, parts, levels, out DateTimeOffset now))
        {
            cancellationToken.ThrowIfCancellationRequested();
            GiveBackUntil(now);
        }

        return ValueTask.FromResult<IReadOnlyList<BudgetLevel>>(levels);
    }

    /// <inheritdoc/>
    public ValueTask<int> CancelAsync(Cancellation cancellation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(cancellation);
        RequestCheck.ThrowIfInvalid(cancellation);
        cancellationToken.ThrowIfCancellationRequested();
        Stripe stripe = StripeOf(cancellation.UserId);
        lock (stripe.Gate)
        {
            using Operation operation = new(this, stripe, cancellation.UserId, 0);
            return ValueTask.FromResult(operation.Account.Cancel(cancellation, operation.Now, _budgets));
        }
    }

    /// <inheritdoc/>
    /// <remarks>Each customer is read at a moment of its own: what becomes uncertain meanwhile may be missing.</remarks>
    public async IAsyncEnumerable<Reservation> ReadUncertainAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (Stripe stripe in _stripes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (Reservation reservation in UncertainIn(stripe))
            {
                yield return reservation;
            }
        }

        await Task.CompletedTask.ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask ForgetAsync(UserId userId, CancellationToken cancellationToken = default)
    {
        RequestCheck.ThrowIfNotACustomer(userId);
        cancellationToken.ThrowIfCancellationRequested();
        Stripe stripe = StripeOf(userId);
        lock (stripe.Gate)
        {
            using Operation operation = new(this, stripe, userId, 0);
            operation.Account.Forget(operation.Now, _budgets);
            return ValueTask.CompletedTask;
        }
    }

    private ReservationResult Reserve(ReservationRequest request)
    {
        Stripe stripe = StripeOf(request.UserId);
        while (true)
        {
            DateTimeOffset now;
            lock (stripe.Gate)
            {
                using Operation operation = new(this, stripe, request.UserId, MemoryBudgets.PartsOf(request));
                now = operation.Now;

                // What others' carts still hold after their end must not stand against this one.
                if (request.Budgets.IsEmpty || !_releases.IsDue(now))
                {
                    return operation.Account.Reserve(request, now, _retention, _budgets);
                }
            }

            GiveBackUntil(now);
        }
    }

    private bool TryRead(BudgetName[] names, ulong parts, BudgetLevel[] levels, out DateTimeOffset now)
    {
        _budgets.Enter(parts);
        try
        {
            now = _time.GetUtcNow();
            for (int i = 0; i < names.Length; i++)
            {
                levels[i] = new BudgetLevel(names[i].Key, names[i].Period, _budgets.Taken(names[i].Key, names[i].Period));
            }

            return !_releases.IsDue(now);
        }
        finally
        {
            _budgets.Exit(parts);
        }
    }

    private void GiveBackUntil(DateTimeOffset now)
    {
        while (_releases.TryGetDue(now, out UserId userId))
        {
            Stripe stripe = StripeOf(userId);
            lock (stripe.Gate)
            {
                using Operation operation = new(this, stripe, userId, 0);
                operation.Account.Sweep(now, _budgets);
            }
        }
    }

    private List<Reservation> UncertainIn(Stripe stripe)
    {
        List<Reservation> uncertain = [];
        lock (stripe.Gate)
        {
            DateTimeOffset now = _time.GetUtcNow();
            foreach ((UserId userId, CustomerAccount account) in stripe.Accounts)
            {
                if (account.NextUncertain <= now)
                {
                    uncertain.AddRange(account.Uncertain(userId, now));
                }
            }
        }

        return uncertain;
    }

    private Stripe StripeOf(UserId userId) => _stripes[((uint)userId.GetHashCode() * 0x9E3779B9) >> (32 - StripeBits)];

    private sealed class Stripe
    {
        public Lock Gate { get; } = new();

        public Dictionary<UserId, CustomerAccount> Accounts { get; } = [];
    }

    /// <summary>One operation on one account, whose stripe the caller has locked: holds the budgets it may touch, and keeps or drops the account at its end.</summary>
    private readonly ref struct Operation
    {
        private readonly InMemoryReservationLedger _ledger;
        private readonly Stripe _stripe;
        private readonly UserId _userId;
        private readonly ulong _parts;
        private readonly DateTimeOffset? _release;

        public Operation(InMemoryReservationLedger ledger, Stripe stripe, UserId userId, ulong parts)
        {
            (_ledger, _stripe, _userId) = (ledger, stripe, userId);
            ref CustomerAccount? account = ref CollectionsMarshal.GetValueRefOrAddDefault(stripe.Accounts, userId, out _);
            Account = account ??= new CustomerAccount();
            _parts = parts | MemoryBudgets.PartsOf(Account);
            _release = Account.NextRelease;
            ledger._budgets.Enter(_parts);
            try
            {
                // Read last, so that the times of operations have the order of the operations.
                Now = ledger._time.GetUtcNow();
            }
            catch
            {
                Dispose();
                throw;
            }
        }

        public CustomerAccount Account { get; }

        public DateTimeOffset Now { get; }

        public void Dispose()
        {
            _ledger._releases.Move(_userId, _release, Account.NextRelease);
            _ledger._budgets.Exit(_parts);
            if (Account.IsEmpty)
            {
                _stripe.Accounts.Remove(_userId);
            }
        }
    }
}
