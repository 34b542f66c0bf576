using PromoRec.Push;
using PromoRec.Push.Ledger;
using PromoRec.Push.Offers;
using PromoRec.Push.Offers.Budgets;
using PromoRec.Push.Offers.Pricing;

namespace PromoRec.Tests.Push.Offers;

public class BudgetKeysTests
{
    [Fact]
    public void Keys_read_as_pool_measure_and_period()
    {
        OfferLimits limits = Of(
            new(BudgetMeasure.DiscountValue, 10) { Period = BudgetPeriod.Day },
            new(BudgetMeasure.OrderValue, 10) { Period = BudgetPeriod.Week, Pool = BudgetPool.Campaign },
            new(BudgetMeasure.Redemptions, 10) { Period = BudgetPeriod.Month, Holder = BudgetHolder.Store });
        Basket basket = OfferScenario.Basket() with { Store = "Mitte 1" };

        Assert.Equal(
            [
                new("offer:tenth/uses/total", ""),
                new("offer:tenth/discount/day", "2026-11-03"),
                new("campaign:autumn/orders/week", "w2026-11-02"),
                new($"offer:tenth/uses/month/store/{BudgetKeys.Name("Mitte 1")}", "2026-11"),
            ],
            limits.BudgetNames(OfferScenario.Tenth with { Budget = 5 }, OfferScenario.Ann, OfferScenario.Noon, basket));
    }

    [Fact]
    public void Periods_go_by_the_calendar_of_the_shop()
    {
        OfferLimits limits = Of(new OfferBudget(BudgetMeasure.Redemptions, 10) { Period = BudgetPeriod.Day });
        DateTimeOffset beforeMidnight = OfferScenario.Utc("2026-11-03T22:59:59Z");

        Assert.Equal("2026-11-03", Assert.Single(limits.BudgetNames(OfferScenario.Tenth, OfferScenario.Ann, beforeMidnight)).Period);
        Assert.Equal("2026-11-04", Assert.Single(limits.BudgetNames(OfferScenario.Tenth, OfferScenario.Ann, beforeMidnight.AddSeconds(1))).Period);
    }

    [Fact]
    public void Nothing_of_a_person_stands_in_a_key()
    {
        OfferLimits limits = Of(
            new(BudgetMeasure.Redemptions, 1) { Holder = BudgetHolder.Customer },
            new(BudgetMeasure.Redemptions, 1) { Holder = BudgetHolder.Identifier, Identifier = "card" },
            new(BudgetMeasure.Redemptions, 1) { Holder = BudgetHolder.Session });
        PushCustomer customer = new() { UserId = "ann.smith@example.com", Identifiers = [new("card", "4111-secret"), new("device", "phone-7")] };
        Basket basket = OfferScenario.Basket() with { Session = "session-of-ann" };

        BudgetName[] names = [.. limits.BudgetNames(OfferScenario.Tenth, customer, OfferScenario.Noon, basket)];
        Assert.Equal(3, names.Length);
        Assert.All(names, name => Assert.Matches("^offer:tenth/uses/total/(customer|id:card|session)/[0-9a-f]{32}$", name.Key));
        Assert.All(names, name => Assert.Equal("", name.Period));
    }

    [Fact]
    public void Another_secret_or_another_person_gives_another_key()
    {
        string[] keys =
        [
            BudgetKeys.Pseudonym("secret 1"u8, "customer", "ann"),
            BudgetKeys.Pseudonym("secret 2"u8, "customer", "ann"),
            BudgetKeys.Pseudonym("secret 1"u8, "customer", "bob"),
            BudgetKeys.Pseudonym("secret 1"u8, "id:customer", "ann"),
            BudgetKeys.Pseudonym("secret 1"u8, "custom", "erann"),
        ];
        Assert.Equal(keys.Length, keys.Distinct().Count());
        Assert.Equal(keys[0], BudgetKeys.Pseudonym("secret 1"u8, "customer", "ann"));
    }

    [Fact]
    public void A_guest_has_one_budget_for_each_identifier_and_none_without_any()
    {
        OfferLimits limits = Of(new OfferBudget(BudgetMeasure.Redemptions, 1) { Holder = BudgetHolder.Customer });
        PushCustomer guest = new() { UserId = "guest-1", IsGuest = true, Identifiers = [new("card", "a"), new("device", "b"), new("card", "a"), new("mail", "")] };

        Assert.Equal(2, limits.BudgetNames(OfferScenario.Tenth, guest, OfferScenario.Noon).Length);
        Assert.Empty(limits.BudgetNames(OfferScenario.Tenth, guest with { Identifiers = [] }, OfferScenario.Noon));

        // The same card gives the same budget whoever holds it.
        Assert.Contains(
            limits.BudgetNames(OfferScenario.Tenth, guest with { UserId = "guest-2", Identifiers = [new("card", "a")] }, OfferScenario.Noon)[0],
            limits.BudgetNames(OfferScenario.Tenth, guest, OfferScenario.Noon));
    }

    [Fact]
    public void A_name_cannot_be_taken_for_another_part_of_a_key_and_every_key_fits_into_a_ledger()
    {
        string[] awkward = ["a/uses/total", "a:b", "#x", "", new('x', 65), new('x', 16_384), "Ärger", "a b"];
        Assert.All(awkward, name => Assert.Matches("^#[0-9a-f]{32}$", BudgetKeys.Name(name)));
        Assert.Equal(awkward.Length, awkward.Select(BudgetKeys.Name).Distinct().Count());

        OfferBudget budget = new(BudgetMeasure.Redemptions, 1) { Pool = BudgetPool.Campaign, Holder = BudgetHolder.Identifier, Identifier = new string('n', 64), Period = BudgetPeriod.Month };
        string key = new BudgetRule(budget, "x", new string('c', 64)).Keys(new PushCustomer { UserId = "u", Identifiers = [new(new string('n', 64), "v")] }, null, "k"u8)[0];
        Assert.InRange(key.Length, 1, 200);
    }

    [Theory]
    [InlineData("offer:a/uses/total", BudgetMeasure.Redemptions)]
    [InlineData("campaign:b/discount/day/customer/0f", BudgetMeasure.DiscountValue)]
    [InlineData("offer:a/orders/week", BudgetMeasure.OrderValue)]
    [InlineData("offer:a/pushes/day", null)]
    [InlineData("something else", null)]
    public void A_key_says_what_it_counts(string key, BudgetMeasure? measure) => Assert.Equal(measure, BudgetKeys.MeasureOf(key));

    private static OfferLimits Of(params OfferBudget[] budgets) =>
        OfferScenario.Limits(null, ("tenth", new OfferRules { Campaign = "autumn", Budgets = [.. budgets] }));
}
