using PromoRec.Push.Ledger;
using PromoRec.Push.Offers.Budgets;

namespace PromoRec.Push.Offers;

/// <summary>Drops a push of an offer that the customer could not have at the planned instant, and says everything that stands against it.</summary>
internal sealed class OfferEligibilityPolicy(OfferLimits limits) : IClaimingPolicy
{
    private readonly OfferTrace _trace = new(limits.Eligibility);

    public PushStage Stage => PushStage.Eligibility;

    public string Name => "offer-limits";

    public PushVerdict Evaluate(in PushContext context)
    {
        OfferProfile profile = limits.ProfileOf(context.Request.Offer);

        // Where each customer gets the offer at another time, pushing it is publishing it.
        bool isPublishing = profile.Rules.PublishedAt is null;
        var inquiry = new OfferInquiry
        {
            Offer = context.Request.Offer,
            Customer = context.Snapshot.Customer,
            At = context.PlannedAt,
            PublishedAt = isPublishing ? context.PlannedAt : null,
            Zone = context.Zone,
            Budgets = context.Snapshot.Budgets.IsDefault ? [] : context.Snapshot.Budgets,
        };
        OfferConstraints failed = limits.Eligibility.Check(profile, inquiry);
        if (context.IsTraced)
        {
            _trace.Note(context, profile, inquiry, failed);
        }

        if (failed == OfferConstraints.None)
        {
            return limits.Eligibility.ValidUntil(profile, inquiry, isPublishing) is { } end ? PushVerdict.AllowUntil(end) : PushVerdict.Allow;
        }

        PushVerdict verdict = PushVerdict.Drop(PushReason.OfferNotEligible, limits.Eligibility.NextEligibleAt(profile, inquiry, isPublishing)) with { Failed = failed };
        return verdict.NextEligibleAt is null && context.IsTraced ? verdict with { Flip = _trace.FlipOf(profile, inquiry, failed) } : verdict;
    }

    public void AddBudgetNames(in PushContext context, ICollection<BudgetName> names)
    {
        OfferProfile profile = limits.ProfileOf(context.Request.Offer);
        if (profile.Budgets.IsEmpty)
        {
            return;
        }

        // Later periods have not begun: a level of this one tells that nothing is taken of them.
        foreach ((BudgetRule _, BudgetName name) in limits.BudgetsOf(profile, context.Snapshot.Customer, context.Now, basket: null))
        {
            names.Add(name);
        }
    }

    public void AddClaims(in PushContext context, PushClaims claims)
    {
        // A push takes nothing of what it announces: the order does.
    }
}
