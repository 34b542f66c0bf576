using PromoRec.Push;
using PromoRec.Push.Ledger;
using PromoRec.Push.Offers;
using PromoRec.Push.Offers.Areas;
using PromoRec.Push.Offers.Budgets;
using PromoRec.Push.Offers.Pricing;
using PromoRec.Push.Offers.Redemption;

namespace PromoRec.Tests.Push.Offers;

/// <summary>The example of docs/guide/offer-limits.md, with its numbers.</summary>
public class OfferLimitsGuideTests
{
    [Fact]
    public async Task The_example_of_the_guide_comes_out_as_it_says()
    {
        var darjeeling = new Item { Id = "darjeeling", Categories = ["tea"] };
        RedemptionShop shop = new();
        shop.Rules.Set("tea", new OfferRules
        {
            Areas = [GeoArea.Circle(new GeoPoint(52.52, 13.405), radius: 20_000)],
            Budgets =
            [
                new OfferBudget(BudgetMeasure.DiscountValue, 25) { Overdraft = 5 },
                new OfferBudget(BudgetMeasure.Redemptions, 1) { Holder = BudgetHolder.Customer },
            ],
        });
        var tea = new Offer { Id = "tea", Terms = OfferTerms.PercentOff(10), Targets = [OfferTarget.Category("tea")] };
        var five = new Offer { Id = "five", Terms = OfferTerms.CashOff(5), MinimumSpend = 50 };
        var cart = new RedemptionRequest
        {
            Key = "cart-81",
            Customer = new PushCustomer { UserId = "ann", Location = new GeoPoint(52.53, 13.40) },
            Basket = OfferScenario.Basket((darjeeling, 2, 80m), (OfferScenario.Mug, 1, 40m)),
            Offers = [new CartOffer(tea), new CartOffer(five)],
        };

        RedemptionResult held = await shop.Reserve(cart);
        PricedIncentive[] priced = [.. held.Pricing!.Incentives];
        Assert.Equal(["five", "tea"], priced.Select(each => each.Offer.ToString()));
        Assert.Equal((200m, 200m, 195m, 5m), (priced[0].Initial, priced[0].Current, priced[0].After, priced[0].Discount));
        Assert.Equal([4m, 1m], priced[0].LineDiscounts);
        Assert.Equal((200m, 195m, 179.40m, 15.60m), (priced[1].Initial, priced[1].Current, priced[1].After, priced[1].Discount));
        Assert.Equal(OfferScenario.Noon.AddMinutes(15), held.HeldUntil);

        RedemptionRequest bob = cart with
        {
            Customer = cart.Customer with { UserId = "bob" },
            Basket = OfferScenario.Basket((darjeeling, 1, 100m)),
            Offers = [new CartOffer(tea)],
        };
        RedemptionResult refused = await shop.Reserve(bob);
        Assert.Equal(OfferConstraints.BudgetExhausted, refused.Failed);
        Assert.Equal((15.60m, 25m), (refused.Refusals[0].Taken, refused.Refusals[0].Limit));
        RedemptionResult overdrawn = await shop.Reserve(RedemptionShop.Shown(bob));
        Assert.Equal(0.60m, Assert.Single(overdrawn.Overdrafts).Amount);
        await shop.Redemptions.ReleaseAsync("bob", bob.Key, TestContext.Current.CancellationToken);

        RedemptionRequest three = cart with { Basket = OfferScenario.Basket((darjeeling, 3, 80m), (OfferScenario.Mug, 1, 40m)) };
        Assert.Equal(23.57m, (await shop.Reserve(three)).Pricing!.Incentives[1].Discount);
        Assert.Equal(RedemptionStatus.Committed, (await shop.Commit(three)).Status);
        Assert.Equal(SettlementStatus.Done, await shop.Refund("cart-81", new RefundRequest { RefundKey = "pot", Share = 1 / 3m }));
        Assert.Equal([15.7134m, 1m], await shop.Taken(tea, cart.Customer));
    }
}
