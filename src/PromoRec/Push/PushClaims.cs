using System.Collections.Immutable;
using PromoRec.Push.Ledger;

namespace PromoRec.Push;

/// <summary>What the policies of one decision claim in the ledger, and what it means when the ledger refuses a claim.</summary>
internal sealed class PushClaims
{
    private readonly ImmutableArray<CapClaim>.Builder _caps = ImmutableArray.CreateBuilder<CapClaim>();
    private readonly ImmutableArray<BudgetClaim>.Builder _budgets = ImmutableArray.CreateBuilder<BudgetClaim>();
    private readonly List<PushClaim> _ofCaps = [];
    private readonly List<PushClaim> _ofBudgets = [];

    public ImmutableArray<CapClaim> Caps => _caps.ToImmutable();

    public ImmutableArray<BudgetClaim> Budgets => _budgets.ToImmutable();

    /// <param name="policy">The policy that claims.</param>
    /// <param name="cap">The cap.</param>
    /// <param name="reason">Why the push is dropped when the cap is full.</param>
    /// <param name="mayDefer">Whether the policy might defer instead, so that it has to be asked again.</param>
    public void Add(IPushPolicy policy, in CapClaim cap, PushReason reason, bool mayDefer = false)
    {
        _caps.Add(cap);
        _ofCaps.Add(new PushClaim(policy.Name, reason, OfferConstraints.None, mayDefer));
    }

    /// <param name="policy">The policy that claims.</param>
    /// <param name="budget">The budget.</param>
    /// <param name="failed">The constraint that the offer fails when the budget is used up.</param>
    public void Add(IPushPolicy policy, in BudgetClaim budget, OfferConstraints failed) => Add(policy, budget, PushReason.OfferNotEligible, failed);

    /// <param name="policy">The policy that claims.</param>
    /// <param name="budget">The budget.</param>
    /// <param name="reason">Why the push is dropped when the budget is used up.</param>
    /// <param name="failed">The constraint that the offer fails then.</param>
    public void Add(IPushPolicy policy, in BudgetClaim budget, PushReason reason, OfferConstraints failed = OfferConstraints.None)
    {
        _budgets.Add(budget);
        _ofBudgets.Add(new PushClaim(policy.Name, reason, failed, MayDefer: false));
    }

    /// <summary>Whose claim was refused.</summary>
    public PushClaim Of(in ClaimRefusal refusal) => refusal.Kind == ClaimKind.Cap ? _ofCaps[refusal.Index] : _ofBudgets[refusal.Index];
}
