using FsCheck;
using FsCheck.Fluent;
using PromoRec.Push;
using PromoRec.Push.Offers;
using PromoRec.Push.Offers.Pricing;
using PromoRec.Tests.Properties;

namespace PromoRec.Tests.Push.Offers;

public class StackingTests
{
    private static Basket Hundred => OfferScenario.Basket((OfferScenario.Tea, 1, 60), (OfferScenario.Mug, 1, 40));

    [Fact]
    public void Stacked_percentages_are_of_what_is_left_or_of_the_first_prices()
    {
        Assert.Equal([10m, 18m], Discounts(Price([("a", Off(10), new()), ("b", Off(20), new())])));
        Assert.Equal([10m, 20m], Discounts(Price([("a", Off(10), new()), ("b", Off(20), new OfferRules { PercentageBase = PercentageBase.Initial })])));
        Assert.Equal([90m, 10m], Discounts(Price([("a", Off(90), new()), ("b", Off(20), new OfferRules { PercentageBase = PercentageBase.Initial })])));
    }

    [Fact]
    public void Each_incentive_has_its_three_amounts()
    {
        BasketPricing pricing = Price([("a", Off(10), new()), ("b", OfferTerms.CashOff(15), new())]);
        Assert.Equal([(100m, 100m, 90m), (100m, 90m, 75m)], pricing.Incentives.Select(each => (each.Initial, each.Current, each.After)));
        Assert.Equal((100m, 75m, 25m), (pricing.Initial, pricing.After, pricing.Discount));
    }

    [Fact]
    public void The_order_is_that_of_the_rules_and_then_of_the_ids_whatever_the_list_says()
    {
        (string, OfferTerms, OfferRules)[] offers = [("b", Off(10), new()), ("a", OfferTerms.CashOff(30), new()), ("z", OfferTerms.CashOff(20), new OfferRules { Order = -1 })];
        BasketPricing pricing = Price(offers);
        Assert.Equal(["z", "a", "b"], pricing.Incentives.Select(each => each.Offer.ToString()));
        Assert.Equal([20m, 30m, 5m], Discounts(pricing));
        Assert.Equal(Discounts(pricing), Discounts(Price([.. offers.Reverse()])));
    }

    [Fact]
    public void Earlier_offers_count_against_the_minimum_of_what_is_left()
    {
        OfferRules rest = new() { MinimumCurrent = 80, Order = 1 };
        Assert.Equal([20m, 10m], Discounts(Price([("a", OfferTerms.CashOff(20), new()), ("b", OfferTerms.CashOff(10), rest)])));
        BasketPricing pricing = Price([("a", OfferTerms.CashOff(21), new()), ("b", OfferTerms.CashOff(10), rest)]);
        Assert.Equal(OfferConstraints.BelowMinimum, pricing.Incentives[1].Failed);
        Assert.Equal(79m, pricing.After);
    }

    [Fact]
    public void Earlier_offers_do_not_count_against_the_minimum_before_any_offer()
    {
        Offer[] offers = [new() { Id = "a", Terms = OfferTerms.CashOff(50) }, new() { Id = "b", Terms = OfferTerms.SpendThreshold(10), MinimumSpend = 100 }];
        Assert.Equal([50m, 10m], Discounts(OfferScenario.Limits().Price(Hundred, offers)));
        offers[1] = offers[1] with { MinimumSpend = 100.01m };
        Assert.Equal([50m, 0m], Discounts(OfferScenario.Limits().Price(Hundred, offers)));
    }

    [Fact]
    public void A_list_takes_the_first_that_applies()
    {
        BasketPricing pricing = Price(
            [("a", OfferTerms.SpendThreshold(50), In("list") with { MinimumCurrent = 200 }), ("b", OfferTerms.CashOff(1), In("list")), ("c", OfferTerms.CashOff(70), In("list"))],
            group: StackingMode.ListOrder);
        Assert.Equal([OfferConstraints.BelowMinimum, OfferConstraints.None, OfferConstraints.Excluded], pricing.Incentives.Select(each => each.Failed));
        Assert.Equal(99m, pricing.After);
    }

    [Theory]
    [InlineData(StackingMode.HighestForUser)]
    [InlineData(StackingMode.LowestForShop)]
    public void A_choosing_group_takes_the_best_of_every_single_choice(StackingMode mode)
    {
        Gen<(bool IsPercent, int Value, int Minimum)> offer =
            from isPercent in Gen.Elements(true, false) from value in Gen.Choose(1, 100) from minimum in Gen.Choose(0, 140) select (isPercent, value, minimum);
        Prop.ForAll(offer.ArrayOf(5).ToArbitrary(), Gen.Choose(0, 90).ToArbitrary(), (drawn, before) =>
        {
            (string, OfferTerms, OfferRules)[] list =
            [
                .. drawn.Select((each, i) => ($"offer {i}", each.IsPercent ? Off(each.Value) : OfferTerms.CashOff(each.Value), In("list") with { MinimumCurrent = each.Minimum })),
                ("before", OfferTerms.CashOff(before + 1), In("first")),
            ];
            BasketPricing pricing = Price(list, group: mode);

            // Computed by hand: what each would take off the 100 less what came before.
            decimal current = 100 - (before + 1);
            decimal[] single =
            [
                .. drawn.Select(each => current < each.Minimum ? 0
                    : each.IsPercent ? decimal.Round(current * each.Value / 100, 2, MidpointRounding.AwayFromZero) : Math.Min(each.Value, current)),
            ];
            decimal[] possible = [.. single.Where(each => each > 0)];
            decimal expected = possible.Length == 0 ? 0 : mode == StackingMode.HighestForUser ? possible.Max() : possible.Min();
            PricedIncentive[] chosen = [.. pricing.Incentives.Where(each => each.Offer != "before" && each.IsApplied)];
            return chosen.Length == (possible.Length == 0 ? 0 : 1) && chosen.Sum(each => each.Discount) == expected;
        }).Holds();
    }

    [Fact]
    public void A_choosing_group_agrees_with_pricing_every_choice_alone()
    {
        Gen<(int Form, int Value, int Target)> offer =
            from form in Gen.Choose(0, 4) from value in Gen.Choose(1, 60) from target in Gen.Choose(0, 2) select (form, value, target);
        foreach (StackingMode mode in (StackingMode[])[StackingMode.HighestForUser, StackingMode.LowestForShop, StackingMode.ListOrder])
        {
            Prop.ForAll(offer.ArrayOf(6).ToArbitrary(), drawn =>
            {
                Offer[] offers = [.. drawn.Select((each, i) => Make(i, each))];
                OfferLimits limits = Limits(mode, [.. offers.Select(each => (each.Id, In("list")))]);
                PricedIncentive[] alone = [.. offers.Select(each => limits.Price(Hundred, [each]).Incentives[0]).Where(each => each.IsApplied)];
                PricedIncentive[] together = [.. limits.Price(Hundred, offers).Incentives.Where(each => each.IsApplied)];
                decimal? expected = alone.Length == 0 ? null : mode switch
                {
                    StackingMode.HighestForUser => alone.Max(each => each.Discount),
                    StackingMode.LowestForShop => alone.Min(each => each.Discount),
                    _ => alone[0].Discount,
                };
                return together.Length == (expected is null ? 0 : 1) && (expected is null || together[0].Discount == expected);
            }).Holds();
        }

        static Offer Make(int i, (int Form, int Value, int Target) drawn) => new()
        {
            Id = i,
            Targets = [drawn.Target == 0 ? OfferTarget.WholeShop : OfferTarget.Item(drawn.Target == 1 ? "tea" : "mug")],
            Terms = drawn.Form switch
            {
                0 => OfferTerms.CashOff(drawn.Value),
                1 => Off(drawn.Value),
                2 => OfferTerms.TimeLimitedPrice(drawn.Value),
                3 => OfferTerms.BuyAndGet(1, 1),
                _ => OfferTerms.Bundle(drawn.Value),
            },
        };
    }

    [Fact]
    public void Groups_are_applied_in_the_order_of_the_options_and_loners_last()
    {
        BasketPricing pricing = Price(
            [("a", Off(10), new()), ("b", OfferTerms.CashOff(20), In("list")), ("c", OfferTerms.CashOff(30), In("first"))], group: StackingMode.ListOrder);
        Assert.Equal((70m, 50m, 45m), (After("c"), After("b"), After("a")));

        decimal After(string id) => pricing.Incentives.Single(each => each.Offer == id).After;
    }

    [Fact]
    public void An_exclusive_offer_beats_all_others_if_it_can_be_had()
    {
        OfferRules alone = new() { IsExclusive = true, Order = 9 };
        BasketPricing pricing = Price([("a", OfferTerms.CashOff(50), new()), ("x", OfferTerms.CashOff(1), alone), ("y", OfferTerms.CashOff(2), alone)]);
        Assert.Equal([OfferConstraints.Excluded, OfferConstraints.None, OfferConstraints.Excluded], pricing.Incentives.Select(each => each.Failed));
        Assert.Equal(99m, pricing.After);

        pricing = Price([("a", OfferTerms.CashOff(50), new()), ("x", OfferTerms.CashOff(1), alone with { MinimumCurrent = 101 })]);
        Assert.Equal([OfferConstraints.None, OfferConstraints.BelowMinimum], pricing.Incentives.Select(each => each.Failed));
    }

    [Fact]
    public void All_or_nothing_is_broken_by_what_cannot_be_had_and_not_by_what_lost_to_a_better_one()
    {
        BasketPricing broken = Price([("a", OfferTerms.CashOff(50), new()), ("b", OfferTerms.CashOff(1), new OfferRules { MinimumCurrent = 90 })], StackingMethod.AllOrNothing);
        Assert.Equal([OfferConstraints.Excluded, OfferConstraints.BelowMinimum], broken.Incentives.Select(each => each.Failed));
        Assert.Equal((100m, 0m), (broken.After, broken.Discount));

        BasketPricing whole = Price(
            [("a", OfferTerms.CashOff(50), In("list")), ("b", OfferTerms.CashOff(10), In("list"))], StackingMethod.AllOrNothing, StackingMode.HighestForUser);
        Assert.Equal(50m, whole.After);
        Assert.Equal([OfferConstraints.None, OfferConstraints.Excluded], whole.Incentives.Select(each => each.Failed));
    }

    [Fact]
    public void One_offer_for_each_item_passes_over_what_another_has_reduced()
    {
        OfferLimitOptions options = OfferScenario.Options;
        options.ProductStacking = ProductStacking.OnePerItem;
        Offer[] offers =
        [
            new() { Id = "a", Terms = Off(10), Targets = [OfferTarget.Item("tea")] },
            new() { Id = "b", Terms = Off(10), Targets = [OfferTarget.Item("tea"), OfferTarget.Item("mug")] },
            new() { Id = "c", Terms = Off(50), Targets = [OfferTarget.Item("tea")] },
            new() { Id = "d", Terms = Off(10) },
        ];
        BasketPricing once = OfferScenario.Limits(options).Price(Hundred, offers);
        Assert.Equal([6m, 4m, 0m, 9m], Discounts(once));
        Assert.Equal(OfferConstraints.Excluded | OfferConstraints.NoEffect, once.Incentives[2].Failed);
        Assert.Equal([6m, 9.4m, 24.3m, 6.03m], Discounts(OfferScenario.Limits().Price(Hundred, offers)));
    }

    [Fact]
    public void Only_thirty_offers_and_five_exclusive_ones_are_looked_at()
    {
        BasketPricing many = Price([.. Enumerable.Range(0, 32).Select(i => ($"{i:00}", OfferTerms.CashOff(1), new OfferRules()))]);
        Assert.Equal(30, many.Discount);
        Assert.Equal([OfferConstraints.Excluded, OfferConstraints.Excluded], many.Incentives.Where(each => !each.IsApplied).Select(each => each.Failed));

        OfferRules never = new() { IsExclusive = true, MinimumCurrent = 1000 };
        BasketPricing exclusive = Price([.. Enumerable.Range(0, 6).Select(i => ($"{i}", OfferTerms.CashOff(1), i < 5 ? never : new OfferRules { IsExclusive = true }))]);
        Assert.Equal(0, exclusive.Discount);
        Assert.Equal(OfferConstraints.Excluded, exclusive.Incentives[5].Failed);
    }

    [Fact]
    public void An_offer_that_is_there_twice_is_an_error() =>
        Assert.Throws<ArgumentException>(() => OfferScenario.Limits().Price(Hundred, [OfferScenario.Tenth, OfferScenario.Tenth with { Text = "again" }]));

    private static OfferTerms Off(decimal percent) => OfferTerms.PercentOff(percent);

    private static OfferRules In(string group) => new() { Group = group };

    private static decimal[] Discounts(BasketPricing pricing) => [.. pricing.Incentives.Select(each => each.Discount)];

    private static OfferLimits Limits(StackingMode mode, params ReadOnlySpan<(OfferId, OfferRules)> rules)
    {
        OfferLimitOptions options = OfferScenario.Options;
        options.Groups.Add(new StackingGroup("first", StackingMode.Stackable));
        options.Groups.Add(new StackingGroup("list", mode));
        return OfferScenario.Limits(options, rules);
    }

    private static BasketPricing Price(
        (string Id, OfferTerms Terms, OfferRules Rules)[] offers, StackingMethod method = StackingMethod.Partial, StackingMode group = StackingMode.Stackable) =>
        Limits(group, [.. offers.Select(each => ((OfferId)each.Id, each.Rules))]).Price(
            Hundred, offers.Select(each => new Offer { Id = each.Id, Terms = each.Terms, MinimumSpend = each.Terms.Form == OfferForm.SpendThreshold ? 1 : null }), method);
}
