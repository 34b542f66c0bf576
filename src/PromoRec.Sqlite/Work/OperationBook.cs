using PromoRec.Push.Ledger;

namespace PromoRec.Sqlite.Work;

/// <summary>The budgets as one operation sees them; it can be undone.</summary>
internal sealed class OperationBook(LedgerBatch batch) : IBudgetBook
{
    private List<(BudgetSlot Slot, long Before)>? _changes;

    public long Taken(in BudgetClaim claim)
    {
        BudgetSlot slot = batch.Budget(new BudgetName(claim.Key, claim.Period));

        // What carts have left behind is given back before anybody is refused for it.
        while (claim.Amount > claim.Limit - slot.Taken && batch.SweepSome())
        {
        }

        return slot.Taken;
    }

    public void Take(in BudgetClaim claim) => Add(new BudgetName(claim.Key, claim.Period), claim.Amount);

    public void GiveBack(string key, string period, long amount) => Add(new BudgetName(key, period), -amount);

    public void Undo()
    {
        for (int i = (_changes?.Count ?? 0) - 1; i >= 0; i--)
        {
            _changes![i].Slot.Taken = _changes[i].Before;
        }
    }

    private void Add(BudgetName name, long amount)
    {
        BudgetSlot slot = batch.Budget(name);
        (_changes ??= []).Add((slot, slot.Taken));
        slot.Taken += amount;
    }
}
