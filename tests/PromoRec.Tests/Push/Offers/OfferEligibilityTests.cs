using FsCheck.Fluent;
using PromoRec.Push;
using PromoRec.Push.Ledger;
using PromoRec.Push.Offers;
using PromoRec.Push.Offers.Areas;
using PromoRec.Push.Offers.Budgets;
using PromoRec.Push.Offers.Hours;
using PromoRec.Push.Offers.Pricing;
using PromoRec.Tests.Properties;

namespace PromoRec.Tests.Push.Offers;

public class OfferEligibilityTests
{
    private static readonly OfferConstraints[] All = [.. Enum.GetValues<OfferConstraints>().Where(each => each != OfferConstraints.None)];

    [Fact]
    public void Every_constraint_fails_exactly_when_its_own_sentence_is_false_whatever_the_others_do()
    {
        var failed = new Dictionary<OfferConstraints, int>();
        var held = new Dictionary<OfferConstraints, int>();
        Prop.ForAll(EligibilityCase.Arbitrary, each =>
        {
            OfferLimits limits = each.Limits();
            Offer offer = each.Offer();
            OfferInquiry inquiry = each.Inquiry(limits, offer);
            OfferConstraints actual = limits.Check(inquiry);
            OfferConstraints expected = OfferConstraints.None;
            foreach (OfferConstraints constraint in All)
            {
                bool fails = each.Fails(constraint, offer, inquiry);
                expected |= fails ? constraint : OfferConstraints.None;
                Dictionary<OfferConstraints, int> count = fails ? failed : held;
                count[constraint] = count.GetValueOrDefault(constraint) + 1;
            }

            return (actual == expected).Label($"{actual} instead of {expected}");
        }).Holds(1000);

        // The cases are worth something only if each constraint did both.
        Assert.Equal(All.Where(each => each != OfferConstraints.Excluded), All.Where(each => failed.GetValueOrDefault(each) > 5 && held.GetValueOrDefault(each) > 5));
    }

    [Fact]
    public void All_that_fails_is_said_at_once()
    {
        OfferLimits limits = OfferScenario.Limits(null, ("tenth", new OfferRules
        {
            IsDisabled = true,
            Recipients = ["bob"],
            PriceClaims = PriceClaimCheck.All,
            Areas = [GeoArea.Circle(new GeoPoint(0, 0), 1000)],
            Hours = new OfferHours { Week = [new WeeklyHours(DayOfWeek.Monday, new TimeOnly(8, 0), new TimeOnly(9, 0))] },
        }));
        Offer offer = OfferScenario.Tenth with { ValidTo = OfferScenario.Noon, Segments = ["vip"], Budget = 1, Targets = [OfferTarget.Item("tea")] };

        Assert.Equal(
            OfferConstraints.Disabled | OfferConstraints.Expired | OfferConstraints.OutsideHours | OfferConstraints.RecipientMismatch | OfferConstraints.SegmentMismatch
                | OfferConstraints.LocationMissing | OfferConstraints.BudgetExhausted | OfferConstraints.PriceClaim,
            limits.Check(Ask(offer) with { Budgets = [new BudgetLevel("offer:tenth/uses/total", "", 1)] }));
    }

    [Fact]
    public void Validity_begins_with_its_first_instant_and_ends_before_its_last()
    {
        OfferLimits limits = OfferScenario.Limits();
        Offer offer = OfferScenario.Tenth with { ValidFrom = OfferScenario.Noon, ValidTo = OfferScenario.Noon.AddHours(1) };

        Assert.Equal(OfferConstraints.NotStarted, limits.Check(Ask(offer) with { At = OfferScenario.Noon.AddTicks(-1) }));
        Assert.Equal(OfferConstraints.None, limits.Check(Ask(offer)));
        Assert.Equal(OfferConstraints.None, limits.Check(Ask(offer) with { At = OfferScenario.Noon.AddHours(1).AddTicks(-1) }));
        Assert.Equal(OfferConstraints.Expired, limits.Check(Ask(offer) with { At = OfferScenario.Noon.AddHours(1) }));
    }

    [Theory]
    [InlineData(false, 0, 2, OfferConstraints.None)]
    [InlineData(false, 0, 3, OfferConstraints.Expired)]
    [InlineData(false, 4, 5, OfferConstraints.Expired)]
    [InlineData(true, 4, 6, OfferConstraints.None)]
    [InlineData(true, 4, 7, OfferConstraints.Expired)]
    [InlineData(true, 5, 5, OfferConstraints.Expired)]
    public void What_was_published_outlives_its_campaign_only_when_that_is_allowed(bool allowed, int publishedDay, int day, OfferConstraints failed)
    {
        OfferLimits limits = OfferScenario.Limits(null, ("tenth", new OfferRules { ValidFor = TimeSpan.FromDays(3), AllowBeyondCampaignEnd = allowed }));
        Offer offer = OfferScenario.Tenth with { ValidTo = OfferScenario.Noon.AddDays(5) };

        Assert.Equal(failed, limits.Check(Ask(offer) with { At = OfferScenario.Noon.AddDays(day), PublishedAt = OfferScenario.Noon.AddDays(publishedDay) }));
    }

    [Fact]
    public void Hours_in_the_zone_of_a_customer_whose_zone_is_unknown_never_hold()
    {
        var hours = new OfferHours { Zone = HoursZone.Customer, Week = [new WeeklyHours(DayOfWeek.Tuesday, new TimeOnly(6, 0), new TimeOnly(9, 0))] };
        OfferLimits limits = OfferScenario.Limits(null, ("tenth", new OfferRules { Hours = hours }));

        // Noon in UTC is seven in New York and one in the afternoon in Berlin.
        Assert.Equal(OfferConstraints.None, limits.Check(Ask(OfferScenario.Tenth) with { Zone = OfferScenario.Zone("America/New_York") }));
        Assert.Equal(OfferConstraints.OutsideHours, limits.Check(Ask(OfferScenario.Tenth) with { Zone = OfferScenario.Zone("Europe/Berlin") }));
        Assert.Equal(OfferConstraints.OutsideHours, limits.Check(Ask(OfferScenario.Tenth)));
    }

    [Fact]
    public void Where_the_zone_is_one_of_several_hours_must_hold_in_all_of_them()
    {
        var hours = new OfferHours { Zone = HoursZone.Customer, Week = [new WeeklyHours(DayOfWeek.Tuesday, new TimeOnly(6, 0), new TimeOnly(9, 0))] };
        OfferLimits limits = OfferScenario.Limits(null, ("tenth", new OfferRules { Hours = hours }));
        OfferInquiry inquiry = Ask(OfferScenario.Tenth);

        Assert.Equal(OfferConstraints.None, limits.Check(inquiry with { Zone = new(PromoRec.Push.Calendar.ZoneSource.Country, [OfferScenario.Calendar("America/New_York"), OfferScenario.Calendar("America/Chicago")]) }));
        Assert.Equal(OfferConstraints.OutsideHours, limits.Check(inquiry with { Zone = new(PromoRec.Push.Calendar.ZoneSource.Country, [OfferScenario.Calendar("America/New_York"), OfferScenario.Calendar("America/Los_Angeles")]) }));
    }

    [Fact]
    public void A_level_of_an_earlier_period_says_that_the_new_one_is_untouched_and_no_level_says_nothing_is_left()
    {
        OfferLimits limits = OfferScenario.Limits(null, ("tenth", new OfferRules { Budgets = [new OfferBudget(BudgetMeasure.Redemptions, 5) { Period = BudgetPeriod.Day }] }));
        OfferConstraints With(params BudgetLevel[] levels) => limits.Check(Ask(OfferScenario.Tenth) with { Budgets = [.. levels] });

        Assert.Equal(OfferConstraints.None, With(new BudgetLevel("offer:tenth/uses/day", "2026-11-02", 5)));
        Assert.Equal(OfferConstraints.BudgetExhausted, With(new BudgetLevel("offer:tenth/uses/day", "2026-11-03", 5)));
        Assert.Equal(OfferConstraints.BudgetExhausted, With(new BudgetLevel("offer:tenth/uses/day", "2026-11-04", 0)));
        Assert.Equal(OfferConstraints.BudgetExhausted, With(new BudgetLevel("offer:other/uses/day", "2026-11-03", 0)));
        Assert.Equal(OfferConstraints.BudgetExhausted, With());
    }

    [Fact]
    public void Each_identifier_of_a_guest_must_have_something_left()
    {
        OfferLimits limits = OfferScenario.Limits(null, ("tenth", new OfferRules { Budgets = [new OfferBudget(BudgetMeasure.Redemptions, 1) { Holder = BudgetHolder.Customer }] }));
        PushCustomer guest = new() { UserId = "g", IsGuest = true, Identifiers = [new("card", "1"), new("device", "2")] };
        BudgetName[] names = [.. limits.BudgetNames(OfferScenario.Tenth, guest, OfferScenario.Noon)];
        OfferConstraints With(params long[] taken) =>
            limits.Check(Ask(OfferScenario.Tenth) with { Customer = guest, Budgets = [.. taken.Zip(names, (level, name) => new BudgetLevel(name.Key, name.Period, level))] });

        Assert.Equal(OfferConstraints.None, With(0, 0));
        Assert.Equal(OfferConstraints.IdentifierLimit, With(0, 1));
        Assert.Equal(OfferConstraints.IdentifierLimit, With(1, 0));
        Assert.Equal(OfferConstraints.IdentifierLimit, With(0));
        Assert.Equal(OfferConstraints.IdentifierRequired, limits.Check(Ask(OfferScenario.Tenth) with { Customer = guest with { Identifiers = [] }, Budgets = [] }));

        // One that is there twice is one.
        PushCustomer twice = guest with { Identifiers = [new("card", "1"), new("device", "2"), new("card", "1")] };
        Assert.Equal(OfferConstraints.None, limits.Check(Ask(OfferScenario.Tenth) with { Customer = twice, Budgets = [.. names.Select(name => new BudgetLevel(name.Key, name.Period, 0))] }));
    }

    [Fact]
    public void A_public_reduction_of_named_items_needs_the_lowest_price_of_thirty_days()
    {
        Offer offer = OfferScenario.Tenth with { Targets = [OfferTarget.Item("tea"), OfferTarget.Item("mug")] };
        PriceReference Reference(string item, decimal price) => new() { Item = item, Price = price, ReducedAt = OfferScenario.Noon, History = [new(OfferScenario.Noon.AddDays(-30), 20)] };
        OfferConstraints With(OfferRules rules, Offer? other = null, OfferLimitOptions? options = null) => OfferScenario.Limits(options, ("tenth", rules)).Check(Ask(other ?? offer));

        Assert.Equal(OfferConstraints.PriceClaim, With(OfferRules.None));
        Assert.Equal(OfferConstraints.PriceClaim, With(new OfferRules { PriceReferences = [Reference("tea", 20)] }));
        Assert.Equal(OfferConstraints.PriceClaim, With(new OfferRules { PriceReferences = [Reference("tea", 20), Reference("mug", 21)] }));
        Assert.Equal(OfferConstraints.None, With(new OfferRules { PriceReferences = [Reference("tea", 20), Reference("mug", 19)] }));

        // Personal, conditional and general reductions claim no earlier price of an item; a host may ask for it all the same, or not at all.
        Assert.Equal(OfferConstraints.None, With(new OfferRules { Recipients = ["ann"] }));
        Assert.Equal(OfferConstraints.PriceClaim, With(new OfferRules { Recipients = ["ann"], PriceClaims = PriceClaimCheck.All }));
        Assert.Equal(OfferConstraints.None, With(new OfferRules { PriceClaims = PriceClaimCheck.None }));
        Assert.Equal(OfferConstraints.None, With(OfferRules.None, offer with { Terms = OfferTerms.BuyAndGet(2, 1) }));
        Assert.Equal(OfferConstraints.None, With(OfferRules.None, offer with { Targets = [OfferTarget.Category("drinks")] }));

        OfferLimitOptions onlyFrance = OfferScenario.Options;
        onlyFrance.PriceClaimCountries.Add("FR");
        Assert.Equal(OfferConstraints.None, With(OfferRules.None, options: onlyFrance));
        onlyFrance.PriceClaimCountries.Add("DE");
        Assert.Equal(OfferConstraints.PriceClaim, With(OfferRules.None, options: onlyFrance));
    }

    [Fact]
    public void Limits_that_change_hold_from_the_next_question_on()
    {
        var rules = new InMemoryOfferRules();
        var limits = new OfferLimits(rules, OfferScenario.Options);
        Assert.Equal(OfferConstraints.None, limits.Check(Ask(OfferScenario.Tenth)));
        rules.Set("tenth", new OfferRules { IsDisabled = true });
        Assert.Equal(OfferConstraints.Disabled, limits.Check(Ask(OfferScenario.Tenth)));
        rules.Remove("tenth");
        Assert.Equal(OfferConstraints.None, limits.Check(Ask(OfferScenario.Tenth)));
    }

    [Fact]
    public void An_announcement_is_checked_without_allocating()
    {
        OfferLimits limits = OfferScenario.Limits(null, ("tenth", new OfferRules
        {
            ValidFor = TimeSpan.FromDays(3),
            Hours = new OfferHours { Zone = HoursZone.Customer, Week = [.. Enum.GetValues<DayOfWeek>().Select(day => new WeeklyHours(day, new TimeOnly(9, 0), new TimeOnly(6, 0)))] },
            Areas = [GeoArea.Circle(new GeoPoint(50, 10), 1000), GeoArea.Polygon([new(50, 10), new(54, 10), new(54, 15), new(50, 15)])],
            Recipients = ["bob", "ann"],
            Campaign = "autumn",
            Budgets =
            [
                new OfferBudget(BudgetMeasure.DiscountValue, 100) { Period = BudgetPeriod.Day },
                new OfferBudget(BudgetMeasure.Redemptions, 3) { Period = BudgetPeriod.Week, Holder = BudgetHolder.Customer },
                new OfferBudget(BudgetMeasure.Redemptions, 3) { Holder = BudgetHolder.Identifier, Pool = BudgetPool.Campaign },
            ],
        }));
        Offer offer = OfferScenario.Tenth with { ValidFrom = OfferScenario.Noon.AddDays(-1), ValidTo = OfferScenario.Noon.AddDays(1), Segments = ["vip"], Budget = 10 };
        PushCustomer customer = OfferScenario.Ann with { Segments = ["new", "vip"], Location = new GeoPoint(52, 13), Identifiers = [new("card", "1")] };
        OfferInquiry inquiry = Ask(offer) with
        {
            Customer = customer,
            PublishedAt = OfferScenario.Noon,
            Zone = OfferScenario.Zone("Europe/Berlin"),
            Budgets = [.. limits.BudgetNames(offer, customer, OfferScenario.Noon).Select(name => new BudgetLevel(name.Key, name.Period, 1))],
        };
        Assert.Equal(OfferConstraints.None, limits.Check(inquiry));
        OfferInquiry closed = inquiry with { Zone = OfferScenario.Zone("America/New_York") };
        Assert.Equal(OfferConstraints.OutsideHours, limits.Check(closed));
        for (int i = 0; i < 200; i++)
        {
            limits.Check(inquiry);
            limits.Check(closed);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        limits.Check(inquiry);
        limits.Check(closed);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static OfferInquiry Ask(Offer offer) => new() { Offer = offer, Customer = OfferScenario.Ann, At = OfferScenario.Noon };
}
