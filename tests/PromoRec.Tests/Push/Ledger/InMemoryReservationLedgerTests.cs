using PromoRec.Push.Ledger;
using PromoRec.Tests.Ranking;

namespace PromoRec.Tests.Push.Ledger;

public class InMemoryReservationLedgerTests
{
    private static readonly DateTimeOffset Start = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);
    private static readonly LedgerLabel All = LedgerLabel.Of("counted", "");
    private static readonly BudgetName Coupons = new("offer:spring/count", "");
    private static readonly BudgetName Money = new("offer:spring/discount", "2026-05");
    private readonly ManualTime _time = new(Start);
    private readonly InMemoryReservationLedger _ledger;

    public InMemoryReservationLedgerTests() => _ledger = new InMemoryReservationLedger(timeProvider: _time);

    [Fact]
    public async Task A_cap_of_three_grants_three_of_sixty_four_tasks()
    {
        ReservationResult[] results = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(() => Reserve(1, $"key {i}", cap: 3).AsTask())));

        Assert.Equal(3, results.Count(result => result.IsHeld));
    }

    [Fact]
    public async Task A_budget_of_all_customers_is_given_out_to_its_last_unit_and_no_further()
    {
        ReservationResult[] results = await Task.WhenAll(Enumerable.Range(0, 500).Select(i => Task.Run(() => Reserve(i, "cart", budgets: [Claim(Coupons, 100, 1), Claim(Money, 1000, 7)]).AsTask())));

        Assert.Equal(100, results.Count(result => result.IsHeld));
        await AssertTaken(coupons: 100, money: 700);
    }

    [Fact]
    public async Task A_request_refused_by_one_budget_takes_nothing_from_the_other()
    {
        ReservationResult result = await Reserve(1, "cart", budgets: [Claim(Coupons, 100, 1), Claim(Money, 5, 7)]);

        Assert.Equal(ReservationStatus.Refused, result.Status);
        Assert.Equal([new ClaimRefusal(ClaimKind.Budget, 1, 0, 5, null)], result.Refusals);
        await AssertTaken(coupons: 0, money: 0);
    }

    [Fact]
    public async Task Anothers_cart_stands_in_the_way_until_the_instant_it_expires()
    {
        await Reserve(1, "cart", budgets: [Claim(Coupons, 1, 1)]);

        _time.Now = Start.AddMinutes(15).AddTicks(-1);
        Assert.Equal(ReservationStatus.Refused, (await Reserve(2, "cart", budgets: [Claim(Coupons, 1, 1)])).Status);

        _time.Now = Start.AddMinutes(15);
        Assert.Equal(ReservationStatus.Granted, (await Reserve(2, "cart", budgets: [Claim(Coupons, 1, 1)])).Status);
        Assert.Equal(SettlementStatus.NotFound, await _ledger.SettleAsync(1, "cart", Settlement.Commit));
    }

    [Fact]
    public async Task Erasing_a_customer_gives_back_what_an_expired_cart_held_and_keeps_what_another_holds()
    {
        await Reserve(1, "cart", budgets: [Claim(Coupons, 5, 1)]);
        _time.Now = Start.AddMinutes(15);
        await Reserve(2, "cart", budgets: [Claim(Coupons, 5, 2)]);

        await _ledger.ForgetAsync(1);
        await _ledger.ForgetAsync(2);

        await AssertTaken(coupons: 2, money: 0);
    }

    [Fact]
    public async Task Reading_a_budget_does_not_count_carts_that_have_expired()
    {
        await Reserve(1, "cart", budgets: [Claim(Coupons, 10, 4)]);
        await Reserve(2, "cart", budgets: [Claim(Coupons, 10, 3)]);
        await _ledger.SettleAsync(2, "cart", Settlement.Commit);

        _time.Now = Start.AddHours(1);

        await AssertTaken(coupons: 3, money: 0);
    }

    [Fact]
    public async Task Committed_carts_keep_their_units_and_released_ones_give_them_back()
    {
        await Reserve(1, "cart", budgets: [Claim(Coupons, 10, 4)]);
        await Reserve(2, "cart", budgets: [Claim(Coupons, 10, 3)]);

        Assert.Equal(SettlementStatus.Done, await _ledger.SettleAsync(1, "cart", Settlement.Commit));
        Assert.Equal(SettlementStatus.Done, await _ledger.SettleAsync(2, "cart", Settlement.Release));
        await AssertTaken(coupons: 4, money: 0);

        Assert.Equal(SettlementStatus.Done, await _ledger.RefundAsync(1, "cart", "return 1", [new BudgetRefund(Coupons.Key, 3)]));
        Assert.Equal(SettlementStatus.AlreadyDone, await _ledger.RefundAsync(1, "cart", "return 1", [new BudgetRefund(Coupons.Key, 3)]));
        Assert.Equal(SettlementStatus.Done, await _ledger.RefundAsync(1, "cart", "return 2", [new BudgetRefund(Coupons.Key, 3)]));
        await AssertTaken(coupons: 0, money: 0);
    }

    [Fact]
    public async Task A_send_that_moves_into_the_next_month_leaves_this_months_budget()
    {
        await Reserve(1, "push", budgets: [Claim(Money, 10, 4)], onExpiry: ExpiryAction.Count);
        BudgetName june = new(Money.Key, "2026-06");

        ReservationResult moved = await _ledger.TryReserveAsync(
            Request(1, "push", budgets: [Claim(june, 10, 4)], onExpiry: ExpiryAction.Count) with { IfHeld = HeldAction.Recheck });

        Assert.Equal(ReservationStatus.Granted, moved.Status);
        await AssertTaken(coupons: 0, money: 0);
        Assert.Equal(4, (await _ledger.ReadBudgetsAsync([june]))[0].Taken);
    }

    [Fact]
    public async Task A_batch_answers_each_request_in_its_place()
    {
        IReadOnlyList<ReservationResult> results = await _ledger.TryReserveAsync([Request(1, "a", cap: 1), Request(1, "b", cap: 1), Request(2, "a", cap: 1), Request(1, "a", cap: 1)]);

        Assert.Equal(
            [ReservationStatus.Granted, ReservationStatus.Refused, ReservationStatus.Granted, ReservationStatus.Replayed], results.Select(result => result.Status));
    }

    [Fact]
    public async Task A_batch_with_an_impossible_request_touches_nothing()
    {
        await Assert.ThrowsAsync<ArgumentException>(async () => await _ledger.TryReserveAsync([Request(1, "a"), Request(1, " ")]));

        Assert.Empty((await _ledger.ReadAsync(1)).Entries);
    }

    [Fact]
    public async Task Options_out_of_range_are_refused_with_the_range()
    {
        ArgumentException fault = Assert.Throws<ArgumentException>(() => new InMemoryReservationLedger(new LedgerOptions { Retention = TimeSpan.FromDays(29) }));

        Assert.Contains("30 to 800 days, but is 29", fault.Message, StringComparison.Ordinal);
        await new InMemoryReservationLedger(new LedgerOptions { Retention = TimeSpan.FromDays(30) }).ReadAsync(1);
    }

    [Fact]
    public async Task A_clock_that_fails_leaves_no_lock_behind()
    {
        FailingTime time = new();
        InMemoryReservationLedger ledger = new(timeProvider: time);
        time.Fails = true;
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await ledger.TryReserveAsync(Request(1, "cart", budgets: [Claim(Coupons, 1, 1)])));
        time.Fails = false;

        Task<ReservationResult> other = Task.Run(() => ledger.TryReserveAsync(Request(1, "cart", budgets: [Claim(Coupons, 1, 1)])).AsTask());

        Assert.Equal(ReservationStatus.Granted, (await other.WaitAsync(TimeSpan.FromSeconds(20))).Status);
    }

    [Fact]
    public async Task Forgotten_customers_are_refused_and_their_uncertain_sends_no_longer_listed()
    {
        await Reserve(1, "push", onExpiry: ExpiryAction.Count);
        _time.Now = Start.AddDays(1);
        Assert.Equal(["push"], await UncertainKeys());

        await _ledger.ForgetAsync(1);

        Assert.Empty(await UncertainKeys());
        Assert.Equal(ReservationStatus.Erased, (await Reserve(1, "push")).Status);
        Assert.True((await _ledger.ReadAsync(1)).IsErased);
    }

    private static BudgetClaim Claim(BudgetName name, long limit, long amount) => new(name.Key, name.Period, limit, amount);

    private static ReservationRequest Request(long user, string key, int cap = 1000, BudgetClaim[]? budgets = null, ExpiryAction onExpiry = ExpiryAction.Release) => new()
    {
        UserId = user,
        Key = key,
        Labels = [All],
        Caps = [new CapClaim([All], cap, LedgerWindow.Rolling(TimeSpan.FromDays(1)))],
        Budgets = [.. budgets ?? []],
        OnExpiry = onExpiry,
    };

    private ValueTask<ReservationResult> Reserve(long user, string key, int cap = 1000, BudgetClaim[]? budgets = null, ExpiryAction onExpiry = ExpiryAction.Release) =>
        _ledger.TryReserveAsync(Request(user, key, cap, budgets, onExpiry));

    private async Task AssertTaken(long coupons, long money)
    {
        IReadOnlyList<BudgetLevel> levels = await _ledger.ReadBudgetsAsync([Coupons, Money]);
        Assert.Equal([new BudgetLevel(Coupons.Key, Coupons.Period, coupons), new BudgetLevel(Money.Key, Money.Period, money)], levels);
    }

    private async Task<List<string>> UncertainKeys()
    {
        List<string> keys = [];
        await foreach (Reservation reservation in _ledger.ReadUncertainAsync())
        {
            keys.Add(reservation.Key);
        }

        return keys;
    }

    private sealed class FailingTime : TimeProvider
    {
        public bool Fails { get; set; }

        public override DateTimeOffset GetUtcNow() => Fails ? throw new InvalidOperationException("No time.") : Start;
    }
}
