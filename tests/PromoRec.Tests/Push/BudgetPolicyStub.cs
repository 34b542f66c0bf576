using PromoRec.Push;
using PromoRec.Push.Ledger;

namespace PromoRec.Tests.Push;

/// <summary>An offer limit as a policy: each push takes one unit of the offer's budget, or of one that all offers share.</summary>
internal sealed class BudgetPolicyStub(long limit, bool looks = true, string? shared = null) : IClaimingPolicy
{
    public PushStage Stage => PushStage.Eligibility;

    public string Name => "budget";

    public PushVerdict Evaluate(in PushContext context)
    {
        foreach (BudgetLevel level in context.Snapshot.Budgets)
        {
            if (looks && level.Key == KeyOf(context) && level.Taken >= limit)
            {
                return PushVerdict.Drop(PushReason.OfferNotEligible) with { Failed = OfferConstraints.BudgetExhausted };
            }
        }

        return PushVerdict.Allow;
    }

    public void AddBudgetNames(in PushContext context, ICollection<BudgetName> names) => names.Add(new BudgetName(KeyOf(context), string.Empty));

    public void AddClaims(in PushContext context, PushClaims claims) =>
        claims.Add(this, new BudgetClaim(KeyOf(context), string.Empty, limit, 1), OfferConstraints.BudgetExhausted);

    private string KeyOf(in PushContext context) => shared ?? $"offer:{context.Request.Offer.Id}";
}
