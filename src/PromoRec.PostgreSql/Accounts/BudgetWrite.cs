using PromoRec.PostgreSql.Escrow;

namespace PromoRec.PostgreSql.Accounts;

/// <summary>What a row that is written takes from a budget, or gives back where negative.</summary>
/// <param name="CustomerKey">The row.</param>
/// <param name="Place">The budget's place in the statement's list, from 1.</param>
/// <param name="Units">The units.</param>
internal readonly record struct BudgetWrite(byte[] CustomerKey, int Place, long Units)
{
    /// <summary>What these rows do to budgets, and the budgets. What goes back to a budget whose rows are gone, such as one of last year, goes nowhere.</summary>
    public static List<BudgetWrite> Of(List<AccountSlot> slots, out List<RoundBudget> budgets)
    {
        budgets = [];
        List<BudgetWrite> units = [];
        Dictionary<RoundBudget, int>? places = null;
        foreach (AccountSlot slot in slots)
        {
            foreach (BudgetChange change in slot.BudgetChanges ?? [])
            {
                if (change.Amount == 0 || (!change.Budget.Exists && !change.Budget.IsNew))
                {
                    continue;
                }

                places ??= [];
                if (!places.TryGetValue(change.Budget, out int place))
                {
                    budgets.Add(change.Budget);
                    place = budgets.Count;
                    places.Add(change.Budget, place);
                }

                units.Add(new BudgetWrite(slot.Key, place, change.Amount));
            }
        }

        return units;
    }
}
