using PromoRec.Push;
using PromoRec.Push.Ledger;

namespace PromoRec.Tests.Push.Engine;

/// <summary>A policy that allows every push, and fails when it is asked what it claims for one offer.</summary>
internal sealed class ClaimFault(OfferId offer) : IClaimingPolicy
{
    public OfferId Offer { get; set; } = offer;

    public PushStage Stage => PushStage.Eligibility;

    public string Name => "claims";

    public PushVerdict Evaluate(in PushContext context) => PushVerdict.Allow;

    public void AddBudgetNames(in PushContext context, ICollection<BudgetName> names)
    {
    }

    public void AddClaims(in PushContext context, PushClaims claims)
    {
        if (context.Request.Offer.Id == Offer)
        {
            throw new InvalidOperationException("claims");
        }
    }
}
