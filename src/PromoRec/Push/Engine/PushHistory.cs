using PromoRec.Push.Ledger;

namespace PromoRec.Push.Engine;

/// <summary>Snapshots as they would be if a place were not held, or were.</summary>
internal static class PushHistory
{
    /// <summary>The snapshot without a place, and without what that holds of budgets.</summary>
    public static PushSnapshot Without(LedgerEntry held, PushSnapshot snapshot)
    {
        CustomerHistory history = snapshot.History;
        return snapshot with
        {
            History = new CustomerHistory(history.LedgerTime, history.Entries.Remove(held, ReferenceEqualityComparer.Instance))
            {
                ConsentVersion = history.ConsentVersion,
                IsErased = history.IsErased,
                ForgottenThrough = history.ForgottenThrough,
                Forgotten = history.Forgotten,
            },
            Budgets = [.. snapshot.Budgets.Select(level => level with { Taken = level.Taken - HeldOf(held, level) })],
        };
    }

    /// <summary>The snapshot without the places that carry a label and have not begun.</summary>
    public static PushSnapshot WithoutHeld(LedgerLabel label, PushSnapshot snapshot)
    {
        foreach (LedgerEntry entry in snapshot.History.Entries)
        {
            if (entry.State == ReservationState.Reserved && !entry.IsUncertainAt(snapshot.Now) && entry.IsIn([label]))
            {
                snapshot = Without(entry, snapshot);
            }
        }

        return snapshot;
    }

    /// <summary>The snapshot after the ledger has granted a place; unchanged when by what is known it would not.</summary>
    public static PushSnapshot With(ReservationRequest place, PushSnapshot snapshot, PushBudgets budgets)
    {
        var account = new CustomerAccount(snapshot.History);
        ReservationResult result = account.Reserve(place, snapshot.Now, TimeSpan.MaxValue, budgets);
        return result.IsHeld ? snapshot with { History = account.ToHistory(snapshot.History.LedgerTime), Batch = [.. snapshot.Batch, place.Key] } : snapshot;
    }

    private static long HeldOf(LedgerEntry held, BudgetLevel level)
    {
        long units = 0;
        foreach (BudgetHold hold in held.Budgets)
        {
            units += hold.Key == level.Key && hold.Period == level.Period ? hold.Amount - hold.Refunded : 0;
        }

        return units;
    }
}
