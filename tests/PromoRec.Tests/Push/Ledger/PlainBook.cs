using PromoRec.Push.Ledger;

namespace PromoRec.Tests.Push.Ledger;

/// <summary>Budgets as a dictionary.</summary>
internal sealed class PlainBook : IBudgetBook
{
    private readonly Dictionary<BudgetName, long> _taken = [];

    public IEnumerable<KeyValuePair<BudgetName, long>> NonZero => _taken.Where(pair => pair.Value != 0).OrderBy(pair => pair.Key.Key + "/" + pair.Key.Period, StringComparer.Ordinal);

    public long TakenOf(string key, string period = "") => _taken.GetValueOrDefault(new BudgetName(key, period));

    public long Taken(in BudgetClaim claim) => TakenOf(claim.Key, claim.Period);

    public void Take(in BudgetClaim claim) => _taken[new BudgetName(claim.Key, claim.Period)] = Taken(claim) + claim.Amount;

    public void GiveBack(string key, string period, long amount) => _taken[new BudgetName(key, period)] = TakenOf(key, period) - amount;
}
