namespace PromoRec.Push.Ledger;

internal sealed partial class CustomerAccount
{
    public SettlementStatus Settle(string key, Settlement settlement, DateTimeOffset now, IBudgetBook budgets)
    {
        int index = IndexOf(key);

        // What has been given back by its own end is gone, whether or not anybody has swept it up yet.
        if (index < 0 || _entries[index].IsGoneAt(now))
        {
            return SettlementStatus.NotFound;
        }

        LedgerEntry entry = _entries[index];
        return settlement switch
        {
            Settlement.Begin => Begin(index, entry, now),
            Settlement.Commit => Commit(index, entry, now),
            Settlement.Release => Release(index, entry, budgets),
            _ => MarkUncertain(index, entry, now),
        };
    }

    public SettlementStatus Refund(string key, string refundKey, IReadOnlyList<BudgetRefund> refunds, DateTimeOffset now, IBudgetBook budgets)
    {
        int index = IndexOf(key);
        if (index < 0 || _entries[index].IsGoneAt(now))
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

    private SettlementStatus Begin(int index, LedgerEntry entry, DateTimeOffset now)
    {
        if (entry.State != ReservationState.Reserved)
        {
            return entry.State == ReservationState.Begun ? SettlementStatus.AlreadyDone : SettlementStatus.Conflict;
        }

        if (now >= entry.ExpiresAt || WasSentSince(entry.ExpiresAt))
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

    /// <summary>Whether something was sent then or later. If so, whatever has expired by then has expired for good, though the clock may have gone back since.</summary>
    private bool WasSentSince(DateTimeOffset instant)
    {
        foreach (LedgerEntry entry in _entries)
        {
            if (entry.State != ReservationState.Reserved && entry.At >= instant)
            {
                return true;
            }
        }

        return _forgottenThrough >= instant;
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

    private SettlementStatus MarkUncertain(int index, LedgerEntry entry, DateTimeOffset now)
    {
        if (entry.State is ReservationState.Committed or ReservationState.Uncertain)
        {
            return entry.State == ReservationState.Uncertain ? SettlementStatus.AlreadyDone : SettlementStatus.Conflict;
        }

        // Where beginning was not recorded, it may have been sent as late as now, or as late as its time to live let it.
        DateTimeOffset latest = now < entry.ExpiresAt ? now : CapCounter.LastInstant(entry.At, entry.ExpiresAt);
        DateTimeOffset at = entry.State == ReservationState.Reserved && latest > entry.At ? latest : entry.At;
        Replace(index, entry with { State = ReservationState.Uncertain, At = at });
        return SettlementStatus.Done;
    }

    // A budget that is counted in several periods gets the amount back in each of them, as it was taken in each.
    private static void GiveBack(BudgetHold[] holds, BudgetRefund refund, IBudgetBook budgets)
    {
        foreach (ref BudgetHold hold in holds.AsSpan())
        {
            long part = Math.Min(refund.Amount, hold.Amount - hold.Refunded);
            if (part > 0 && string.Equals(hold.Key, refund.Key, StringComparison.Ordinal))
            {
                budgets.GiveBack(hold.Key, hold.Period, part);
                hold = hold with { Refunded = hold.Refunded + part };
            }
        }
    }
}
