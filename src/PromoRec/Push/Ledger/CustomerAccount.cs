using System.Collections.Immutable;

namespace PromoRec.Push.Ledger;

/// <summary>All that is known of one customer, and the only code that changes it: every store loads an account, lets it answer, and writes it back.</summary>
/// <remarks>Not thread-safe: a store lets one operation at a time touch an account. No method changes anything unless it says so in its answer.</remarks>
internal sealed class CustomerAccount
{
    private ImmutableArray<LedgerEntry> _entries = [];
    private ImmutableArray<ForgottenCount> _forgotten = [];
    private DateTimeOffset? _forgottenThrough;
    private long _consentVersion;
    private bool _isErased;

    public CustomerAccount()
    {
    }

    public CustomerAccount(CustomerHistory history)
    {
        _entries = history.Entries;
        _forgotten = history.Forgotten;
        _forgottenThrough = history.ForgottenThrough;
        _consentVersion = history.ConsentVersion;
        _isErased = history.IsErased;
    }

    /// <summary>Whether there is nothing to remember, so that a store need not keep it.</summary>
    public bool IsEmpty => !_isErased && _consentVersion == 0 && _entries.IsEmpty && _forgottenThrough is null;

    /// <summary>The earliest instant at which something that holds budgets will have given them back by its own end; null when nothing will.</summary>
    public DateTimeOffset? NextRelease
    {
        get
        {
            DateTimeOffset? next = null;
            foreach (LedgerEntry entry in _entries)
            {
                if (entry is { State: ReservationState.Reserved, OnExpiry: ExpiryAction.Release, Budgets.IsEmpty: false } && (next is null || entry.ExpiresAt < next))
                {
                    next = entry.ExpiresAt;
                }
            }

            return next;
        }
    }

    /// <summary>The earliest instant from which on something is uncertain unless it is settled; null when everything is settled.</summary>
    public DateTimeOffset? NextUncertain
    {
        get
        {
            DateTimeOffset? next = null;
            foreach (LedgerEntry entry in _entries)
            {
                if (entry.UncertainFrom is { } from && (next is null || from < next))
                {
                    next = from;
                }
            }

            return next;
        }
    }

    public CustomerHistory ToHistory(DateTimeOffset now) => new(now, _entries)
    {
        ConsentVersion = _consentVersion,
        IsErased = _isErased,
        ForgottenThrough = _forgottenThrough,
        Forgotten = _forgotten,
    };

    public ReservationResult Reserve(ReservationRequest request, DateTimeOffset now, TimeSpan retention, IBudgetBook budgets)
    {
        if (_isErased)
        {
            return new ReservationResult(ReservationStatus.Erased, now, null, []);
        }

        Sweep(now, budgets);
        UInt128 content = RequestContent.Of(request);
        int heldIndex = IndexOf(request.Key);
        LedgerEntry? held = heldIndex < 0 ? null : _entries[heldIndex];
        bool isMovable = held is { State: ReservationState.Reserved } && !held.IsUncertainAt(now);
        if (held is not null && held.Content != content && !(isMovable && request.IfHeld == HeldAction.Replace))
        {
            return new ReservationResult(ReservationStatus.Conflict, now, held.ToReservation(request.UserId), []);
        }

        if (held is not null && (request.IfHeld == HeldAction.Replay || !isMovable))
        {
            return new ReservationResult(ReservationStatus.Replayed, now, held.ToReservation(request.UserId), []);
        }

        if (request.ConsentVersion < _consentVersion)
        {
            return new ReservationResult(ReservationStatus.ConsentChanged, now, null, []);
        }

        DateTimeOffset at = request.PlannedAt is { } planned && planned > now ? planned.ToUniversalTime() : now;
        return TryExpiry(request, at, out DateTimeOffset expiresAt)
            ? Decide(request, content, heldIndex, at, expiresAt, now, retention, budgets)
            : new ReservationResult(ReservationStatus.WindowMoved, now, null, []);
    }

    public SettlementStatus Settle(string key, Settlement settlement, DateTimeOffset now, IBudgetBook budgets)
    {
        int index = IndexOf(key);
        if (index < 0)
        {
            return SettlementStatus.NotFound;
        }

        LedgerEntry entry = _entries[index];
        return settlement switch
        {
            Settlement.Begin => Begin(index, entry, now),
            Settlement.Commit => Commit(index, entry, now),
            Settlement.Release => Release(index, entry, budgets),
            _ => MarkUncertain(index, entry),
        };
    }

    public SettlementStatus Refund(string key, string refundKey, IReadOnlyList<BudgetRefund> refunds, IBudgetBook budgets)
    {
        int index = IndexOf(key);
        if (index < 0)
        {
            return SettlementStatus.NotFound;
        }

        LedgerEntry entry = _entries[index];
        if (entry.State != ReservationState.Committed)
        {
            return SettlementStatus.Conflict;
        }

        if (entry.Refunds.Contains(refundKey, StringComparer.Ordinal))
        {
            return SettlementStatus.AlreadyDone;
        }

        BudgetHold[] holds = [.. entry.Budgets];
        foreach (BudgetRefund refund in refunds)
        {
            GiveBack(holds, refund, budgets);
        }

        Replace(index, entry with { Budgets = [.. holds], Refunds = entry.Refunds.Add(refundKey) });
        return SettlementStatus.Done;
    }

    /// <returns>How many places were cancelled.</returns>
    public int Cancel(Cancellation cancellation, DateTimeOffset now, IBudgetBook budgets)
    {
        _consentVersion = Math.Max(_consentVersion, cancellation.ConsentVersion);

        // Once its time to live has ended nobody knows whether it was sent, so it stays counted.
        return RemoveWhere(budgets, entry => entry.State == ReservationState.Reserved && !entry.IsUncertainAt(now) && entry.IsIn(cancellation.Scope.AsSpan()));
    }

    public void Forget()
    {
        _entries = [];
        _forgotten = [];
        _forgottenThrough = null;
        _isErased = true;
    }

    /// <summary>Gives back what has expired. The store calls it where budgets are short; every reservation does it for its own customer.</summary>
    /// <returns>Whether anything was given back.</returns>
    public bool Sweep(DateTimeOffset now, IBudgetBook budgets)
    {
        foreach (LedgerEntry entry in _entries)
        {
            if (entry.IsGoneAt(now))
            {
                return RemoveWhere(budgets, each => each.IsGoneAt(now)) > 0;
            }
        }

        return false;
    }

    public IEnumerable<Reservation> Uncertain(UserId userId, DateTimeOffset now) =>
        _entries.Where(entry => entry.IsUncertainAt(now)).Select(entry => entry.ToReservation(userId));

    private ReservationResult Decide(
        ReservationRequest request, UInt128 content, int heldIndex, DateTimeOffset at, DateTimeOffset expiresAt, DateTimeOffset now, TimeSpan retention, IBudgetBook budgets)
    {
        LedgerEntry? held = heldIndex < 0 ? null : _entries[heldIndex];
        bool keepsPlace = held is not null && request.IfHeld == HeldAction.Recheck;
        ImmutableArray<ClaimRefusal> refusals = Refusals(request, held, at, expiresAt, now, keepsPlace ? null : budgets);
        if (!refusals.IsEmpty)
        {
            // A place that is checked once more and no longer fits must not stay in the way of others.
            if (keepsPlace)
            {
                RemoveAt(heldIndex, budgets);
            }

            return new ReservationResult(ReservationStatus.Refused, now, null, refusals);
        }

        LedgerEntry entry;
        if (keepsPlace)
        {
            entry = held! with { At = at, ExpiresAt = expiresAt };
            Replace(heldIndex, entry);
        }
        else
        {
            if (held is not null)
            {
                RemoveAt(heldIndex, budgets);
            }

            entry = NewEntry(request, content, at, expiresAt, budgets);
            Insert(entry);
        }

        Prune(now, retention);
        return new ReservationResult(ReservationStatus.Granted, now, entry.ToReservation(request.UserId), []);
    }

    private ImmutableArray<ClaimRefusal> Refusals(
        ReservationRequest request, LedgerEntry? held, DateTimeOffset at, DateTimeOffset expiresAt, DateTimeOffset now, IBudgetBook? budgets)
    {
        ImmutableArray<ClaimRefusal> refusals = [];
        CapCounter counter = new(_entries.AsSpan(), _forgottenThrough, _forgotten.AsSpan(), held?.Key);
        for (int i = 0; i < request.Caps.Length; i++)
        {
            CapCount count = counter.Count(request.Caps[i], at, expiresAt, now);
            if (!count.Fits)
            {
                refusals = refusals.Add(new ClaimRefusal(ClaimKind.Cap, i, count.Observed, request.Caps[i].Limit, count.NextEligibleAt));
            }
        }

        // A place that is checked once more has its budgets already, and is asked about none.
        for (int i = 0; budgets is not null && i < request.Budgets.Length; i++)
        {
            BudgetClaim claim = request.Budgets[i];
            long taken = budgets.Taken(claim) - HeldOf(held, claim);
            if (claim.Amount > claim.Limit - taken)
            {
                refusals = refusals.Add(new ClaimRefusal(ClaimKind.Budget, i, taken, claim.Limit, null));
            }
        }

        return refusals;
    }

    /// <summary>What a place that is to be replaced holds of a budget: that much comes free in the same step.</summary>
    private static long HeldOf(LedgerEntry? held, in BudgetClaim claim)
    {
        foreach (BudgetHold hold in held?.Budgets ?? [])
        {
            if (hold.Key == claim.Key && hold.Period == claim.Period)
            {
                return hold.Amount - hold.Refunded;
            }
        }

        return 0;
    }

    private static LedgerEntry NewEntry(ReservationRequest request, UInt128 content, DateTimeOffset at, DateTimeOffset expiresAt, IBudgetBook budgets)
    {
        ImmutableArray<BudgetHold> holds = [];
        foreach (ref readonly BudgetClaim claim in request.Budgets.AsSpan())
        {
            budgets.Take(claim);
            holds = holds.Add(new BudgetHold(claim.Key, claim.Period, claim.Amount, 0));
        }

        return new LedgerEntry
        {
            Key = request.Key,
            Content = content,
            At = at,
            State = ReservationState.Reserved,
            ExpiresAt = expiresAt,
            OnExpiry = request.OnExpiry,
            Labels = request.Labels,
            ShortLabels = request.ShortLabels,
            Budgets = holds,
        };
    }

    /// <summary>When the time to live ends: where a fixed window of the caps ends at the latest, because a later send would fall into the next one.</summary>
    private static bool TryExpiry(ReservationRequest request, DateTimeOffset at, out DateTimeOffset expiresAt)
    {
        expiresAt = DateTimeOffset.MaxValue - at > request.TimeToLive ? at + request.TimeToLive : DateTimeOffset.MaxValue;
        foreach (ref readonly CapClaim cap in request.Caps.AsSpan())
        {
            if (cap.Window.Kind != LedgerWindowKind.Fixed)
            {
                continue;
            }

            if (at < cap.Window.From || at >= cap.Window.To)
            {
                return false;
            }

            expiresAt = cap.Window.To < expiresAt ? cap.Window.To : expiresAt;
        }

        expiresAt = expiresAt.ToUniversalTime();
        return true;
    }

    private SettlementStatus Begin(int index, LedgerEntry entry, DateTimeOffset now)
    {
        if (entry.State != ReservationState.Reserved)
        {
            return entry.State == ReservationState.Begun ? SettlementStatus.AlreadyDone : SettlementStatus.Conflict;
        }

        if (now >= entry.ExpiresAt)
        {
            return SettlementStatus.Expired;
        }

        if (now < entry.At)
        {
            return SettlementStatus.NotYet;
        }

        Replace(index, entry with { State = ReservationState.Begun, At = now });
        return SettlementStatus.Done;
    }

    private SettlementStatus Commit(int index, LedgerEntry entry, DateTimeOffset now)
    {
        if (entry.State == ReservationState.Committed)
        {
            return SettlementStatus.AlreadyDone;
        }

        // Unless beginning was recorded it was sent just now. Never earlier than planned: a clock that went back must not age it.
        DateTimeOffset at = entry.State == ReservationState.Reserved && now > entry.At ? now : entry.At;
        Replace(index, entry with { State = ReservationState.Committed, At = at });
        return SettlementStatus.Done;
    }

    private SettlementStatus Release(int index, LedgerEntry entry, IBudgetBook budgets)
    {
        if (entry.State == ReservationState.Committed)
        {
            return SettlementStatus.Conflict;
        }

        RemoveAt(index, budgets);
        return SettlementStatus.Done;
    }

    private SettlementStatus MarkUncertain(int index, LedgerEntry entry)
    {
        if (entry.State is ReservationState.Committed or ReservationState.Uncertain)
        {
            return entry.State == ReservationState.Uncertain ? SettlementStatus.AlreadyDone : SettlementStatus.Conflict;
        }

        Replace(index, entry with { State = ReservationState.Uncertain });
        return SettlementStatus.Done;
    }

    private void Replace(int index, LedgerEntry entry)
    {
        if (entry.At == _entries[index].At)
        {
            _entries = _entries.SetItem(index, entry);
            return;
        }

        _entries = _entries.RemoveAt(index);
        Insert(entry);
    }

    private void Insert(LedgerEntry entry)
    {
        int position = _entries.Length;
        while (position > 0 && _entries[position - 1].At > entry.At)
        {
            position--;
        }

        _entries = _entries.Insert(position, entry);
    }

    private void RemoveAt(int index, IBudgetBook budgets)
    {
        GiveBackAll(_entries[index], budgets);
        _entries = _entries.RemoveAt(index);
    }

    private int RemoveWhere(IBudgetBook budgets, Func<LedgerEntry, bool> isGone)
    {
        int before = _entries.Length;
        for (int i = before - 1; i >= 0; i--)
        {
            if (isGone(_entries[i]))
            {
                RemoveAt(i, budgets);
            }
        }

        return before - _entries.Length;
    }

    /// <summary>Drops what is settled and older than the retention; drops the short labels of what is older than their life.</summary>
    private void Prune(DateTimeOffset now, TimeSpan retention)
    {
        if (_entries[0].At >= now - LedgerEntry.ShortLabelLife)
        {
            return;
        }

        ImmutableArray<LedgerEntry>.Builder kept = ImmutableArray.CreateBuilder<LedgerEntry>(_entries.Length);
        foreach (LedgerEntry entry in _entries)
        {
            if (entry.State != ReservationState.Committed || entry.At >= now - LedgerEntry.ShortLabelLife)
            {
                kept.Add(entry);
            }
            else if (entry.At >= now - retention)
            {
                kept.Add(entry.ShortLabels.IsEmpty ? entry : entry with { ShortLabels = [] });
            }
            else
            {
                Drop(entry);
            }
        }

        _entries = kept.DrainToImmutable();
    }

    private void Drop(LedgerEntry entry)
    {
        _forgottenThrough = _forgottenThrough > entry.At ? _forgottenThrough : entry.At;
        for (int i = 0; i < _forgotten.Length; i++)
        {
            if (_forgotten[i].Labels.AsSpan().SequenceEqual(entry.Labels.AsSpan()))
            {
                _forgotten = _forgotten.SetItem(i, _forgotten[i] with { Count = _forgotten[i].Count + 1 });
                return;
            }
        }

        _forgotten = _forgotten.Add(new ForgottenCount(entry.Labels, 1));
    }

    private int IndexOf(string key)
    {
        for (int i = 0; i < _entries.Length; i++)
        {
            if (string.Equals(_entries[i].Key, key, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }

    private static void GiveBackAll(LedgerEntry entry, IBudgetBook budgets)
    {
        foreach (BudgetHold hold in entry.Budgets)
        {
            budgets.GiveBack(hold.Key, hold.Period, hold.Amount - hold.Refunded);
        }
    }

    private static void GiveBack(BudgetHold[] holds, BudgetRefund refund, IBudgetBook budgets)
    {
        long left = refund.Amount;
        foreach (ref BudgetHold hold in holds.AsSpan())
        {
            long part = Math.Min(left, hold.Amount - hold.Refunded);
            if (part > 0 && string.Equals(hold.Key, refund.Key, StringComparison.Ordinal))
            {
                budgets.GiveBack(hold.Key, hold.Period, part);
                hold = hold with { Refunded = hold.Refunded + part };
                left -= part;
            }
        }
    }
}
