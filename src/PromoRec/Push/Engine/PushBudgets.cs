using System.Collections.Immutable;
using System.Runtime.InteropServices;
using PromoRec.Push.Ledger;

namespace PromoRec.Push.Engine;

/// <summary>The levels of budgets as they would be if all places were granted that have been decided about. The ledger itself has the last word.</summary>
internal sealed class PushBudgets : IBudgetBook
{
    private readonly Dictionary<BudgetName, long> _taken = [];

    /// <summary>A snapshot with the levels of now, and from now on those that nobody knew before.</summary>
    public PushSnapshot Apply(PushSnapshot snapshot)
    {
        ImmutableArray<BudgetLevel>.Builder levels = ImmutableArray.CreateBuilder<BudgetLevel>(snapshot.Budgets.Length);
        foreach (BudgetLevel level in snapshot.Budgets)
        {
            ref long taken = ref CollectionsMarshal.GetValueRefOrAddDefault(_taken, new BudgetName(level.Key, level.Period), out bool isKnown);
            taken = isKnown ? taken : level.Taken;
            levels.Add(level with { Taken = taken });
        }

        return snapshot with { Budgets = levels.MoveToImmutable() };
    }

    public long Taken(in BudgetClaim claim) => _taken.GetValueOrDefault(new BudgetName(claim.Key, claim.Period));

    public void Take(in BudgetClaim claim) => Change(claim.Key, claim.Period, claim.Amount);

    public void GiveBack(string key, string period, long amount) => Change(key, period, -amount);

    private void Change(string key, string period, long units) => CollectionsMarshal.GetValueRefOrAddDefault(_taken, new BudgetName(key, period), out _) += units;
}
