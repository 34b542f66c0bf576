using System.Collections.Immutable;
using System.Globalization;
using PromoRec.Push.Offers.Budgets;
using PromoRec.Push.Offers.Pricing;

namespace PromoRec.Push.Offers;

/// <summary>An offer and its limits, worked out as far as they go without a customer. Immutable.</summary>
internal sealed class OfferProfile
{
    private OfferProfile(Offer offer, OfferRules rules, OfferLimitOptions options)
    {
        Offer = offer;
        Rules = rules;
        Segments = offer.Segments.Count == 0 && offer.Terms.Form == OfferForm.Member ? [options.MemberSegment] : [.. offer.Segments];
        Currency = rules.Currency ?? options.Currency;
        RedemptionRate = rules.RedemptionRate ?? options.RedemptionRate;
        IEnumerable<OfferBudget> own = offer.Budget is { } budget ? [new OfferBudget(BudgetMeasure.Redemptions, budget)] : [];
        OfferBudget[] budgets = [.. own.Concat(rules.Budgets)];
        Budgets = [.. budgets.Select(each => new BudgetRule(each, offer.Id, rules.Campaign, isOnly: budgets.Length == 1))];
        LacksPriceReference = NeedsPriceReference(rules.PriceClaims ?? options.PriceClaims)
            && !offer.Targets.All(target => rules.PriceReferences.Any(reference => reference.Item == target.ItemId && reference.Holds));
    }

    public Offer Offer { get; }

    public OfferRules Rules { get; }

    /// <summary>In one of them a customer must be; empty for everybody.</summary>
    public ImmutableArray<string> Segments { get; }

    /// <summary>The currency of all amounts; null for that of any basket.</summary>
    public string? Currency { get; }

    public decimal RedemptionRate { get; }

    public ImmutableArray<BudgetRule> Budgets { get; }

    /// <summary>Whether it would announce a reduction of named items without the lowest price of thirty days.</summary>
    public bool LacksPriceReference { get; }

    /// <summary>Whether it reduces items, not the basket as a whole.</summary>
    public bool IsForItems => !Offer.Targets.Any(target => target.Kind == OfferTargetKind.WholeShop);

    /// <exception cref="PromoRecException">The limits contradict themselves or the offer.</exception>
    public static OfferProfile Of(Offer offer, OfferRules rules, OfferLimitOptions options)
    {
        IReadOnlyList<string> faults = OfferRulesFaults.Of(offer, rules, options);
        if (faults.Count > 0)
        {
            string id = offer.Id.ToString();
            throw new PromoRecException(
                PromoRecErrorCode.InvalidPolicy,
                string.Create(CultureInfo.InvariantCulture, $"The limits of the offer '{(id.Length > 64 ? $"{id[..64]}..." : id)}' have {faults.Count} faults:\n- {string.Join("\n- ", faults)}"));
        }

        return new OfferProfile(offer, rules, options);
    }

    public bool Matches(Item item)
    {
        foreach (OfferTarget target in Offer.Targets)
        {
            if (Matches(target, item))
            {
                return true;
            }
        }

        return false;
    }

    public static bool Matches(OfferTarget target, Item item) => target.Kind switch
    {
        OfferTargetKind.Item => target.ItemId == item.Id,
        OfferTargetKind.Category => item.Categories.Contains(target.Name),
        OfferTargetKind.Brand => item.Brand == target.Name,
        _ => true,
    };

    /// <summary>
    /// Only a lower price of named items is a claim about an earlier price of theirs. What is taken off a category, a brand or everything is shown at the
    /// goods; a condition (a minimum, a number of pieces, membership) makes it another price and not a reduction.
    /// </summary>
    private bool NeedsPriceReference(PriceClaimCheck check) =>
        check != PriceClaimCheck.None
        && (check == PriceClaimCheck.All || Rules.Recipients.IsEmpty)
        && Offer.Terms.Form is OfferForm.CashOff or OfferForm.PercentOff or OfferForm.TimeLimitedPrice
        && Offer.Targets.All(target => target.Kind == OfferTargetKind.Item);
}
