using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using PromoRec.Push.Calendar;
using PromoRec.Push.Ledger;
using PromoRec.Push.Offers.Budgets;
using PromoRec.Push.Offers.Pricing;

namespace PromoRec.Push.Offers;

/// <summary>Says which of an offer's constraints fail, and what offers take off a basket. It looks at nothing but its arguments and the limits; any number of threads may call it.</summary>
public sealed class OfferLimits
{
    /// <summary>Most offers of one cart; those that come later are <see cref="OfferConstraints.Excluded"/>.</summary>
    public const int MaxIncentives = 30;

    /// <summary>Most offers of one cart that are exclusive; those that come later are <see cref="OfferConstraints.Excluded"/>.</summary>
    public const int MaxExclusive = 5;

    private readonly ConditionalWeakTable<Offer, OfferProfile> _profiles = [];
    private readonly IOfferRules _rules;
    private readonly LocalCalendar _shop;

    /// <summary>Creates it.</summary>
    /// <param name="rules">Where the limits come from.</param>
    /// <param name="options">What holds for all offers; must not change any more.</param>
    /// <exception cref="PromoRecException">The options contradict themselves or name an unknown time zone; <see cref="PromoRecErrorCode.InvalidPolicy"/>.</exception>
    public OfferLimits(IOfferRules rules, OfferLimitOptions options)
    {
        ArgumentNullException.ThrowIfNull(rules);
        OfferLimitOptionsValidator.ThrowIfInvalid(options);
        _rules = rules;
        Options = options;
        LocalCalendar.TryGet(options.ShopZone, out LocalCalendar? shop);
        _shop = shop!;
        Eligibility = new OfferEligibility(_shop, options);
    }

    internal OfferLimitOptions Options { get; }

    internal OfferEligibility Eligibility { get; }

    /// <summary>Everything that is wrong with an offer's limits: contradictions, numbers out of their ranges, unknown names. Empty when nothing is.</summary>
    public IReadOnlyList<string> Faults(Offer offer)
    {
        ArgumentNullException.ThrowIfNull(offer);
        return OfferRulesFaults.Of(offer, _rules.Find(offer.Id) ?? OfferRules.None, Options);
    }

    /// <summary>All constraints that fail. With a basket these are the ones of the basket, too, for the offer alone; nothing is allocated without one.</summary>
    /// <exception cref="PromoRecException">The limits have faults; see <see cref="Faults"/>.</exception>
    public OfferConstraints Check(in OfferInquiry inquiry)
    {
        OfferProfile profile = ProfileOf(inquiry.Offer);
        OfferConstraints failed = Eligibility.Check(profile, inquiry);
        return inquiry.Basket is { } basket ? failed | new BasketPricer(basket, Options).Alone(profile).Failed : failed;
    }

    /// <summary>What offers take off a basket together, by their stacking groups, exclusiveness and order, which does not depend on that of the list.</summary>
    /// <param name="basket">The basket.</param>
    /// <param name="offers">The offers, each at most once. Only their constraints on baskets are looked at.</param>
    /// <param name="method">What becomes of them when one cannot be had.</param>
    /// <exception cref="ArgumentException">An offer is there twice.</exception>
    /// <exception cref="PromoRecException">The limits of an offer have faults; see <see cref="Faults"/>.</exception>
    public BasketPricing Price(Basket basket, IEnumerable<Offer> offers, StackingMethod method = StackingMethod.Partial)
    {
        ArgumentNullException.ThrowIfNull(basket);
        ArgumentNullException.ThrowIfNull(offers);
        return Price(basket, offers.Select(offer => new StackingCandidate(ProfileOf(offer), OfferConstraints.None)), method);
    }

    /// <summary>The budgets whose levels a check looks at, in the periods that an instant lies in; none for holders that are not known.</summary>
    /// <param name="offer">The offer.</param>
    /// <param name="customer">The customer, for budgets that each customer or identifier has.</param>
    /// <param name="at">The instant.</param>
    /// <param name="basket">The basket, for budgets that each store or session has.</param>
    public ImmutableArray<BudgetName> BudgetNames(Offer offer, PushCustomer customer, DateTimeOffset at, Basket? basket = null)
    {
        ArgumentNullException.ThrowIfNull(customer);
        return [.. BudgetsOf(ProfileOf(offer), customer, at, basket).Select(each => each.Name)];
    }

    /// <summary>The budgets of an offer with their names for a customer.</summary>
    internal IEnumerable<(BudgetRule Rule, BudgetName Name)> BudgetsOf(OfferProfile profile, PushCustomer customer, DateTimeOffset at, Basket? basket) =>
        from budget in profile.Budgets
        let period = PeriodName.Of(budget.Budget.Period, _shop.DateAt(at), Options.WeekStart)
        from key in budget.Keys(customer, basket, Options.PseudonymKey.Span)
        select (budget, new BudgetName(key, period));

    /// <summary>The date in the shop at an instant.</summary>
    internal DateOnly DateAt(DateTimeOffset at) => _shop.DateAt(at);

    internal BasketPricing Price(Basket basket, IEnumerable<StackingCandidate> candidates, StackingMethod method) => new BasketPricer(basket, Options).Price(candidates, method);

    /// <summary>What has been worked out of an offer, or is now.</summary>
    internal OfferProfile ProfileOf(Offer offer)
    {
        ArgumentNullException.ThrowIfNull(offer);
        OfferRules rules = _rules.Find(offer.Id) ?? OfferRules.None;
        if (_profiles.TryGetValue(offer, out OfferProfile? known) && ReferenceEquals(known.Rules, rules))
        {
            return known;
        }

        OfferProfile profile = OfferProfile.Of(offer, rules, Options);
        _profiles.AddOrUpdate(offer, profile);
        return profile;
    }
}
