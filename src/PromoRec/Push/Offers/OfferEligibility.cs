using System.Collections.Immutable;
using PromoRec.Push.Calendar;
using PromoRec.Push.Offers.Areas;
using PromoRec.Push.Offers.Budgets;
using PromoRec.Push.Offers.Hours;

namespace PromoRec.Push.Offers;

/// <summary>Which constraints of an offer a customer fails: a pure function that always looks at all of them and, without a basket, allocates nothing.</summary>
internal sealed class OfferEligibility(LocalCalendar shop, OfferLimitOptions options)
{
    // Each cure is at least one interval or period further on; offers with more of them in a row are given up on.
    private const int MaxCures = 32;

    private const OfferConstraints Curable =
        OfferConstraints.NotStarted | OfferConstraints.OutsideHours | OfferConstraints.BudgetExhausted | OfferConstraints.UserLimit | OfferConstraints.IdentifierLimit;

    public OfferConstraints Check(OfferProfile profile, in OfferInquiry inquiry)
    {
        OfferRules rules = profile.Rules;
        OfferConstraints failed = rules.IsDisabled ? OfferConstraints.Disabled : OfferConstraints.None;
        failed |= CheckValidity(profile, inquiry);
        failed |= rules.Hours is { } hours && !IsOpen(hours, inquiry.Zone, inquiry.At) ? OfferConstraints.OutsideHours : OfferConstraints.None;
        failed |= !rules.Recipients.IsEmpty && !rules.Recipients.Contains(inquiry.Customer.UserId) ? OfferConstraints.RecipientMismatch : OfferConstraints.None;
        failed |= IsInSegment(profile, inquiry.Customer) ? OfferConstraints.None : OfferConstraints.SegmentMismatch;
        failed |= CheckArea(rules.Areas, inquiry.Customer.Location);
        failed |= CheckBudgets(profile, inquiry);
        if (inquiry.Basket is null)
        {
            failed |= profile.LacksPriceReference && AreClaimsChecked(inquiry.Customer.Country) ? OfferConstraints.PriceClaim : OfferConstraints.None;
        }
        else
        {
            failed |= rules.ReservationRequired && !inquiry.IsReserved ? OfferConstraints.ReservationRequired : OfferConstraints.None;
        }

        return failed;
    }

    /// <summary>First instant at which the offer no longer holds for a customer; null when it never ends.</summary>
    public static DateTimeOffset? EndFor(OfferProfile profile, DateTimeOffset? publishedAt)
    {
        DateTimeOffset? campaignEnd = profile.Offer.ValidTo;
        if (profile.Rules.ValidFor is not { } length || publishedAt is not { } published)
        {
            return campaignEnd;
        }

        DateTimeOffset own = DateTimeOffset.MaxValue - published > length ? published + length : DateTimeOffset.MaxValue;
        return !profile.Rules.AllowBeyondCampaignEnd && campaignEnd < own ? campaignEnd : own;
    }

    /// <summary>The first instant from the inquiry's on at which nothing fails, as long as nothing but time changes; null where there is none, or none is found.</summary>
    public DateTimeOffset? NextEligibleAt(OfferProfile profile, in OfferInquiry inquiry, bool isPublishing)
    {
        OfferInquiry later = inquiry;
        for (int i = 0; i < MaxCures; i++)
        {
            OfferConstraints failed = Check(profile, later);
            if (failed == OfferConstraints.None)
            {
                return later.At;
            }

            if ((failed & ~Curable) != OfferConstraints.None || Cure(profile, later, failed) is not { } cure || cure <= later.At)
            {
                return null;
            }

            later = later with { At = cure, PublishedAt = isPublishing ? cure : later.PublishedAt };
        }

        return null;
    }

    /// <summary>The first later instant at which an offer that can be had now will have ended or closed; null where none is near.</summary>
    public DateTimeOffset? ValidUntil(OfferProfile profile, in OfferInquiry inquiry, bool isPublishing)
    {
        DateTimeOffset? until = isPublishing ? profile.Offer.ValidTo : EndFor(profile, inquiry.PublishedAt ?? profile.Rules.PublishedAt);
        if (profile.Rules.Hours is not { } hours)
        {
            return until;
        }

        if (hours.Zone == HoursZone.Shop)
        {
            return Sooner(until, hours.NextClosed(shop, inquiry.At));
        }

        foreach (LocalCalendar calendar in inquiry.Zone.Calendars.AsSpan())
        {
            until = Sooner(until, hours.NextClosed(calendar, inquiry.At));
        }

        return until;
    }

    /// <summary>The period of a budget that an instant lies in.</summary>
    public InstantInterval PeriodAt(BudgetPeriod period, DateTimeOffset at) => period switch
    {
        BudgetPeriod.Day => shop.DayContaining(at),
        BudgetPeriod.Week => shop.WeekContaining(at, options.WeekStart),
        BudgetPeriod.Month => shop.MonthContaining(at),
        _ => new InstantInterval(DateTimeOffset.MinValue, DateTimeOffset.MaxValue),
    };

    /// <summary>Whether a budget is used up for a customer at an instant.</summary>
    public bool IsExhausted(BudgetRule budget, in OfferInquiry inquiry, out long taken)
    {
        Span<char> name = stackalloc char[PeriodName.MaxLength];
        name = name[..PeriodName.Write(name, budget.Budget.Period, shop.DateAt(inquiry.At), options.WeekStart)];
        return budget.IsExhausted(inquiry.Budgets.AsSpan(), name, budget.CountHolders(inquiry.Customer, inquiry.Basket), out taken);
    }

    private static OfferConstraints CheckValidity(OfferProfile profile, in OfferInquiry inquiry)
    {
        Offer offer = profile.Offer;
        DateTimeOffset at = inquiry.At;
        bool isPublished = profile.Rules.ValidFor is not null;
        DateTimeOffset? published = isPublished ? inquiry.PublishedAt ?? profile.Rules.PublishedAt : null;

        // Whoever got it after its end never got it.
        bool isOver = at >= EndFor(profile, published) || published >= offer.ValidTo;
        bool isEarly = at < offer.ValidFrom || (isPublished && !(published <= at));
        return (isEarly ? OfferConstraints.NotStarted : OfferConstraints.None) | (isOver ? OfferConstraints.Expired : OfferConstraints.None);
    }

    /// <summary>Whether the hours hold on every clock that may be the right one; no where none is known.</summary>
    private bool IsOpen(OfferHours hours, in CustomerZone zone, DateTimeOffset at)
    {
        if (hours.Zone == HoursZone.Shop)
        {
            return hours.IsOpen(shop, at);
        }

        foreach (LocalCalendar calendar in zone.Calendars.AsSpan())
        {
            if (!hours.IsOpen(calendar, at))
            {
                return false;
            }
        }

        return !zone.Calendars.IsDefaultOrEmpty;
    }

    /// <summary>An instant before which the hours do not hold on every clock that may be the right one; null where there is none.</summary>
    private DateTimeOffset? NextOpen(OfferHours hours, in CustomerZone zone, DateTimeOffset at)
    {
        if (hours.Zone == HoursZone.Shop)
        {
            return hours.NextOpen(shop, at);
        }

        DateTimeOffset? latest = null;
        foreach (LocalCalendar calendar in zone.Calendars.AsSpan())
        {
            if (hours.NextOpen(calendar, at) is not { } open)
            {
                return null;
            }

            latest = open > latest || latest is null ? open : latest;
        }

        return latest;
    }

    private static bool IsInSegment(OfferProfile profile, PushCustomer customer)
    {
        if (profile.Segments.IsEmpty)
        {
            return true;
        }

        foreach (string segment in customer.Segments.AsSpan())
        {
            if (profile.Segments.AsSpan().Contains(segment))
            {
                return true;
            }
        }

        return false;
    }

    private static OfferConstraints CheckArea(ImmutableArray<GeoArea> areas, GeoPoint? location)
    {
        if (areas.IsEmpty)
        {
            return OfferConstraints.None;
        }

        if (location is not { } place || !GeoArea.IsOnEarth(place))
        {
            return OfferConstraints.LocationMissing;
        }

        foreach (GeoArea area in areas.AsSpan())
        {
            if (area.Contains(place))
            {
                return OfferConstraints.None;
            }
        }

        return OfferConstraints.OutOfArea;
    }

    private OfferConstraints CheckBudgets(OfferProfile profile, in OfferInquiry inquiry)
    {
        OfferConstraints failed = OfferConstraints.None;
        foreach (BudgetRule budget in profile.Budgets.AsSpan())
        {
            // What is announced goes into no store and no session yet.
            if (inquiry.Basket is null && budget.Budget.Holder is BudgetHolder.Store or BudgetHolder.Session)
            {
                continue;
            }

            if (budget.CountHolders(inquiry.Customer, inquiry.Basket) == 0)
            {
                failed |= OfferConstraints.IdentifierRequired;
            }
            else if (!inquiry.Budgets.IsDefault && IsExhausted(budget, inquiry, out _))
            {
                failed |= budget.Constraint(inquiry.Customer.IsGuest);
            }
        }

        return failed;
    }

    private bool AreClaimsChecked(string? country)
    {
        // A list is small, and its enumerator would allocate.
        IList<string> countries = options.PriceClaimCountries;
        if (countries.Count == 0 || country is null)
        {
            return true;
        }

        for (int i = 0; i < countries.Count; i++)
        {
            if (string.Equals(countries[i], country, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The instant before which at least one of the failed constraints fails for certain; null when one of them fails for good.</summary>
    private DateTimeOffset? Cure(OfferProfile profile, in OfferInquiry inquiry, OfferConstraints failed)
    {
        DateTimeOffset? cure = inquiry.At;
        if ((failed & OfferConstraints.NotStarted) != OfferConstraints.None)
        {
            DateTimeOffset? published = inquiry.PublishedAt ?? profile.Rules.PublishedAt;
            cure = Later(cure, profile.Offer.ValidFrom > inquiry.At ? profile.Offer.ValidFrom : published);
        }

        if ((failed & OfferConstraints.OutsideHours) != OfferConstraints.None)
        {
            cure = Later(cure, NextOpen(profile.Rules.Hours!, inquiry.Zone, inquiry.At));
        }

        const OfferConstraints OfBudgets = OfferConstraints.BudgetExhausted | OfferConstraints.UserLimit | OfferConstraints.IdentifierLimit;
        foreach (BudgetRule budget in (failed & OfBudgets) == OfferConstraints.None ? [] : profile.Budgets.AsSpan())
        {
            if ((budget.Constraint(inquiry.Customer.IsGuest) & failed) != OfferConstraints.None && IsExhausted(budget, inquiry, out _))
            {
                cure = Later(cure, budget.Budget.Period == BudgetPeriod.Total ? null : PeriodAt(budget.Budget.Period, inquiry.At).End);
            }
        }

        return cure;
    }

    private static DateTimeOffset? Sooner(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other : one;

    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) => one is null || other is null ? null : one > other ? one : other;
}
