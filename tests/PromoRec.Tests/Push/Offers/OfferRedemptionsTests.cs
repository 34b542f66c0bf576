using PromoRec.Push;
using PromoRec.Push.Ledger;
using PromoRec.Push.Offers;
using PromoRec.Push.Offers.Budgets;
using PromoRec.Push.Offers.Pricing;
using PromoRec.Push.Offers.Redemption;
using static PromoRec.Tests.Push.Offers.RedemptionShop;

namespace PromoRec.Tests.Push.Offers;

public class OfferRedemptionsTests
{
    private static readonly Offer Tenth = OfferScenario.Tenth;
    private static readonly Offer Five = new() { Id = "five", Terms = OfferTerms.CashOff(5) };

    private static readonly OfferBudget Uses = new(BudgetMeasure.Redemptions, 2);
    private static readonly OfferBudget Discounts = new(BudgetMeasure.DiscountValue, 25);
    private static readonly OfferBudget Orders = new(BudgetMeasure.OrderValue, 250);
    private static readonly OfferBudget OncePerCustomer = new(BudgetMeasure.Redemptions, 1) { Holder = BudgetHolder.Customer };

    [Fact]
    public async Task A_cart_holds_uses_discounts_and_orders_and_an_order_keeps_them()
    {
        RedemptionShop shop = new(("tenth", With(Uses, Discounts, Orders)));
        RedemptionResult held = await shop.Reserve(Cart("c", 99.95m, Tenth));
        Assert.Equal((RedemptionStatus.Reserved, OfferScenario.Noon.AddMinutes(15)), (held.Status, held.HeldUntil));
        Assert.Equal(10m, held.Pricing!.Discount);
        Assert.Equal([1m, 10m, 99.95m], await shop.Taken(Tenth));

        RedemptionResult ordered = await shop.Commit(Cart("c", 99.95m, Tenth));
        Assert.Equal((RedemptionStatus.Committed, null, null), (ordered.Status, ordered.HeldUntil, ordered.Pricing));
        shop.Time.Now = shop.Time.Now.AddDays(1);
        Assert.Equal([1m, 10m, 99.95m], await shop.Taken(Tenth));
    }

    [Fact]
    public async Task A_cart_that_changes_replaces_what_it_held()
    {
        RedemptionShop shop = new(("tenth", With(Discounts, OncePerCustomer)));
        await shop.Reserve(Cart("c", 100, Tenth));

        // 10 and 20 would be too much of 25, and two uses too many; 20 in the stead of 10 are not.
        Assert.Equal(RedemptionStatus.Reserved, (await shop.Reserve(Cart("c", 200, Tenth))).Status);
        Assert.Equal([20m, 1m], await shop.Taken(Tenth));

        RedemptionResult tooMuch = await shop.Reserve(Cart("c", 260, Tenth));
        Assert.Equal((RedemptionStatus.Refused, OfferConstraints.BudgetExhausted), (tooMuch.Status, tooMuch.Failed));
        Assert.Equal([20m, 1m], await shop.Taken(Tenth));
        Assert.Equal(RedemptionStatus.Committed, (await shop.Commit(Cart("c", 200, Tenth))).Status);
    }

    [Fact]
    public async Task A_cart_that_is_not_ordered_gives_back_what_it_held_when_its_time_ends()
    {
        RedemptionShop shop = new(("five", With(new OfferBudget(BudgetMeasure.Redemptions, 1))));
        await shop.Reserve(Cart("c", 100, Five));
        Assert.Equal(RedemptionStatus.Refused, (await shop.Reserve(By("bob", Cart("c", 100, Five)))).Status);
        shop.Time.Now = shop.Time.Now.AddMinutes(15);
        Assert.Equal(RedemptionStatus.Reserved, (await shop.Reserve(By("bob", Cart("c", 100, Five)))).Status);

        // The order that comes too late takes what is left, which is nothing now; after the other cart has let go it is something.
        Assert.Equal(RedemptionStatus.Refused, (await shop.Commit(Cart("c", 100, Five))).Status);
        Assert.Equal(SettlementStatus.Done, await shop.Redemptions.ReleaseAsync("bob", "c", TestContext.Current.CancellationToken));
        RedemptionResult late = await shop.Commit(Cart("c", 100, Five));
        Assert.Equal((RedemptionStatus.Committed, 5m), (late.Status, late.Pricing!.Discount));
        Assert.Equal([1m], await shop.Taken(Five));
    }

    [Fact]
    public async Task An_order_that_was_reserved_as_it_is_stands_even_if_the_offer_has_ended()
    {
        Offer ending = Five with { ValidTo = OfferScenario.Noon.AddMinutes(5), Budget = 1 };
        RedemptionShop shop = new();
        await shop.Reserve(Cart("c", 100, ending));
        await shop.Reserve(By("bob", Cart("d", 100, Five with { Id = "other", ValidTo = ending.ValidTo })));
        shop.Time.Now = shop.Time.Now.AddMinutes(10);
        shop.Rules.Set("five", new OfferRules { IsDisabled = true });

        // Changed, it is looked at again.
        RedemptionResult changed = await shop.Commit(Cart("c", 101, ending));
        Assert.Equal((RedemptionStatus.Refused, OfferConstraints.Expired | OfferConstraints.Disabled), (changed.Status, changed.Failed));
        Assert.Equal(RedemptionStatus.Committed, (await shop.Commit(Cart("c", 100, ending))).Status);
    }

    [Fact]
    public async Task An_order_that_changed_takes_what_it_needs_now()
    {
        RedemptionShop shop = new(("tenth", With(Discounts)));
        await shop.Reserve(Cart("c", 100, Tenth));
        RedemptionResult ordered = await shop.Commit(Cart("c", 250, Tenth));
        Assert.Equal((RedemptionStatus.Committed, 25m), (ordered.Status, ordered.Pricing!.Discount));
        Assert.Equal([25m], await shop.Taken(Tenth));
    }

    [Fact]
    public async Task Placing_an_order_twice_changes_nothing_and_another_order_of_the_same_name_is_in_conflict()
    {
        RedemptionShop shop = new(("tenth", With(Uses)));
        await shop.Commit(Cart("c", 100, Tenth));
        Assert.Equal(RedemptionStatus.Committed, (await shop.Commit(Cart("c", 100, Tenth))).Status);
        Assert.Equal(RedemptionStatus.Conflict, (await shop.Commit(Cart("c", 101, Tenth))).Status);
        Assert.Equal(RedemptionStatus.Conflict, (await shop.Reserve(Cart("c", 101, Tenth))).Status);
        Assert.Equal(RedemptionStatus.Committed, (await shop.Reserve(Cart("c", 100, Tenth))).Status);
        Assert.Equal([1m], await shop.Taken(Tenth));

        // After thirty days and the next order the ledger knows the name of the order and no longer what was in it.
        shop.Time.Now = shop.Time.Now.AddDays(31);
        Assert.Equal(RedemptionStatus.Conflict, (await shop.Commit(Cart("c", 101, Tenth))).Status);
        await shop.Commit(Cart("next", 100, Tenth));
        Assert.Equal(RedemptionStatus.Committed, (await shop.Commit(Cart("c", 101, Tenth))).Status);
        Assert.Equal([2m], await shop.Taken(Tenth));
    }

    [Fact]
    public async Task What_needs_a_reservation_cannot_be_ordered_without_one()
    {
        RedemptionShop shop = new(("tenth", new OfferRules { ReservationRequired = true }));
        Assert.Equal(OfferConstraints.ReservationRequired, (await shop.Commit(Cart("c", 100, Tenth))).Failed);
        await shop.Reserve(Cart("c", 100, Tenth));
        Assert.Equal(RedemptionStatus.Committed, (await shop.Commit(Cart("c", 100, Tenth))).Status);
        await shop.Reserve(Cart("late", 100, Tenth));
        shop.Time.Now = shop.Time.Now.AddMinutes(15);
        Assert.Equal(OfferConstraints.ReservationRequired, (await shop.Commit(Cart("late", 100, Tenth))).Failed);
    }

    [Fact]
    public async Task The_order_in_which_goods_stand_in_a_cart_makes_no_other_order_of_it()
    {
        RedemptionShop shop = new(("tenth", new OfferRules { ReservationRequired = true }));
        RedemptionRequest cart = Cart("c", 100, Tenth);
        Basket goods = OfferScenario.Basket((OfferScenario.Tea, 1, 10), (OfferScenario.Mug, 2, 5));
        await shop.Reserve(cart with { Basket = goods });

        Assert.Equal(RedemptionStatus.Committed, (await shop.Commit(cart with { Basket = goods with { Lines = [.. goods.Lines.Reverse()] } })).Status);
    }

    [Fact]
    public async Task Every_constraint_and_every_budget_that_fails_is_named()
    {
        OfferRules rules = With(Discounts, Orders, new OfferBudget(BudgetMeasure.Redemptions, 1) { Holder = BudgetHolder.Customer, Period = BudgetPeriod.Day });
        RedemptionShop shop = new(("tenth", rules));
        await shop.Commit(Cart("first", 200, Tenth));

        RedemptionResult refused = await shop.Reserve(Cart("c", 100, Tenth));
        Assert.Equal((RedemptionStatus.Refused, OfferConstraints.BudgetExhausted | OfferConstraints.UserLimit), (refused.Status, refused.Failed));
        Assert.Equal(
            [
                new BudgetRefusal("tenth", Discounts, 20, 25),
                new BudgetRefusal("tenth", Orders, 200, 250),
                new BudgetRefusal("tenth", rules.Budgets[2], 1, 1),
            ],
            refused.Refusals);

        shop.Rules.Set("tenth", rules with { Recipients = ["bob"], FloorAfter = 95 });
        Assert.Equal(
            OfferConstraints.RecipientMismatch | OfferConstraints.SegmentMismatch | OfferConstraints.BelowMinimum,
            (await shop.Reserve(Cart("c", 100, Tenth with { Segments = ["vip"] }))).Failed);
    }

    [Fact]
    public async Task A_cart_goes_on_without_the_offer_whose_budget_is_used_up_or_not_at_all()
    {
        RedemptionShop shop = new(("tenth", With(new OfferBudget(BudgetMeasure.DiscountValue, 5))));
        RedemptionResult partial = await shop.Reserve(Cart("c", 100, Tenth, Five));
        Assert.Equal((RedemptionStatus.Reserved, 95m), (partial.Status, partial.Pricing!.After));
        Assert.Equal([OfferConstraints.None, OfferConstraints.BudgetExhausted], partial.Pricing.Incentives.Select(each => each.Failed));
        Assert.Equal("tenth", Assert.Single(partial.Refusals).Offer.ToString());
        Assert.Equal([0m], await shop.Taken(Tenth));

        RedemptionResult whole = await shop.Reserve(Cart("d", 100, Tenth, Five) with { Method = StackingMethod.AllOrNothing });
        Assert.Equal((RedemptionStatus.Refused, 100m), (whole.Status, whole.Pricing!.After));
        Assert.Equal([OfferConstraints.Excluded, OfferConstraints.BudgetExhausted], whole.Pricing.Incentives.Select(each => each.Failed));
    }

    [Fact]
    public async Task Of_a_list_the_next_offer_comes_when_the_first_is_used_up()
    {
        OfferLimitOptions options = OfferScenario.Options;
        options.Groups.Add(new StackingGroup("list", StackingMode.ListOrder));
        RedemptionShop shop = new(options, ("tenth", new OfferRules { Group = "list" }), ("five", new OfferRules { Group = "list", Order = 1 }));
        Offer once = Tenth with { Budget = 1 };
        Assert.Equal(10m, (await shop.Commit(Cart("first", 100, once, Five))).Pricing!.Discount);

        RedemptionResult second = await shop.Commit(Cart("second", 100, once, Five));
        Assert.Equal([(OfferConstraints.BudgetExhausted, 0m), (OfferConstraints.None, 5m)], second.Pricing!.Incentives.Select(each => (each.Failed, each.Discount)));
    }

    [Fact]
    public async Task Offers_of_one_campaign_share_its_budget()
    {
        OfferBudget shared = new(BudgetMeasure.DiscountValue, 12) { Pool = BudgetPool.Campaign };
        RedemptionShop shop = new(("tenth", With(shared) with { Campaign = "autumn" }), ("five", With(shared) with { Campaign = "autumn" }));

        // 5 and 9.50 are too much together: the later of the two gives way.
        RedemptionResult held = await shop.Reserve(Cart("c", 100, Tenth, Five));
        Assert.Equal([5m, 0m], held.Pricing!.Incentives.Select(each => each.Discount));
        Assert.Equal([5m], await shop.Taken(Tenth));
        Assert.Equal(12m, (await shop.Reserve(Cart("c", 70, Tenth, Five))).Pricing!.Discount + 0.5m);
    }

    [Fact]
    public async Task Where_offers_of_a_campaign_state_several_limits_the_lowest_of_a_cart_holds()
    {
        OfferRules High(decimal limit) => With(new OfferBudget(BudgetMeasure.DiscountValue, limit) { Pool = BudgetPool.Campaign }) with { Campaign = "autumn" };
        foreach ((decimal five, decimal tenth) in ((decimal, decimal)[])[(12, 100), (100, 12)])
        {
            RedemptionShop shop = new(("tenth", High(tenth)), ("five", High(five)));
            Assert.Equal(5m, (await shop.Reserve(Cart("c", 100, Tenth, Five))).Pricing!.Discount);
        }
    }

    [Fact]
    public async Task A_day_starts_anew_at_midnight_in_the_shop()
    {
        RedemptionShop shop = new(("five", With(new OfferBudget(BudgetMeasure.Redemptions, 1) { Period = BudgetPeriod.Day })));
        shop.Time.Now = OfferScenario.Utc("2026-11-03T22:59:00Z");
        Assert.Equal(RedemptionStatus.Committed, (await shop.Commit(Cart("a", 100, Five))).Status);
        Assert.Equal(RedemptionStatus.Refused, (await shop.Commit(Cart("b", 100, Five))).Status);
        shop.Time.Now = OfferScenario.Utc("2026-11-03T23:00:00Z");
        Assert.Equal(RedemptionStatus.Committed, (await shop.Commit(Cart("b", 100, Five))).Status);
    }

    [Fact]
    public async Task An_overdraft_is_for_customers_who_were_shown_the_offer_and_is_reported()
    {
        OfferBudget budget = new(BudgetMeasure.Redemptions, 1) { Overdraft = 2 };
        RedemptionShop shop = new(("five", With(budget)));
        Assert.Empty((await shop.Commit(Shown(Cart("1", 100, Five)))).Overdrafts);
        Assert.Equal(RedemptionStatus.Refused, (await shop.Commit(Cart("2", 100, Five))).Status);

        Assert.Equal(new BudgetOverdraft("five", budget, 1), Assert.Single((await shop.Commit(Shown(Cart("2", 100, Five)))).Overdrafts));
        Assert.Equal(new BudgetOverdraft("five", budget, 2), Assert.Single((await shop.Commit(Shown(Cart("3", 100, Five)))).Overdrafts));
        RedemptionResult over = await shop.Commit(Shown(Cart("4", 100, Five)));
        Assert.Equal((RedemptionStatus.Refused, new BudgetRefusal("five", budget, 3, 3)), (over.Status, Assert.Single(over.Refusals)));

        BudgetStatus status = Assert.Single(await shop.Redemptions.ReadBudgetsAsync(Five, OfferScenario.Ann, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal((3m, 0m, 2m), (status.Taken, status.Left, status.Overdrawn));
    }

    [Fact]
    public async Task An_overdraft_of_one_offer_is_used_although_another_one_fails()
    {
        RedemptionShop shop = new(("five", With(new OfferBudget(BudgetMeasure.Redemptions, 1) { Overdraft = 1 })), ("tenth", With(new OfferBudget(BudgetMeasure.Redemptions, 1))));
        await shop.Commit(Shown(Cart("1", 100, Tenth, Five)));
        RedemptionResult second = await shop.Commit(Shown(Cart("2", 100, Tenth, Five)));
        Assert.Equal(["five"], second.Pricing!.Incentives.Where(each => each.IsApplied).Select(each => each.Offer.ToString()));
        Assert.Equal("five", Assert.Single(second.Overdrafts).Offer.ToString());
        Assert.Equal("tenth", Assert.Single(second.Refusals).Offer.ToString());
    }

    [Fact]
    public async Task A_guest_is_bound_by_identifiers_and_never_unlimited()
    {
        RedemptionShop shop = new(("five", With(OncePerCustomer)));
        RedemptionRequest Guest(string user, string key, params string[] cards) =>
            Cart(key, 100, Five) with { Customer = new PushCustomer { UserId = user, IsGuest = true, Identifiers = [.. cards.Select(card => KeyValuePair.Create("card", card))] } };

        Assert.Equal(OfferConstraints.IdentifierRequired, (await shop.Commit(Guest("g1", "a"))).Failed);
        Assert.Equal(RedemptionStatus.Committed, (await shop.Commit(Guest("g1", "a", "4711", "4712"))).Status);
        Assert.Equal(OfferConstraints.IdentifierLimit, (await shop.Commit(Guest("g2", "b", "4712"))).Failed);
        Assert.Equal(RedemptionStatus.Committed, (await shop.Commit(Guest("g2", "b", "4713"))).Status);
        Assert.Equal(RedemptionStatus.Committed, (await shop.Commit(Cart("c", 100, Five))).Status);
        Assert.Equal(OfferConstraints.UserLimit, (await shop.Commit(Cart("d", 100, Five))).Failed);
    }

    [Fact]
    public async Task Stores_and_sessions_have_budgets_of_their_own()
    {
        RedemptionShop shop = new(("five", With(new OfferBudget(BudgetMeasure.Redemptions, 2) { Holder = BudgetHolder.Store }, new OfferBudget(BudgetMeasure.Redemptions, 1) { Holder = BudgetHolder.Session })));
        RedemptionRequest In(string key, string? store, string? session) => Cart(key, 100, Five) with { Basket = Cart(key, 100, Five).Basket with { Store = store, Session = session } };

        Assert.Equal(OfferConstraints.IdentifierRequired, (await shop.Commit(In("a", null, "s"))).Failed);
        Assert.Equal(OfferConstraints.IdentifierRequired, (await shop.Commit(In("a", "mitte", null))).Failed);
        Assert.Equal(RedemptionStatus.Committed, (await shop.Commit(In("a", "mitte", "s1"))).Status);
        Assert.Equal(OfferConstraints.UserLimit, (await shop.Commit(In("b", "mitte", "s1"))).Failed);
        Assert.Equal(RedemptionStatus.Committed, (await shop.Commit(In("b", "mitte", "s2"))).Status);
        Assert.Equal(OfferConstraints.BudgetExhausted, (await shop.Commit(In("c", "mitte", "s3"))).Failed);
        Assert.Equal(RedemptionStatus.Committed, (await shop.Commit(In("c", "wedding", "s3"))).Status);
    }

    [Fact]
    public async Task A_refund_gives_money_back_in_proportion_and_the_use_only_on_demand()
    {
        RedemptionShop shop = new(("tenth", With(Uses, Discounts, Orders, OncePerCustomer)));
        await shop.Commit(Cart("c", 100, Tenth));
        Assert.Equal(SettlementStatus.Done, await shop.Refund("c", new RefundRequest { RefundKey = "r1", Share = 0.25m }));
        Assert.Equal([1m, 7.5m, 75m, 1m], await shop.Taken(Tenth));
        Assert.Equal(SettlementStatus.AlreadyDone, await shop.Refund("c", new RefundRequest { RefundKey = "r1", Share = 0.25m }));
        Assert.Equal([1m, 7.5m, 75m, 1m], await shop.Taken(Tenth));
        Assert.Equal(OfferConstraints.UserLimit, (await shop.Commit(Cart("d", 100, Tenth))).Failed);

        Assert.Equal(SettlementStatus.Done, await shop.Refund("c", new RefundRequest { RefundKey = "r2", RestoreUse = true }));
        Assert.Equal([0m, 0m, 0m, 0m], await shop.Taken(Tenth));
        Assert.Equal(RedemptionStatus.Committed, (await shop.Commit(Cart("d", 100, Tenth))).Status);
    }

    [Fact]
    public async Task Only_an_order_can_be_refunded_and_only_a_cart_released()
    {
        RedemptionShop shop = new(("tenth", With(Uses)));
        Assert.Equal(SettlementStatus.NotFound, await shop.Refund("c", new RefundRequest { RefundKey = "r" }));
        await shop.Reserve(Cart("c", 100, Tenth));
        Assert.Equal(SettlementStatus.Conflict, await shop.Refund("c", new RefundRequest { RefundKey = "r" }));
        await shop.Commit(Cart("c", 100, Tenth));
        Assert.Equal(SettlementStatus.Conflict, await shop.Redemptions.ReleaseAsync("ann", "c", TestContext.Current.CancellationToken));
        Assert.Equal([1m], await shop.Taken(Tenth));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RefundRequest { RefundKey = "r", Share = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new RefundRequest { RefundKey = "r", Share = 1.1m });
    }

    [Fact]
    public async Task Whoever_does_not_want_to_be_written_to_may_still_buy()
    {
        RedemptionShop shop = new(("tenth", With(Uses)));
        await shop.Reserve(Cart("c", 100, Tenth));
        await shop.Ledger.CancelAsync(new Cancellation("ann", 7, [PushLabels.Promotional]), TestContext.Current.CancellationToken);
        Assert.Equal(RedemptionStatus.Committed, (await shop.Commit(Cart("c", 100, Tenth))).Status);
        Assert.Equal(RedemptionStatus.Committed, (await shop.Commit(Cart("d", 100, Tenth))).Status);
    }

    [Fact]
    public async Task Nothing_is_held_for_who_was_erased()
    {
        RedemptionShop shop = new(("tenth", With(Uses)));
        await shop.Ledger.ForgetAsync("ann", TestContext.Current.CancellationToken);
        Assert.Equal(RedemptionStatus.Erased, (await shop.Reserve(Cart("c", 100, Tenth))).Status);
        Assert.Equal(RedemptionStatus.Erased, (await shop.Commit(Cart("c", 100, Tenth))).Status);
    }

    [Fact]
    public async Task More_budgets_than_a_ledger_takes_from_at_once_cost_the_last_offers()
    {
        OfferRules three = With(
            new OfferBudget(BudgetMeasure.Redemptions, 9), new OfferBudget(BudgetMeasure.DiscountValue, 9), new OfferBudget(BudgetMeasure.OrderValue, 900));
        (OfferId, OfferRules)[] rules = [.. Enumerable.Range(10, 30).Select(i => ((OfferId)$"o{i}", three))];
        RedemptionShop shop = new(rules);
        RedemptionResult held = await shop.Reserve(Cart("c", 100, [.. rules.Select(each => new Offer { Id = each.Item1, Terms = OfferTerms.CashOff(1) })]));

        // 21 offers with three budgets each are 63 of 64.
        Assert.Equal(RedemptionStatus.Reserved, held.Status);
        Assert.Equal(21, held.Pricing!.Incentives.TakeWhile(each => each.IsApplied).Count());
        Assert.All(held.Pricing.Incentives.Skip(21), each => Assert.Equal(OfferConstraints.Excluded, each.Failed));
    }

    [Fact]
    public async Task Hours_go_by_the_zone_of_the_customer()
    {
        var hours = new PromoRec.Push.Offers.Hours.OfferHours
        {
            Zone = PromoRec.Push.Offers.Hours.HoursZone.Customer,
            Week = [new(DayOfWeek.Tuesday, new TimeOnly(7, 0), new TimeOnly(8, 0))],
        };
        RedemptionShop shop = new(("five", new OfferRules { Hours = hours }));
        RedemptionRequest In(string? device, string? profile) => Cart("c", 100, Five) with { Customer = new PushCustomer { UserId = "ann", DeviceZone = device, ProfileZone = profile } };

        Assert.Equal(RedemptionStatus.Reserved, (await shop.Reserve(In(null, "America/New_York"))).Status);
        Assert.Equal(RedemptionStatus.Reserved, (await shop.Reserve(In("America/New_York", "Europe/Berlin"))).Status);
        Assert.Equal(OfferConstraints.OutsideHours, (await shop.Reserve(In("Europe/Berlin", "America/New_York"))).Failed);
        Assert.Equal(OfferConstraints.OutsideHours, (await shop.Reserve(In(null, null))).Failed);

        var zones = new PromoRec.Push.Calendar.ZoneOptions { Unknown = PromoRec.Push.Calendar.UnknownZonePolicy.FallbackZone, FallbackZone = "America/New_York" };
        var redemptions = new OfferRedemptions(shop.Limits, shop.Ledger, shop.Time, zones);
        Assert.Equal(RedemptionStatus.Reserved, (await redemptions.ReserveAsync(In(null, null), TestContext.Current.CancellationToken)).Status);
    }

    [Fact]
    public async Task The_largest_basket_fits_into_the_numbers_of_a_ledger()
    {
        OfferRules shared = With(new OfferBudget(BudgetMeasure.OrderValue, 30_000_000_000_000) { Pool = BudgetPool.Campaign }) with { Campaign = "big" };
        (OfferId, OfferRules)[] rules = [.. Enumerable.Range(10, 30).Select(i => ((OfferId)$"o{i}", shared))];
        RedemptionShop shop = new(rules);
        RedemptionRequest cart = Cart("c", 1, [.. rules.Select(each => new Offer { Id = each.Item1, Terms = OfferTerms.CashOff(0.0001m) })]);
        cart = cart with { Basket = OfferScenario.Basket((OfferScenario.Tea, 1000, 1_000_000_000)) };

        Assert.Equal(RedemptionStatus.Committed, (await shop.Commit(cart)).Status);
        Assert.Equal([30_000_000_000_000m], await shop.Taken(new Offer { Id = "o10", Terms = OfferTerms.CashOff(1) }));
        Assert.Equal(OfferConstraints.BudgetExhausted, (await shop.Commit(cart with { Key = "d" })).Failed);
    }

    [Fact]
    public void A_cart_needs_a_name_and_an_offer_and_amounts_that_are_some()
    {
        Assert.Throws<ArgumentException>(() => Cart(" ", 100, Five));
        Assert.Throws<ArgumentOutOfRangeException>(() => Cart(new string('k', 191), 100, Five));
        Assert.Throws<ArgumentException>(() => Cart("c", 100));
        Assert.Throws<ArgumentOutOfRangeException>(() => Cart("c", -1, Five));
        Assert.Throws<ArgumentOutOfRangeException>(() => Cart("c", 0.00001m, Five));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BasketLine(OfferScenario.Tea, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Basket { Currency = "EUR", Lines = [new BasketLine(OfferScenario.Tea, 1_000_000, 1_000_001)] });
        Assert.Throws<ArgumentException>(() => new Basket { Currency = " " });
    }

    private static OfferRules With(params OfferBudget[] budgets) => new() { Budgets = [.. budgets] };
}
