using System.Collections.Immutable;

namespace PromoRec.Push.Ledger;

/// <summary>All that is known of one customer, and the only code that changes it: every store loads an account, lets it answer, and writes it back.</summary>
/// <remarks>
/// Not thread-safe: a store lets one operation at a time touch an account, and writes account and budgets back together or not at all. Asking for a place and
/// cancelling give back what has expired whatever they answer, and cancelling always remembers the consent version; apart from that, an answer that says
/// nothing was done has changed nothing.
/// </remarks>
internal sealed partial class CustomerAccount
{
    // By time; of two at the same time, the one that came first comes first.
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

    /// <summary>Every place that is held or was used, by time.</summary>
    public ReadOnlySpan<LedgerEntry> Entries => _entries.AsSpan();

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

    /// <returns>How many places were cancelled.</returns>
    public int Cancel(Cancellation cancellation, DateTimeOffset now, IBudgetBook budgets)
    {
        Sweep(now, budgets);
        _consentVersion = Math.Max(_consentVersion, cancellation.ConsentVersion);

        // Once its time to live has ended nobody knows whether it was sent, so it stays counted.
        return RemoveWhere(budgets, entry => entry.State == ReservationState.Reserved && !entry.IsUncertainAt(now)
            && (cancellation.Key is null || string.Equals(entry.Key, cancellation.Key, StringComparison.Ordinal)) && entry.IsIn(cancellation.Scope.AsSpan()));
    }

    /// <summary>Erases all but the fact of it. What has expired is given back first; what is held or was used stays taken from its budgets.</summary>
    public void Forget(DateTimeOffset now, IBudgetBook budgets)
    {
        Sweep(now, budgets);
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
                return RemoveGone(now, budgets) > 0;
            }
        }

        return false;
    }

    public IEnumerable<Reservation> Uncertain(UserId userId, DateTimeOffset now) =>
        _entries.Where(entry => entry.IsUncertainAt(now)).Select(entry => entry.ToReservation(userId));

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

    // Only what is committed is ever refunded, and that is never removed so.
    private void RemoveAt(int index, IBudgetBook budgets)
    {
        GiveBackAll(_entries[index].Budgets, budgets);
        _entries = _entries.RemoveAt(index);
    }

    // Apart from the search, which is on a hot path and must not allocate what this captures.
    private int RemoveGone(DateTimeOffset now, IBudgetBook budgets) => RemoveWhere(budgets, entry => entry.IsGoneAt(now));

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
        DateTimeOffset shortLife = CapCounter.Before(now, LedgerEntry.ShortLabelLife);
        if (_entries[0].At >= shortLife)
        {
            return;
        }

        DateTimeOffset oldest = CapCounter.Before(now, retention);
        ImmutableArray<LedgerEntry>.Builder kept = ImmutableArray.CreateBuilder<LedgerEntry>(_entries.Length);
        foreach (LedgerEntry entry in _entries)
        {
            if (entry.State != ReservationState.Committed || entry.At >= shortLife)
            {
                kept.Add(entry);
            }
            else if (entry.At >= oldest)
            {
                kept.Add(entry.WithoutShortLabels());
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
}
