using PromoRec.Push.Offers.Budgets;

namespace PromoRec.Push.Offers;

/// <summary>What the limits of an offer have to say in a trace. Of a customer nothing is said but what follows for the offer; where the customer is, never.</summary>
internal sealed class OfferTrace(OfferEligibility eligibility)
{
    private const int MaxBudgets = 4;
    private const int MaxTextLength = 80;

    public void Note(in PushContext context, OfferProfile profile, in OfferInquiry inquiry, OfferConstraints failed)
    {
        OfferRules rules = profile.Rules;
        Note(context, rules.IsDisabled, PushInputs.Offer, "disabled");
        if (profile.Offer.ValidFrom is { } from)
        {
            context.Saw(PushInputs.ValidFrom, from);
        }

        if (OfferEligibility.EndFor(profile, inquiry.PublishedAt ?? rules.PublishedAt) is { } end)
        {
            context.Saw(PushInputs.ValidTo, end);
        }

        Note(context, rules.Hours is not null, PushInputs.Hours, Has(failed, OfferConstraints.OutsideHours) ? "closed" : "open");
        Note(context, !rules.Recipients.IsEmpty, PushInputs.Recipient, Has(failed, OfferConstraints.RecipientMismatch) ? "another" : "listed");
        Note(context, !profile.Segments.IsEmpty, PushInputs.Segment, Has(failed, OfferConstraints.SegmentMismatch) ? $"none of {Segments(profile)}" : "one of them");
        Note(context, !rules.Areas.IsEmpty, PushInputs.Location, Has(failed, OfferConstraints.LocationMissing) ? "missing" : Has(failed, OfferConstraints.OutOfArea) ? "outside" : "inside");
        Note(context, Has(failed, OfferConstraints.IdentifierRequired), PushInputs.Identifier, "missing");
        Note(context, Has(failed, OfferConstraints.PriceClaim), PushInputs.PriceReference, "missing");
        NoteBudgets(context, profile, inquiry);
    }

    /// <summary>The one change that would turn a drop which time does not turn; none where several things would have to change.</summary>
    public PushFlip FlipOf(OfferProfile profile, in OfferInquiry inquiry, OfferConstraints failed) => failed switch
    {
        OfferConstraints.Disabled => PushFlip.Fact(PushInputs.Offer, "enabled"),
        OfferConstraints.SegmentMismatch => PushFlip.Fact(PushInputs.Segment, profile.Segments[0]),
        OfferConstraints.RecipientMismatch => PushFlip.Fact(PushInputs.Recipient, "listed"),
        OfferConstraints.OutOfArea or OfferConstraints.LocationMissing => PushFlip.Fact(PushInputs.Location, "inside"),
        OfferConstraints.IdentifierRequired => PushFlip.Fact(PushInputs.Identifier, "known"),
        OfferConstraints.PriceClaim => PushFlip.Fact(PushInputs.PriceReference, "lowest"),
        OfferConstraints.OutsideHours when inquiry.Zone.Calendar is null => PushFlip.Fact(PushInputs.Zone, "known"),
        OfferConstraints.BudgetExhausted or OfferConstraints.UserLimit or OfferConstraints.IdentifierLimit => FlipOfBudget(profile, inquiry),
        _ => default,
    };

    /// <summary>The smallest limit that would leave something, where one budget alone stands against it.</summary>
    private PushFlip FlipOfBudget(OfferProfile profile, in OfferInquiry inquiry)
    {
        PushFlip flip = default;
        int exhausted = 0;
        foreach (BudgetRule budget in profile.Budgets)
        {
            if (IsJudged(budget, inquiry) && eligibility.IsExhausted(budget, inquiry, out long taken))
            {
                exhausted++;
                flip = taken >= budget.Limit ? PushFlip.Number(budget.LimitInput, BudgetRule.FromUnits(budget.Budget.Measure, taken + 1)) : default;
            }
        }

        return exhausted == 1 ? flip : default;
    }

    private void NoteBudgets(in PushContext context, OfferProfile profile, in OfferInquiry inquiry)
    {
        // Those that stand against it first; a trace has to stay small.
        int noted = 0;
        foreach (bool exhausted in (ReadOnlySpan<bool>)[true, false])
        {
            foreach (BudgetRule budget in profile.Budgets)
            {
                if (IsJudged(budget, inquiry) && eligibility.IsExhausted(budget, inquiry, out long taken) == exhausted && noted++ < MaxBudgets)
                {
                    context.Saw(budget.TakenInput, BudgetRule.FromUnits(budget.Budget.Measure, taken));
                    context.Saw(budget.LimitInput, budget.Budget.Limit);
                }
            }
        }
    }

    private static bool IsJudged(BudgetRule budget, in OfferInquiry inquiry) => budget.CountHolders(inquiry.Customer, basket: null) > 0;

    private static string Segments(OfferProfile profile)
    {
        string all = string.Join(", ", profile.Segments);
        return all.Length <= MaxTextLength ? all : $"{all[..MaxTextLength]}...";
    }

    private static bool Has(OfferConstraints failed, OfferConstraints one) => (failed & one) != OfferConstraints.None;

    private static void Note(in PushContext context, bool isSaid, string name, string value)
    {
        if (isSaid)
        {
            context.Saw(name, value);
        }
    }
}
