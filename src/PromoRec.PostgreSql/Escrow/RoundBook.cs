using PromoRec.PostgreSql.Accounts;
using PromoRec.Push.Ledger;

namespace PromoRec.PostgreSql.Escrow;

/// <summary>The budgets of one round as accounts see them; what they do is kept with the row that it must be written with.</summary>
internal sealed class RoundBook(int maxShards) : IBudgetBook
{
    private readonly Dictionary<BudgetName, RoundBudget> _budgets = [];

    /// <summary>Whose operation asks.</summary>
    public AccountSlot? Asking { get; set; }

    /// <summary>Whether carts may have expired and not been swept when the budgets were read, so that more may be left than their rows say.</summary>
    public bool HasExpiredCarts { get; set; }

    public IReadOnlyCollection<RoundBudget> Budgets => _budgets.Values;

    public RoundBudget Named(BudgetName name)
    {
        if (!_budgets.TryGetValue(name, out RoundBudget? budget))
        {
            budget = new RoundBudget(name);
            _budgets.Add(name, budget);
        }

        return budget;
    }

    /// <summary>Whether every claim is known to fit or not to fit; otherwise the operation and all others that need these budgets wait.</summary>
    public bool CanAnswer(AccountOperation operation, DateTimeOffset now)
    {
        bool isKnown = !GivesBackWhatOthersWaitFor(operation, now);
        foreach (ref readonly BudgetClaim claim in operation.Claims.AsSpan())
        {
            long held = operation.HeldOf(claim, operation.Slot!.Account, now);
            isKnown &= Named(new BudgetName(claim.Key, claim.Period)).Judge(claim, held, HasExpiredCarts) != ClaimVerdict.Unknown;
        }

        return isKnown;
    }

    /// <summary>Whether a place that changes may leave a budget which an earlier operation waits for: that one must not see what is given back after it.</summary>
    private bool GivesBackWhatOthersWaitFor(AccountOperation operation, DateTimeOffset now)
    {
        foreach (LedgerEntry entry in operation.Slot!.Account.Entries)
        {
            foreach (ref readonly BudgetHold hold in entry.Budgets.AsSpan())
            {
                if (_budgets.TryGetValue(new BudgetName(hold.Key, hold.Period), out RoundBudget? budget) && budget.IsDeferred && operation.MayGiveUp(entry, now))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Lets an operation wait, and with it all that come after it and need the same budgets, so that the order stays.</summary>
    public void Defer(AccountOperation operation)
    {
        foreach (ref readonly BudgetClaim claim in operation.Claims.AsSpan())
        {
            RoundBudget budget = Named(new BudgetName(claim.Key, claim.Period));
            if (budget.IsDeferred)
            {
                budget.WantMore(claim.Amount);
            }

            budget.IsDeferred = true;
        }
    }

    public long Taken(in BudgetClaim claim) => Named(new BudgetName(claim.Key, claim.Period)).Taken(claim);

    public void Take(in BudgetClaim claim)
    {
        RoundBudget budget = Named(new BudgetName(claim.Key, claim.Period));
        budget.Take(claim.Amount, maxShards);
        Asking!.Add(new BudgetChange(budget, claim.Amount));
    }

    public void GiveBack(string key, string period, long amount)
    {
        RoundBudget budget = Named(new BudgetName(key, period));
        budget.GiveBack(amount);
        Asking!.Add(new BudgetChange(budget, -amount));
    }
}
