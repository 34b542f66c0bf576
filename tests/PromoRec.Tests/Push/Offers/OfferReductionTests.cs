using FsCheck;
using FsCheck.Fluent;
using PromoRec.Push;
using PromoRec.Push.Offers;
using PromoRec.Push.Offers.Pricing;
using PromoRec.Tests.Properties;

namespace PromoRec.Tests.Push.Offers;

public class OfferReductionTests
{
    private static Basket TwoTeasAMugAndAPot => OfferScenario.Basket((OfferScenario.Tea, 2, 4.50m), (OfferScenario.Mug, 1, 9.99m), (OfferScenario.Pot, 1, 30m)) with { Shipping = 4.90m };

    [Fact]
    public void An_amount_is_taken_off_once_and_never_more_than_there_is()
    {
        Assert.Equal(5, Price(OfferTerms.CashOff(5)).Discount);
        Assert.Equal(9, Price(OfferTerms.CashOff(500), [OfferTarget.Item("tea")]).Discount);
        Assert.Equal(48.99m, Price(OfferTerms.CashOff(500)).Discount);
    }

    [Fact]
    public void A_percentage_is_rounded_half_up_to_the_decimals_of_the_currency()
    {
        // 15 % of 48.99 are 7.3485; 50 % of 9.99 are 4.995.
        Assert.Equal(7.35m, Price(OfferTerms.PercentOff(15)).Discount);
        Assert.Equal(5.00m, Price(OfferTerms.PercentOff(50), [OfferTarget.Item("mug")]).Discount);
        Assert.Equal(48.99m, Price(OfferTerms.PercentOff(100)).Discount);
        OfferLimitOptions yen = OfferScenario.Options;
        yen.CurrencyDecimals = 0;
        Assert.Equal(7m, Price(OfferTerms.PercentOff(15), options: yen).Discount);
    }

    [Fact]
    public void A_threshold_takes_its_amount_off_a_basket_that_reaches_the_minimum()
    {
        Assert.Equal(10, Price(OfferTerms.SpendThreshold(10), minimum: 48.99m).Discount);
        PricedIncentive missed = Price(OfferTerms.SpendThreshold(10), minimum: 49m);
        Assert.Equal((OfferConstraints.BelowMinimum, 0m), (missed.Failed, missed.Discount));
    }

    [Fact]
    public void A_price_holds_for_every_piece_and_never_raises_one()
    {
        Assert.Equal(2 * 1.50m, Price(OfferTerms.TimeLimitedPrice(3), [OfferTarget.Item("tea")]).Discount);
        Assert.Equal(1.99m + 22m, Price(OfferTerms.TimeLimitedPrice(8), [OfferTarget.Category("kitchen"), OfferTarget.Item("tea")]).Discount);
        Assert.Equal(OfferConstraints.NoEffect, Price(OfferTerms.TimeLimitedPrice(40)).Failed);
    }

    [Theory]
    [InlineData(2, 1, 2, 0)]
    [InlineData(2, 1, 3, 1)]
    [InlineData(2, 1, 7, 2)]
    [InlineData(1, 1, 5, 2)]
    [InlineData(2, 2, 3, 1)]
    [InlineData(2, 2, 4, 2)]
    [InlineData(1, 3, 6, 4)]
    public void Free_pieces_are_those_of_full_rounds_and_what_is_beyond_the_bought_ones_of_the_last(int buy, int get, int pieces, int free)
    {
        Basket basket = OfferScenario.Basket((OfferScenario.Tea, pieces, 3));
        Assert.Equal(3 * free, Price(OfferTerms.BuyAndGet(buy, get), basket: basket).Discount);
    }

    [Fact]
    public void The_cheapest_pieces_are_free()
    {
        Assert.Equal(4.50m, Price(OfferTerms.BuyAndGet(2, 1)).Discount);
        Assert.Equal(9.99m, Price(OfferTerms.BuyAndGet(1, 1), [OfferTarget.Category("kitchen")]).Discount);
    }

    [Fact]
    public void A_bundle_is_one_piece_for_each_target_the_most_expensive_together()
    {
        // The pot is in both categories; the mug in one. Pot as drink and mug from the kitchen are worth 39.99.
        Assert.Equal(39.99m - 35m, Price(OfferTerms.Bundle(35), [OfferTarget.Category("drinks"), OfferTarget.Category("kitchen")]).Discount);
        Assert.Equal(OfferConstraints.NoEffect, Price(OfferTerms.Bundle(40), [OfferTarget.Category("drinks"), OfferTarget.Category("kitchen")]).Failed);

        PricedIncentive incomplete = Price(OfferTerms.Bundle(1), [OfferTarget.Item("tea"), OfferTarget.Item("cake")]);
        Assert.Equal(OfferConstraints.ItemsMismatch | OfferConstraints.NoEffect, incomplete.Failed);
        Assert.Equal(OfferConstraints.ItemsMismatch | OfferConstraints.NoEffect, Price(OfferTerms.Bundle(1), [OfferTarget.Item("mug"), OfferTarget.Item("mug")]).Failed);
        Assert.Equal(8m, Price(OfferTerms.Bundle(1), [OfferTarget.Item("tea"), OfferTarget.Item("tea")]).Discount);
    }

    [Fact]
    public void A_bundle_is_the_best_of_all_choices_of_pieces()
    {
        OfferTarget[] targets = [OfferTarget.Item("tea"), OfferTarget.Category("drinks"), OfferTarget.Category("kitchen"), OfferTarget.Brand("Clay"), OfferTarget.WholeShop];
        Item[] items = [OfferScenario.Tea, OfferScenario.Mug, OfferScenario.Pot, new Item { Id = "cake" }];
        Prop.ForAll(
            Gen.Elements(targets).ListOf(3).ToArbitrary(),
            Gen.Choose(0, 3).Zip(Gen.Choose(1, 9)).ListOf().ToArbitrary(),
            (chosen, pieces) =>
            {
                (Item Item, decimal Price)[] few = [.. pieces.Take(6).Select(piece => (items[piece.Item1], (decimal)piece.Item2))];
                decimal? best = Best([.. chosen], few, new bool[few.Length], 0);
                if (few.Length == 0)
                {
                    return true;
                }

                Basket basket = OfferScenario.Basket([.. few.Select(piece => (piece.Item, 1, piece.Price))]);
                PricedIncentive priced = Price(OfferTerms.Bundle(0), [.. chosen], basket: basket);
                return best is { } value ? priced.Discount == value : priced.Failed.HasFlag(OfferConstraints.ItemsMismatch);
            }).Holds();

        static decimal? Best(OfferTarget[] targets, (Item Item, decimal Price)[] pieces, bool[] used, int target)
        {
            if (target == targets.Length)
            {
                return 0;
            }

            decimal? best = null;
            for (int i = 0; i < pieces.Length; i++)
            {
                if (used[i] || !Aims(targets[target], pieces[i].Item))
                {
                    continue;
                }

                used[i] = true;
                decimal? rest = Best(targets, pieces, used, target + 1);
                used[i] = false;
                best = rest is { } value && !(best >= value + pieces[i].Price) ? value + pieces[i].Price : best;
            }

            return best;
        }
    }

    [Fact]
    public void Members_points_and_delivery()
    {
        Assert.Equal(4.90m, Price(OfferTerms.Member(10)).Discount);
        PricedIncentive points = Price(OfferTerms.Points(250));
        Assert.Equal((250, 0m, true), (points.Points, points.Discount, points.IsApplied));
        PricedIncentive shipping = Price(OfferTerms.FreeShipping, [OfferTarget.Item("tea")]);
        Assert.Equal((4.90m, 0m, 48.99m), (shipping.ShippingDiscount, shipping.GoodsDiscount, shipping.After));
        Assert.Equal(OfferConstraints.NoEffect, Price(OfferTerms.FreeShipping, basket: TwoTeasAMugAndAPot with { Shipping = 0 }).Failed);
    }

    [Fact]
    public void What_changes_nothing_is_refused_unless_it_is_allowed()
    {
        Basket free = OfferScenario.Basket((OfferScenario.Tea, 1, 0));
        Assert.Equal(OfferConstraints.NoEffect, Price(OfferTerms.PercentOff(10), basket: free).Failed);
        Assert.True(Price(OfferTerms.PercentOff(10), basket: free, rules: new OfferRules { AllowNoEffect = true }).IsApplied);
        Assert.Equal(OfferConstraints.ItemsMismatch | OfferConstraints.NoEffect, Price(OfferTerms.CashOff(1), [OfferTarget.Item("cake")]).Failed);
        Assert.Equal(OfferConstraints.ItemsMismatch | OfferConstraints.NoEffect, Price(OfferTerms.CashOff(1), basket: OfferScenario.Basket()).Failed);
    }

    [Fact]
    public void A_basket_in_another_currency_gets_nothing()
    {
        Basket dollars = TwoTeasAMugAndAPot with { Currency = "USD" };
        Assert.Equal(OfferConstraints.CurrencyMismatch, Price(OfferTerms.PercentOff(10), basket: dollars).Failed);
        Assert.True(Price(OfferTerms.PercentOff(10), basket: dollars, rules: new OfferRules { Currency = "USD" }).IsApplied);
        OfferLimitOptions any = OfferScenario.Options;
        any.Currency = null;
        Assert.True(Price(OfferTerms.PercentOff(10), basket: dollars, options: any).IsApplied);
    }

    [Fact]
    public void What_is_left_must_not_fall_below_the_floor()
    {
        Assert.True(Price(OfferTerms.CashOff(8.99m), rules: new OfferRules { FloorAfter = 40 }).IsApplied);
        Assert.Equal(OfferConstraints.BelowMinimum, Price(OfferTerms.CashOff(9), rules: new OfferRules { FloorAfter = 40 }).Failed);
    }

    [Fact]
    public void Whatever_the_offer_the_lines_add_up_and_none_falls_below_nothing()
    {
        Gen<OfferTerms> terms = Gen.OneOf(
            Gen.Choose(1, 1_000_000).Select(n => OfferTerms.CashOff(n / 10_000m)),
            Gen.Choose(1, 10_000).Select(n => OfferTerms.PercentOff(n / 100m)),
            Gen.Choose(0, 100_000).Select(n => OfferTerms.TimeLimitedPrice(n / 10_000m)),
            Gen.Choose(1, 4).Zip(Gen.Choose(1, 4), OfferTerms.BuyAndGet),
            Gen.Choose(0, 1_000_000).Select(n => OfferTerms.Bundle(n / 10_000m)));
        Gen<(Item Item, int Quantity, decimal Price)> line =
            from item in Gen.Elements(OfferScenario.Tea, OfferScenario.Mug, OfferScenario.Pot)
            from quantity in Gen.Choose(1, 50)
            from price in Gen.Choose(0, 1_000_000)
            from scale in Gen.Elements(1m, 100m, 10_000m)
            select (item, quantity, price / scale);
        Gen<OfferTarget[]> targets = Gen.Elements(OfferTarget.WholeShop, OfferTarget.Category("drinks"), OfferTarget.Brand("Clay")).NonEmptyListOf().Select(each => each.Distinct().ToArray());
        Prop.ForAll(terms.Zip(targets).ToArbitrary(), line.ListOf().ToArbitrary(), (offer, lines) =>
        {
            Basket basket = OfferScenario.Basket([.. lines]);
            PricedIncentive priced = Price(offer.Item1, offer.Item2, basket: basket);
            return priced.IsApplied
                ? priced.LineDiscounts.Sum() == priced.Discount
                    && priced.Initial - priced.Discount == priced.After
                    && priced.LineDiscounts.Zip(basket.Lines, (discount, each) => discount >= 0 && discount <= each.Amount && decimal.Round(discount, 4) == discount).All(ok => ok)
                : priced.Discount == 0 && priced.After == basket.Amount;
        }).Holds(500);
    }

    [Fact]
    public void An_amount_is_spread_in_coins_even_over_round_prices()
    {
        Basket round = OfferScenario.Basket((OfferScenario.Tea, 3, 80), (OfferScenario.Mug, 1, 40));
        Assert.Equal([4.29m, 0.71m], Price(OfferTerms.CashOff(5), basket: round).LineDiscounts);
        OfferLimitOptions yen = OfferScenario.Options;
        yen.CurrencyDecimals = 0;
        Assert.Equal([4m, 1m], Price(OfferTerms.CashOff(5), basket: round, options: yen).LineDiscounts);
    }

    [Fact]
    public void A_share_is_within_one_unit_of_its_exact_part() =>
        Prop.ForAll(Gen.Choose(1, 10_000).NonEmptyListOf().ToArbitrary(), Gen.Choose(1, 10_000).ToArbitrary(), (cents, off) =>
        {
            Basket basket = OfferScenario.Basket([.. cents.Select(each => (OfferScenario.Tea, 1, each / 100m))]);
            decimal amount = Math.Min(off / 100m, basket.Amount);
            PricedIncentive priced = Price(OfferTerms.CashOff(off / 100m), basket: basket);
            return priced.LineDiscounts.Zip(basket.Lines, (discount, line) => Math.Abs(discount - (amount * line.Amount / basket.Amount))).All(error => error < 0.0100001m);
        }).Holds();

    private static bool Aims(OfferTarget target, Item item) => target.Kind switch
    {
        OfferTargetKind.Item => target.ItemId == item.Id,
        OfferTargetKind.Category => item.Categories.Contains(target.Name),
        OfferTargetKind.Brand => item.Brand == target.Name,
        _ => true,
    };

    private static PricedIncentive Price(
        OfferTerms terms, OfferTarget[]? targets = null, Basket? basket = null, decimal? minimum = null, OfferRules? rules = null, OfferLimitOptions? options = null)
    {
        var offer = new Offer { Id = "offer", Terms = terms, Targets = targets ?? [OfferTarget.WholeShop], MinimumSpend = minimum };
        BasketPricing pricing = OfferScenario.Limits(options, ("offer", rules ?? OfferRules.None)).Price(basket ?? TwoTeasAMugAndAPot, [offer]);
        PricedIncentive priced = Assert.Single(pricing.Incentives);
        Assert.Equal(pricing.After, priced.After);
        return priced;
    }
}
