using PromoRec.Push.Ledger;
using PromoRec.Push.Offers;
using PromoRec.Push.Offers.Budgets;
using PromoRec.Push.Offers.Pricing;
using PromoRec.Push.Offers.Redemption;
using static PromoRec.Tests.Push.Offers.RedemptionShop;

namespace PromoRec.Tests.Push.Offers;

public class RedemptionExactnessTests
{
    private static readonly Offer Tenth = OfferScenario.Tenth;

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(50)]
    public async Task Sixty_four_tasks_redeem_exactly_as_often_as_there_is(int limit)
    {
        RedemptionShop shop = new();
        Offer offer = Tenth with { Budget = limit };
        int[] committed = await Task.WhenAll(Enumerable.Range(0, 64).Select(task => Task.Run(async () =>
        {
            int count = 0;
            for (int i = 0; i < 20; i++)
            {
                // Half of them reserve first.
                RedemptionRequest cart = By($"customer {task}", Cart($"cart {i}", 100, offer));
                count += (i % 2 == 0 || (await shop.Reserve(cart)).Status == RedemptionStatus.Reserved) && (await shop.Commit(cart)).Status == RedemptionStatus.Committed ? 1 : 0;
            }

            return count;
        })));

        Assert.Equal(limit, committed.Sum());
        Assert.Equal([limit], await shop.Taken(offer));
    }

    [Fact]
    public async Task Whatever_happens_at_once_no_budget_is_exceeded_and_none_is_lost()
    {
        const decimal Limit = 500;
        RedemptionShop shop = new(("tenth", new OfferRules
        {
            Budgets = [new OfferBudget(BudgetMeasure.DiscountValue, Limit), new OfferBudget(BudgetMeasure.Redemptions, 3) { Holder = BudgetHolder.Customer }],
        }));
        decimal[] kept = await Task.WhenAll(Enumerable.Range(0, 64).Select(task => Task.Run(async () =>
        {
            var random = new Random(task);
            decimal given = 0;
            UserId user = $"customer {task % 16}";
            for (int i = 0; i < 20; i++)
            {
                RedemptionRequest cart = By(user, Cart($"cart {task} {i}", random.Next(10, 1000) / 10m, Tenth));
                RedemptionResult held = await shop.Reserve(cart);
                Assert.True((await shop.Taken(Tenth))[0] <= Limit);
                switch (random.Next(4))
                {
                    case 0 when held.Status == RedemptionStatus.Reserved:
                        Assert.Equal(SettlementStatus.Done, await shop.Redemptions.ReleaseAsync(user, cart.Key, TestContext.Current.CancellationToken));
                        break;
                    case 1 when held.Status == RedemptionStatus.Reserved:
                        Assert.Equal(RedemptionStatus.Committed, (await shop.Commit(cart)).Status);
                        Assert.Equal(
                            SettlementStatus.Done, await shop.Redemptions.RefundAsync(user, cart.Key, new RefundRequest { RefundKey = "r", RestoreUse = true }, TestContext.Current.CancellationToken));
                        break;
                    case 2:
                        // Another basket in the last moment: what is committed is what it takes.
                        RedemptionRequest other = cart with { Basket = OfferScenario.Basket((OfferScenario.Tea, 1, random.Next(10, 1000) / 10m)) };
                        RedemptionResult ordered = await shop.Commit(other);
                        if (ordered.Status == RedemptionStatus.Committed)
                        {
                            given += (ordered.Pricing ?? held.Pricing)!.Discount;
                        }
                        else
                        {
                            await shop.Redemptions.ReleaseAsync(user, cart.Key, TestContext.Current.CancellationToken);
                        }

                        break;
                    default:
                        given += held.Status == RedemptionStatus.Reserved && (await shop.Commit(cart)).Status == RedemptionStatus.Committed ? held.Pricing!.Discount : 0;
                        break;
                }
            }

            return given;
        })));

        Assert.Equal(kept.Sum(), (await shop.Taken(Tenth))[0]);
        Assert.True(kept.Sum() is > 100 and <= Limit);
    }

    [Fact]
    public async Task Overdrafts_are_never_exceeded_and_each_is_reported()
    {
        RedemptionShop shop = new(("tenth", new OfferRules { Budgets = [new OfferBudget(BudgetMeasure.Redemptions, 20) { Overdraft = 5 }] }));
        RedemptionResult[] results = await Task.WhenAll(Enumerable.Range(0, 64).Select(task => Task.Run(async () =>
        {
            RedemptionRequest cart = By(task, Cart("cart", 100, Tenth));
            return await shop.Commit(task % 2 == 0 ? Shown(cart) : cart);
        })));

        int committed = results.Count(result => result.Status == RedemptionStatus.Committed);
        Assert.InRange(committed, 20, 25);
        Assert.Equal(committed - 20, results.Count(result => !result.Overdrafts.IsEmpty));
        Assert.All(results.Where((_, task) => task % 2 == 1), result => Assert.Empty(result.Overdrafts));
    }

    [Fact]
    public async Task A_long_history_of_one_shop_leaves_its_budgets_as_a_plain_list_has_them()
    {
        for (int seed = 0; seed < 12; seed++)
        {
            await PlayAsync(new Random(seed));
        }
    }

    private static async Task PlayAsync(Random random)
    {
        Offer five = new() { Id = "five", Terms = OfferTerms.CashOff(5), Budget = 12 };
        RedemptionShop shop = new(
            ("tenth", new OfferRules { Campaign = "c", Budgets = [new(BudgetMeasure.DiscountValue, 60), new(BudgetMeasure.OrderValue, 900) { Pool = BudgetPool.Campaign }] }),
            ("five", new OfferRules { Campaign = "c", Budgets = [new(BudgetMeasure.OrderValue, 900) { Pool = BudgetPool.Campaign }] }));
        Dictionary<string, Held> carts = [];
        for (int step = 0; step < 150; step++)
        {
            shop.Time.Now = shop.Time.Now.AddMinutes(random.Next(8));
            foreach (string gone in carts.Where(each => !each.Value.IsOrdered && each.Value.Until <= shop.Time.Now).Select(each => each.Key).ToArray())
            {
                carts.Remove(gone);
            }

            string key = $"cart {random.Next(6)}";
            RedemptionRequest cart = Cart(key, random.Next(1, 4) * 50, random.Next(3) switch { 0 => [Tenth], 1 => [five], _ => [Tenth, five] });
            Held? before = carts.GetValueOrDefault(key);
            switch (random.Next(5))
            {
                case 0:
                    SettlementStatus released = await shop.Redemptions.ReleaseAsync("ann", key, TestContext.Current.CancellationToken);
                    Assert.Equal(before is null ? SettlementStatus.NotFound : before.IsOrdered ? SettlementStatus.Conflict : SettlementStatus.Done, released);
                    _ = released == SettlementStatus.Done && carts.Remove(key);
                    break;
                case 1 when before is { IsOrdered: true }:
                    Assert.Equal(SettlementStatus.Done, await shop.Refund(key, new RefundRequest { RefundKey = $"{step}", RestoreUse = true }));
                    carts[key] = before with { Tenth = 0, Five = 0, Order = 0 };
                    break;
                case 2:
                    RedemptionResult ordered = await shop.Commit(before is not null && random.Next(2) == 0 ? before.Cart : cart);
                    if (ordered is { Status: RedemptionStatus.Committed, Pricing: { } pricing })
                    {
                        carts[key] = Held.Of(cart, pricing, null);
                    }
                    else if (ordered.Status == RedemptionStatus.Committed)
                    {
                        carts[key] = before! with { IsOrdered = true };
                    }

                    break;
                default:
                    RedemptionResult held = await shop.Reserve(cart);
                    if (held is { Status: RedemptionStatus.Reserved, Pricing: { } reserved })
                    {
                        Assert.False(before is { IsOrdered: true });
                        carts[key] = Held.Of(cart, reserved, held.HeldUntil);
                    }

                    break;
            }

            decimal[] tenth = await shop.Taken(Tenth);
            decimal[] uses = await shop.Taken(five);
            Assert.Equal([carts.Values.Sum(each => each.Tenth), carts.Values.Sum(each => each.Order), carts.Values.Sum(each => each.Five)], [tenth[0], tenth[1], uses[0]]);
            Assert.True(tenth[0] <= 60 && tenth[1] <= 900 && uses[0] <= 12);
        }
    }

    private sealed record Held(RedemptionRequest Cart, decimal Tenth, decimal Five, decimal Order, DateTimeOffset? Until, bool IsOrdered)
    {
        public static Held Of(RedemptionRequest cart, BasketPricing pricing, DateTimeOffset? until)
        {
            PricedIncentive[] applied = [.. pricing.Incentives.Where(each => each.IsApplied)];
            return new Held(
                cart, applied.Where(each => each.Offer == "tenth").Sum(each => each.Discount), applied.Count(each => each.Offer == "five"), applied.Sum(each => each.Initial), until, until is null);
        }
    }
}
