using PromoRec.Push.Ledger;

namespace PromoRec.Push;

/// <summary>A policy that rests on what a ledger counts. It claims in the ledger what it has looked at, so that the rule is exact under concurrency.</summary>
internal interface IClaimingPolicy : IPushPolicy
{
    /// <summary>Names the budgets whose levels <see cref="IPushPolicy.Evaluate"/> looks at, so that they are read before. Their levels are not in the context yet.</summary>
    void AddBudgetNames(in PushContext context, ICollection<BudgetName> names);

    /// <summary>Adds the caps and budgets that a place at <see cref="PushContext.PlannedAt"/> must respect; only called when no policy stands against it.</summary>
    void AddClaims(in PushContext context, PushClaims claims);
}
