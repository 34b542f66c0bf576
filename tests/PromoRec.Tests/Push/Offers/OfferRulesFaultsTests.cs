using PromoRec.Push.Offers;
using PromoRec.Push.Offers.Budgets;
using PromoRec.Push.Offers.Hours;
using PromoRec.Push.Offers.Pricing;

namespace PromoRec.Tests.Push.Offers;

public class OfferRulesFaultsTests
{
    private static readonly Offer Plain = new() { Id = "tenth", Terms = OfferTerms.PercentOff(10) };

    public static TheoryData<OfferRules, string> OneFault => new()
    {
        { new() { ValidFor = TimeSpan.Zero }, "ValidFor is 00:00:00" },
        { new() { AllowBeyondCampaignEnd = true }, "nothing says how long" },
        { new() { PublishedAt = OfferScenario.Noon }, "how long it holds after that" },
        { new() { Hours = new OfferHours { Week = [] } }, "no interval" },
        { new() { Hours = Hours(new WeeklyHours(DayOfWeek.Monday, new TimeOnly(9, 0), new TimeOnly(9, 0))) }, "begin and end at 09:00:00" },
        { new() { Hours = Hours(new WeeklyHours((DayOfWeek)7, new TimeOnly(9, 0), new TimeOnly(10, 0))) }, "no day of the week" },
        { new() { Hours = Hours([.. Enumerable.Range(0, 9).Select(i => new WeeklyHours(DayOfWeek.Monday, new TimeOnly(i, 0), new TimeOnly(i, 30)))]) }, "9 intervals" },
        { new() { Hours = Hours(new WeeklyHours(DayOfWeek.Monday, new TimeOnly(9, 0), new TimeOnly(10, 0))) with { Zone = (HoursZone)5 } }, "zone of its hours is 5" },
        { With(new OfferBudget(BudgetMeasure.Redemptions, 0)), "limit 0" },
        { With(new OfferBudget(BudgetMeasure.Redemptions, -1)), "limit -1" },
        { With(new OfferBudget(BudgetMeasure.Redemptions, 1.5m)), "whole numbers" },
        { With(new OfferBudget(BudgetMeasure.DiscountValue, 0.00001m)), "four decimals" },
        { With(new OfferBudget(BudgetMeasure.DiscountValue, 1_000_000_000_000_000)), "nobody can use up" },
        { With(new OfferBudget(BudgetMeasure.Redemptions, 1) { Overdraft = -1 }), "overdraft -1" },
        { With(new OfferBudget(BudgetMeasure.Redemptions, 1) { Pool = BudgetPool.Campaign }), "is in none" },
        { With(new OfferBudget(BudgetMeasure.Redemptions, 1) { Identifier = "card" }), "not for identifiers" },
        { With(new OfferBudget(BudgetMeasure.Redemptions, 1) { Holder = BudgetHolder.Identifier, Identifier = " " }), "blank identifier" },
        { With(new OfferBudget((BudgetMeasure)9, 1)), "none of those there are" },
        { With(new OfferBudget(BudgetMeasure.Redemptions, 1), new OfferBudget(BudgetMeasure.Redemptions, 2)), "limits the same as budget 1" },
        { With([.. Enumerable.Range(0, 17).Select(i => new OfferBudget(BudgetMeasure.Redemptions, 1) { Holder = BudgetHolder.Identifier, Identifier = $"id{i}" })]), "17 budgets" },
        { new() { Budgets = [null!] }, "Budget 1 is null" },
        { new() { MinimumCurrent = -1 }, "MinimumCurrent is -1" },
        { new() { FloorAfter = 0.00001m }, "FloorAfter is 0.00001" },
        { new() { FloorAfter = 20, MinimumCurrent = 10 }, "above the minimum" },
        { new() { Currency = "euro" }, "ISO 4217" },
        { new() { PercentageBase = (PercentageBase)3 }, "PercentageBase is 3" },
        { new() { Group = "coupons" }, "\"coupons\" is not one of" },
        { new() { Recipients = [default] }, "empty recipient" },
        { new() { Areas = [null!] }, "area that is null" },
        { new() { PriceClaims = (PriceClaimCheck)7 }, "PriceClaims is 7" },
        { new() { PriceReferences = [null!] }, "reference price that is null" },
        { new() { PriceReferences = [Reference() with { Days = 29 }] }, "looks at 29 days" },
        { new() { PriceReferences = [Reference() with { Price = -1 }] }, "below 0" },
        { new() { RedemptionRate = 0 }, "RedemptionRate is 0" },
        { new() { RedemptionRate = 1.1m }, "RedemptionRate is 1.1" },
        { new() { ExpectedDiscount = 0 }, "ExpectedDiscount is 0" },
    };

    [Theory]
    [MemberData(nameof(OneFault))]
    public void A_fault_is_named(OfferRules rules, string said)
    {
        OfferLimits limits = OfferScenario.Limits(null, ("tenth", rules));
        Assert.Contains(said, Assert.Single(limits.Faults(Plain)), StringComparison.Ordinal);
        PromoRecException thrown = Assert.Throws<PromoRecException>(() => limits.Check(new OfferInquiry { Offer = Plain, Customer = OfferScenario.Ann, At = OfferScenario.Noon }));
        Assert.Equal(PromoRecErrorCode.InvalidPolicy, thrown.Code);
        Assert.Contains(said, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_reference_prices_of_one_item_are_a_fault_each() =>
        Assert.All(OfferScenario.Limits(null, ("tenth", new OfferRules { PriceReferences = [Reference(), Reference() with { Price = 5 }] })).Faults(Plain), fault => Assert.Contains("several", fault, StringComparison.Ordinal));

    [Fact]
    public void What_contradicts_the_offer_is_a_fault()
    {
        Assert.Contains("not after its start", Fault(Plain with { ValidFrom = OfferScenario.Noon, ValidTo = OfferScenario.Noon }, new()), StringComparison.Ordinal);
        Assert.Contains("when it had ended", Fault(Plain with { ValidTo = OfferScenario.Noon }, new() { ValidFor = TimeSpan.FromDays(1), PublishedAt = OfferScenario.Noon }), StringComparison.Ordinal);
        Assert.Contains("before its start", Fault(Plain with { ValidFrom = OfferScenario.Noon }, new() { ValidFor = TimeSpan.FromDays(1), PublishedAt = OfferScenario.Noon.AddDays(-1) }), StringComparison.Ordinal);
        Assert.Contains("limited twice", Fault(Plain with { Budget = 5 }, With(new OfferBudget(BudgetMeasure.Redemptions, 7))), StringComparison.Ordinal);
        Assert.Contains("above the minimum", Fault(Plain with { MinimumSpend = 50 }, new() { FloorAfter = 60 }), StringComparison.Ordinal);
        Assert.Contains("Offer.Budget is -1", Fault(Plain with { Budget = -1 }, new()), StringComparison.Ordinal);
        Assert.Contains("Offer.MinimumSpend is -1", Fault(Plain with { MinimumSpend = -1 }, new()), StringComparison.Ordinal);
        Assert.Contains("without a name", Fault(Plain with { Segments = [" "] }, new()), StringComparison.Ordinal);
        Assert.Contains("Offer.Terms.Value is 0.00001", Fault(Plain with { Terms = OfferTerms.CashOff(0.00001m) }, new()), StringComparison.Ordinal);
        Assert.Contains("no terms", Fault(Plain with { Terms = null! }, new()), StringComparison.Ordinal);
    }

    [Fact]
    public void Budgets_of_persons_need_a_secret()
    {
        OfferLimitOptions without = OfferScenario.Options;
        without.PseudonymKey = default;
        foreach (BudgetHolder holder in (BudgetHolder[])[BudgetHolder.Customer, BudgetHolder.Identifier, BudgetHolder.Session])
        {
            OfferRules rules = With(new OfferBudget(BudgetMeasure.Redemptions, 1) { Holder = holder });
            Assert.Contains("PseudonymKey", Assert.Single(OfferScenario.Limits(without, ("tenth", rules)).Faults(Plain)), StringComparison.Ordinal);
        }

        Assert.Empty(OfferScenario.Limits(without, ("tenth", With(new OfferBudget(BudgetMeasure.Redemptions, 1) { Holder = BudgetHolder.Store }))).Faults(Plain));
    }

    [Fact]
    public void All_faults_are_named_at_once()
    {
        OfferRules rules = new() { ValidFor = TimeSpan.FromDays(-1), Group = "x", RedemptionRate = 2, Budgets = [new OfferBudget(BudgetMeasure.Redemptions, 0)], FloorAfter = -1 };
        Assert.Equal(5, OfferScenario.Limits(null, ("tenth", rules)).Faults(Plain).Count);
    }

    [Fact]
    public void Good_rules_have_none() =>
        Assert.Empty(OfferScenario.Limits(null, ("tenth", new OfferRules
        {
            Campaign = "autumn",
            ValidFor = TimeSpan.FromDays(2),
            PublishedAt = OfferScenario.Noon,
            AllowBeyondCampaignEnd = true,
            Hours = Hours(new WeeklyHours(DayOfWeek.Monday, new TimeOnly(22, 0), new TimeOnly(2, 0))),
            Budgets = [new OfferBudget(BudgetMeasure.Redemptions, 1) { Pool = BudgetPool.Campaign }, new OfferBudget(BudgetMeasure.DiscountValue, 0.0001m) { Overdraft = 1 }],
            FloorAfter = 10,
            PriceReferences = [Reference()],
            RedemptionRate = 0.05m,
            ExpectedDiscount = 3,
        })).Faults(Plain with { MinimumSpend = 10, Budget = 0 }));

    [Fact]
    public void All_faults_of_the_options_are_named_at_once()
    {
        var options = new OfferLimitOptions
        {
            ShopZone = "Europe/Atlantis",
            WeekStart = (DayOfWeek)9,
            Currency = "eur",
            CurrencyDecimals = 5,
            ReservationTimeToLive = TimeSpan.Zero,
            PseudonymKey = new byte[15],
            ProductStacking = (ProductStacking)4,
            MemberSegment = " ",
            PriceClaims = (PriceClaimCheck)9,
            RedemptionRate = 0,
            Overbook = -0.1m,
            AnswerDays = 32,
        };
        options.Groups.Add(new StackingGroup("", StackingMode.ListOrder));
        options.Groups.Add(new StackingGroup("twice", StackingMode.ListOrder));
        options.Groups.Add(new StackingGroup("twice", StackingMode.ListOrder));
        options.PriceClaimCountries.Add("Germany");

        string[] failures = [.. new OfferLimitOptionsValidator().Validate(null, options).Failures!];
        foreach (string property in typeof(OfferLimitOptions).GetProperties().Select(property => property.Name))
        {
            Assert.Contains(failures, failure => failure.Contains(property, StringComparison.Ordinal));
        }

        PromoRecException thrown = Assert.Throws<PromoRecException>(() => new OfferLimits(new InMemoryOfferRules(), options));
        Assert.Equal(PromoRecErrorCode.InvalidPolicy, thrown.Code);
        Assert.Contains("Europe/Atlantis", thrown.Message, StringComparison.Ordinal);
        Assert.True(new OfferLimitOptionsValidator().Validate(null, new OfferLimitOptions()).Succeeded);
        Assert.True(new OfferLimitOptionsValidator().Validate(null, OfferScenario.Options).Succeeded);
    }

    private static string Fault(Offer offer, OfferRules rules) => Assert.Single(OfferScenario.Limits(null, ("tenth", rules)).Faults(offer));

    private static OfferRules With(params OfferBudget[] budgets) => new() { Budgets = [.. budgets] };

    private static OfferHours Hours(params WeeklyHours[] week) => new() { Week = [.. week] };

    private static PriceReference Reference() => new() { Item = "tea", Price = 1, ReducedAt = OfferScenario.Noon, History = [] };
}
