using System.Collections.Immutable;
using System.Globalization;
using PromoRec.Push.Offers.Budgets;
using PromoRec.Push.Offers.Hours;
using PromoRec.Push.Offers.Pricing;

namespace PromoRec.Push.Offers;

/// <summary>Collects everything that is wrong with the limits of an offer, so that a shop repairs them once and not fault by fault.</summary>
internal sealed class OfferRulesFaults
{
    private const int MaxBudgets = 16;

    private readonly List<string> _faults = [];
    private readonly Offer _offer;
    private readonly OfferRules _rules;
    private readonly OfferLimitOptions _options;

    private OfferRulesFaults(Offer offer, OfferRules rules, OfferLimitOptions options)
    {
        _offer = offer;
        _rules = rules;
        _options = options;
    }

    public static IReadOnlyList<string> Of(Offer offer, OfferRules rules, OfferLimitOptions options)
    {
        var faults = new OfferRulesFaults(offer, rules, options);
        faults.CheckValidity();
        faults.CheckHours();
        faults.CheckBudgets();
        faults.CheckBasket();
        faults.CheckAudience();
        faults.CheckPriceClaims();
        faults.CheckPushes();
        return faults._faults;
    }

    private void CheckValidity()
    {
        Check(!(_offer.ValidTo <= _offer.ValidFrom), $"It ends at {_offer.ValidTo:O}, which is not after its start at {_offer.ValidFrom:O}. Set Offer.ValidTo above Offer.ValidFrom.");
        Check(!(_rules.ValidFor <= TimeSpan.Zero), $"ValidFor is {_rules.ValidFor:c}. It must be above zero.");
        Check(!_rules.AllowBeyondCampaignEnd || _rules.ValidFor is not null, $"AllowBeyondCampaignEnd says that it may hold longer for a customer, but nothing says how long. Set ValidFor.");
        Check(_rules.PublishedAt is null || _rules.ValidFor is not null, $"PublishedAt says when it was published, but nothing says how long it holds after that. Set ValidFor.");
        Check(!(_rules.PublishedAt >= _offer.ValidTo), $"It was published at {_rules.PublishedAt:O}, when it had ended at {_offer.ValidTo:O}. Publish it before.");
        Check(!(_rules.PublishedAt < _offer.ValidFrom), $"It was published at {_rules.PublishedAt:O}, before its start at {_offer.ValidFrom:O}. Publish it then or later.");
    }

    private void CheckHours()
    {
        if (_rules.Hours is not { } hours)
        {
            return;
        }

        Check(Enum.IsDefined(hours.Zone), $"The zone of its hours is {hours.Zone}, which is none of those there are.");
        Check(!hours.Week.IsEmpty, $"Its hours hold no interval, so that it would never hold. Name one, or leave Hours null for always.");
        foreach (WeeklyHours interval in hours.Week)
        {
            Check(Enum.IsDefined(interval.Day), $"Its hours name the day {interval.Day}, which is no day of the week.");
            Check(interval.From != interval.To, $"Its hours on {interval.Day} begin and end at {interval.From:HH:mm:ss}. For a whole day write 00:00 to 12:00 and 12:00 to 00:00.");
        }

        foreach (IGrouping<DayOfWeek, WeeklyHours> day in hours.Week.GroupBy(interval => interval.Day))
        {
            Check(day.Count() <= OfferHours.MaxPerDay, $"Its hours have {day.Count()} intervals that start on {day.Key}. A day has at most {OfferHours.MaxPerDay}.");
        }
    }

    private void CheckBudgets()
    {
        Check(_rules.Budgets.Length <= MaxBudgets, $"It has {_rules.Budgets.Length} budgets. At most {MaxBudgets} are allowed.");
        Check(_offer.Budget is not < 0, $"Offer.Budget is {_offer.Budget}. It must be 0 or above.");
        Check(
            _offer.Budget is null || !_rules.Budgets.Any(each => each is { Measure: BudgetMeasure.Redemptions, Period: BudgetPeriod.Total, Pool: BudgetPool.Offer, Holder: BudgetHolder.Everyone }),
            $"Its redemptions in all are limited twice, by Offer.Budget and in Budgets. Leave one out.");
        for (int i = 0; i < _rules.Budgets.Length; i++)
        {
            if (_rules.Budgets[i] is { } budget)
            {
                CheckBudget(budget, i);
            }
            else
            {
                Check(false, $"Budget {i + 1} is null. Leave it out.");
            }
        }
    }

    private void CheckBudget(OfferBudget budget, int position)
    {
        string which = string.Create(CultureInfo.InvariantCulture, $"Budget {position + 1}");
        Check(
            Enum.IsDefined(budget.Measure) && Enum.IsDefined(budget.Period) && Enum.IsDefined(budget.Pool) && Enum.IsDefined(budget.Holder),
            $"{which} has a measure, period, pool or holder that is none of those there are.");
        Check(budget.Limit > 0, $"{which} has the limit {budget.Limit}. It must be above 0; to switch the offer off, set IsDisabled.");
        Check(budget.Overdraft >= 0, $"{which} has the overdraft {budget.Overdraft}. It must be 0 or above.");
        Check(budget.Limit <= Money.Max && budget.Overdraft <= Money.Max, $"{which} has a limit or overdraft above {Money.Max}. Leave out a budget that nobody can use up.");
        Check(
            budget.Measure == BudgetMeasure.Redemptions ? IsWhole(budget.Limit) && IsWhole(budget.Overdraft) : Money.IsExact(budget.Limit) && Money.IsExact(budget.Overdraft),
            $"{which} has the limit {budget.Limit} and the overdraft {budget.Overdraft}. Redemptions are whole numbers, and amounts have at most four decimals.");
        Check(budget.Pool == BudgetPool.Offer || !string.IsNullOrWhiteSpace(_rules.Campaign), $"{which} is shared by a campaign, but the offer is in none. Set Campaign.");
        Check(budget.Identifier is null || budget.Holder == BudgetHolder.Identifier, $"{which} names an identifier, but is not for identifiers. Set Holder to Identifier, or leave Identifier null.");
        Check(budget.Identifier is null || !string.IsNullOrWhiteSpace(budget.Identifier), $"{which} names a blank identifier. Leave Identifier null for any.");
        Check(
            budget.Holder is BudgetHolder.Everyone or BudgetHolder.Store || !_options.PseudonymKey.IsEmpty,
            $"{which} belongs to persons, who must not be named in a ledger. Set OfferLimitOptions.PseudonymKey to {OfferLimitOptionsValidator.MinKeyLength} secret bytes or more.");
        for (int i = 0; i < position; i++)
        {
            Check(
                _rules.Budgets[i] is not { } other || other with { Limit = budget.Limit, Overdraft = budget.Overdraft } != budget,
                $"{which} limits the same as budget {i + 1}. Keep the lower.");
        }
    }

    private void CheckBasket()
    {
        CheckAmount(_offer.MinimumSpend, "Offer.MinimumSpend");
        CheckAmount(_rules.MinimumCurrent, nameof(OfferRules.MinimumCurrent));
        CheckAmount(_rules.FloorAfter, nameof(OfferRules.FloorAfter));
        Check(
            !(_rules.FloorAfter > _offer.MinimumSpend) && !(_rules.FloorAfter > _rules.MinimumCurrent),
            $"FloorAfter is {_rules.FloorAfter}, above the minimum of the basket, so that a basket could reach the minimum in vain. Raise the minimum or lower the floor.");
        Check(_rules.Currency is not { } currency || OfferLimitOptionsValidator.IsCurrency(currency), $"Currency is \"{_rules.Currency}\". It must be three letters of ISO 4217, such as \"EUR\".");
        Check(Enum.IsDefined(_rules.PercentageBase), $"PercentageBase is {_rules.PercentageBase}, which is none of those there are.");
        Check(
            _rules.Group is { Length: 0 } || _options.Groups.Any(group => group.Name == _rules.Group),
            $"The stacking group \"{_rules.Group}\" is not one of OfferLimitOptions.Groups. Add it there, or leave Group empty.");
        if (_offer.Terms is not { } terms)
        {
            Check(false, $"The offer has no terms. Set Offer.Terms to one of the forms of OfferTerms.");
        }
        else if (terms.Form is OfferForm.CashOff or OfferForm.SpendThreshold or OfferForm.TimeLimitedPrice or OfferForm.Bundle)
        {
            CheckAmount(terms.Value, "Offer.Terms.Value");
        }
    }

    private void CheckAmount(decimal? amount, string name) =>
        Check(amount is null or (>= 0 and <= Money.Max) && Money.IsExact(amount ?? 0), $"{name} is {amount}. It must be from 0 to {Money.Max}, with at most four decimals.");

    private void CheckAudience()
    {
        Check(!_offer.Segments.Any(string.IsNullOrWhiteSpace), $"It is for a segment without a name. Name it, or leave it out.");
        Check(!_rules.Recipients.Any(recipient => recipient.IsEmpty), $"It has an empty recipient. Leave it out.");
        Check(!_rules.Areas.Any(area => area is null), $"It has an area that is null. Leave it out.");
    }

    private void CheckPriceClaims()
    {
        Check(_rules.PriceClaims is not { } check || Enum.IsDefined(check), $"PriceClaims is {_rules.PriceClaims}, which is none of the checks there are.");
        ImmutableArray<PriceReference> references = _rules.PriceReferences;
        Check(!references.Any(each => each is null), $"It has a reference price that is null. Leave it out.");
        foreach (PriceReference reference in references.Where(each => each is not null))
        {
            Check(reference.Price >= 0 && reference.History.All(point => point.Price >= 0), $"A reference price or a price of its history is below 0.");
            Check(reference.Days is >= PriceReference.MinDays and <= 365, $"A reference price looks at {reference.Days} days. It must be from {PriceReference.MinDays} to 365.");
            Check(references.Count(other => other?.Item == reference.Item) == 1, $"An item has several reference prices. Keep the one that the announcement names.");
        }
    }

    private void CheckPushes()
    {
        Check(
            _rules.RedemptionRate is null or (>= OfferLimitOptionsValidator.MinRate and <= 1),
            $"RedemptionRate is {_rules.RedemptionRate}. It must be from {OfferLimitOptionsValidator.MinRate} to 1.");
        Check(_rules.ExpectedDiscount is null or > 0, $"ExpectedDiscount is {_rules.ExpectedDiscount}. It must be above 0.");
        CheckAmount(_rules.ExpectedDiscount, nameof(OfferRules.ExpectedDiscount));
    }

    private void Check(bool holds, FormattableString fault)
    {
        if (!holds)
        {
            _faults.Add(fault.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static bool IsWhole(decimal number) => decimal.Truncate(number) == number;
}
