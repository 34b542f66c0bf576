using System.Globalization;
using PromoRec.PostgreSql.Tests.Server;
using PromoRec.Push.Ledger;

namespace PromoRec.PostgreSql.Tests;

public class BudgetTests(SharedServer shared)
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(16, 1)]
    [InlineData(16, 7)]
    [InlineData(3, 1000)]
    public async Task A_budget_shared_by_many_stores_is_used_to_the_last_unit_and_never_beyond(int shards, long amount)
    {
        const int Stores = 4;
        const long Claims = 3000;
        long limit = (Claims * amount) + (amount / 2);
        PostgreSqlOptions options = shared.Options();
        options.BudgetShards = shards;
        options.Lanes = 3;
        int granted = 0;
        await Task.WhenAll(Enumerable.Range(0, Stores).Select(async number =>
        {
            await using PostgreSqlStore store = new(options);
            await Task.WhenAll(Enumerable.Range(0, 24).Select(async task =>
            {
                for (int i = 0; i < 40; i++)
                {
                    ReservationRequest[] requests = [.. Enumerable.Range(0, 1 + (task % 3)).Select(n =>
                        Asks.Send(Text($"{number}-{task}-{i}-{n}"), "key", 1000, Asks.Of("spring", limit, amount)))];
                    IReadOnlyList<ReservationResult> results = await store.Ledger.TryReserveAsync(requests);
                    Interlocked.Add(ref granted, results.Count(result => result.Status == ReservationStatus.Granted));
                }
            }));
        }));

        await using PostgreSqlStore last = new(options);
        Assert.Equal(Claims, granted);
        Assert.Equal(Claims * amount, await Asks.TakenAsync(last, "spring"));
        await AssertConsistentAsync(options.Schema);
    }

    [Fact]
    public async Task What_is_given_back_while_others_take_is_taken_again()
    {
        const int Limit = 200;
        PostgreSqlOptions options = shared.Options();
        await using PostgreSqlStore one = new(options);
        await using PostgreSqlStore two = new(options);
        int held = 0;
        await Task.WhenAll(Enumerable.Range(0, 16).Select(async task =>
        {
            IReservationLedger ledger = task % 2 == 0 ? one.Ledger : two.Ledger;
            for (int i = 0; i < 60; i++)
            {
                UserId user = Text($"{task}-{i}");
                ReservationResult result = await ledger.TryReserveAsync(Asks.Send(user, "key", 10, Asks.Of("b", Limit)));
                if (result.Status != ReservationStatus.Granted)
                {
                    continue;
                }

                if (i % 3 == 0)
                {
                    Assert.Equal(SettlementStatus.Done, await ledger.SettleAsync(user, "key", Settlement.Release));
                }
                else
                {
                    Interlocked.Increment(ref held);
                }
            }
        }));

        Assert.Equal(Limit, held);
        Assert.Equal(Limit, await Asks.TakenAsync(one, "b"));
        await AssertConsistentAsync(options.Schema);
    }

    [Fact]
    public async Task Carts_of_others_that_have_expired_do_not_stand_in_the_way()
    {
        SetTime time = new(Start);
        PostgreSqlOptions options = shared.Options();
        await using PostgreSqlStore store = new(options, clock: time);
        for (int i = 0; i < 10; i++)
        {
            Assert.Equal(ReservationStatus.Granted, (await store.Ledger.TryReserveAsync(Asks.Cart(i, "cart", TimeSpan.FromMinutes(10 + i), Asks.Of("b", 10)))).Status);
        }

        Assert.Equal(ReservationStatus.Refused, (await store.Ledger.TryReserveAsync(Asks.Send(100, "push", 5, Asks.Of("b", 10)))).Status);

        time.Now = Start.AddMinutes(13).AddTicks(-1);
        IReadOnlyList<ReservationResult> results = await store.Ledger.TryReserveAsync([.. Enumerable.Range(100, 5).Select(user => Asks.Send(user, "push", 5, Asks.Of("b", 10)))]);

        ReservationStatus[] expected = [ReservationStatus.Granted, ReservationStatus.Granted, ReservationStatus.Granted, ReservationStatus.Refused, ReservationStatus.Refused];
        Assert.Equal(expected, results.Select(result => result.Status));
        Assert.Equal(10, results[3].Refusals[0].Observed);
        time.Now = Start.AddMinutes(15);
        Assert.Equal(7, await Asks.TakenAsync(store, "b"));
    }

    [Fact]
    public async Task In_a_list_the_first_get_what_is_left_even_where_units_must_be_moved_first()
    {
        PostgreSqlOptions options = shared.Options();
        await using PostgreSqlStore store = new(options);
        await store.MigrateAsync();

        // Six are left, but none of them in row 0.
        await shared.Server.ExecuteAsync(
            $"INSERT INTO {options.Schema}.budget (budget_key, period, shard, limit_units, granted, taken) VALUES ('b', '', 0, 10, 4, 4), ('b', '', 60, 10, 6, 0)");
        BudgetClaim[] claims = [Asks.Of("b", 10, 5), Asks.Of("b", 10, 2), Asks.Of("b", 10, 1), Asks.Of("b", 10, 1)];

        IReadOnlyList<ReservationResult> results = await store.Ledger.TryReserveAsync([.. claims.Select((claim, i) => Asks.Send(i, "key", 5, claim))]);

        Assert.Equal(
            [ReservationStatus.Granted, ReservationStatus.Refused, ReservationStatus.Granted, ReservationStatus.Refused], results.Select(result => result.Status));
        Assert.Equal((9, 10), (results[1].Refusals[0].Observed, results[1].Refusals[0].Limit));
        await AssertConsistentAsync(options.Schema);
    }

    [Fact]
    public async Task The_latest_limit_holds_upwards_and_downwards()
    {
        PostgreSqlOptions options = shared.Options();
        await using PostgreSqlStore store = new(options);

        Assert.Equal(ReservationStatus.Granted, await ReserveAsync(store, 1, 100_000, 60));
        Assert.Equal(ReservationStatus.Refused, await ReserveAsync(store, 2, 60, 1));
        Assert.Equal(ReservationStatus.Refused, await ReserveAsync(store, 3, 40, 0));
        Assert.Equal(ReservationStatus.Granted, await ReserveAsync(store, 4, 100, 40));
        Assert.Equal(ReservationStatus.Refused, await ReserveAsync(store, 5, 100, 1));
        Assert.Equal(SettlementStatus.Done, await store.Ledger.SettleAsync(4, "key", Settlement.Release));
        Assert.Equal(ReservationStatus.Granted, await ReserveAsync(store, 6, 61, 1));
        Assert.Equal(61, await Asks.TakenAsync(store, "b"));
        await AssertConsistentAsync(options.Schema);
    }

    [Fact]
    public async Task Two_claims_with_different_limits_at_once_are_both_answered()
    {
        PostgreSqlOptions options = shared.Options();
        await using PostgreSqlStore one = new(options);
        await using PostgreSqlStore two = new(options);

        ReservationStatus[] statuses = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => ReserveAsync(i % 2 == 0 ? one : two, i, i % 2 == 0 ? 1000 : 2000, 1)));

        Assert.All(statuses, status => Assert.Equal(ReservationStatus.Granted, status));
        Assert.Equal(40, await Asks.TakenAsync(one, "b"));
        await AssertConsistentAsync(options.Schema);
    }

    [Fact]
    public async Task A_budget_without_end_can_be_taken_whole()
    {
        PostgreSqlOptions options = shared.Options();
        await using PostgreSqlStore store = new(options);

        Assert.Equal(ReservationStatus.Granted, await ReserveAsync(store, 1, long.MaxValue, 5));
        Assert.Equal(ReservationStatus.Refused, await ReserveAsync(store, 2, long.MaxValue, long.MaxValue));
        Assert.Equal(ReservationStatus.Granted, await ReserveAsync(store, 3, long.MaxValue, long.MaxValue - 5));
        Assert.Equal(ReservationStatus.Refused, await ReserveAsync(store, 4, long.MaxValue, 1));
        Assert.Equal(ReservationStatus.Granted, await ReserveAsync(store, 5, long.MaxValue, 0));
        Assert.Equal(SettlementStatus.Done, await store.Ledger.SettleAsync(1, "key", Settlement.Release));
        Assert.Equal(long.MaxValue - 5, await Asks.TakenAsync(store, "b"));
        await AssertConsistentAsync(options.Schema);
    }

    [Fact]
    public async Task A_cart_that_changes_needs_only_the_difference()
    {
        PostgreSqlOptions options = shared.Options();
        await using PostgreSqlStore store = new(options);
        ReservationRequest cart = Asks.Cart(1, "cart", TimeSpan.FromMinutes(10), Asks.Of("b", 10, 8)) with { IfHeld = HeldAction.Replace };
        Assert.Equal(ReservationStatus.Granted, (await store.Ledger.TryReserveAsync(cart)).Status);

        Assert.Equal(ReservationStatus.Granted, (await store.Ledger.TryReserveAsync(cart with { Budgets = [Asks.Of("b", 10, 10)] })).Status);
        Assert.Equal(ReservationStatus.Refused, (await store.Ledger.TryReserveAsync(cart with { Budgets = [Asks.Of("b", 10, 11)] })).Status);
        Assert.Equal(10, await Asks.TakenAsync(store, "b"));
        Assert.Equal(ReservationStatus.Granted, (await store.Ledger.TryReserveAsync(cart with { Budgets = [Asks.Of("b", 10, 3)] })).Status);
        Assert.Equal(3, await Asks.TakenAsync(store, "b"));
    }

    [Theory]
    [InlineData(HeldAction.Replace)]
    [InlineData(HeldAction.Recheck)]
    [InlineData(HeldAction.Replay)]
    public async Task A_cart_that_has_expired_does_not_count_against_the_next_one_of_its_customer(HeldAction ifHeld)
    {
        SetTime time = new(Start);
        PostgreSqlOptions options = shared.Options();
        await using PostgreSqlStore store = new(options, clock: time);
        ReservationRequest cart = Asks.Cart(1, "cart", TimeSpan.FromMinutes(10), Asks.Of("b", 100, 60)) with { IfHeld = ifHeld };
        Assert.Equal(ReservationStatus.Granted, (await store.Ledger.TryReserveAsync(cart)).Status);

        time.Now = Start.AddMinutes(10);
        ReservationResult tooMuch = await store.Ledger.TryReserveAsync(cart with { Budgets = [Asks.Of("b", 100, 101)] });
        Assert.Equal((ReservationStatus.Refused, 0L), (tooMuch.Status, tooMuch.Refusals[0].Observed));
        Assert.Equal(ReservationStatus.Granted, (await store.Ledger.TryReserveAsync(cart with { Budgets = [Asks.Of("b", 100, 30)] })).Status);

        time.Now = Start.AddMinutes(20);
        Assert.Equal(ReservationStatus.Granted, (await store.Ledger.TryReserveAsync(cart with { Budgets = [Asks.Of("b", 100, 80)] })).Status);
        Assert.Equal(80, await Asks.TakenAsync(store, "b"));
        await AssertConsistentAsync(options.Schema);
    }

    [Fact]
    public async Task An_expired_cart_that_cannot_be_read_keeps_its_units_and_is_in_nobodys_way()
    {
        SetTime time = new(Start);
        PostgreSqlOptions options = shared.Options();
        await using PostgreSqlStore store = new(options, clock: time);
        await store.Ledger.TryReserveAsync([.. Enumerable.Range(0, 3).Select(user => Asks.Cart(user, "cart", TimeSpan.FromMinutes(10), Asks.Of("b", 3)))]);
        await shared.Server.ExecuteAsync($"UPDATE {options.Schema}.customer SET account = substr(account, 1, 20) WHERE customer_key = '1'");

        time.Now = Start.AddMinutes(10);
        Assert.Equal(1, await Asks.TakenAsync(store, "b"));
        IReadOnlyList<ReservationResult> results = await store.Ledger.TryReserveAsync([.. Enumerable.Range(10, 3).Select(user => Asks.Send(user, "push", 5, Asks.Of("b", 3)))]);

        Assert.Equal([ReservationStatus.Granted, ReservationStatus.Granted, ReservationStatus.Refused], results.Select(result => result.Status));
        Assert.Equal(3, await Asks.TakenAsync(store, "b"));
    }

    [Fact]
    public async Task Carts_that_go_on_expiring_do_not_keep_an_answer_from_coming()
    {
        PostgreSqlOptions options = shared.Options();
        await using (PostgreSqlStore before = new(options, clock: new SetTime(Start)))
        {
            await before.Ledger.TryReserveAsync([.. Enumerable.Range(0, 50).Select(user => Asks.Cart(user, "cart", TimeSpan.FromSeconds(60 + user), Asks.Of("b", 50)))]);
        }

        // Whenever it looks, one more has expired.
        SteppingTime time = new(Start.AddSeconds(60), TimeSpan.FromSeconds(1));
        await using PostgreSqlStore store = new(options, clock: time);

        Assert.Equal(ReservationStatus.Refused, (await store.Ledger.TryReserveAsync(Asks.Send(100, "push", 5, Asks.Of("b", 50, 51)))).Status);
        Assert.InRange(time.Reads, 1, 8);
        int reads = time.Reads;
        Assert.InRange(await Asks.TakenAsync(store, "b"), 30, 49);
        Assert.InRange(time.Reads - reads, 1, 8);
    }

    [Fact]
    public async Task A_clock_that_steps_back_does_not_keep_the_sweep_going()
    {
        PostgreSqlOptions options = shared.Options();
        await using (PostgreSqlStore before = new(options, clock: new SetTime(Start)))
        {
            await before.Ledger.TryReserveAsync(Asks.Cart(1, "cart", TimeSpan.FromMinutes(15), Asks.Of("b", 5)));
        }

        await using PostgreSqlStore store = new(options, clock: new SteppingTime(Start.AddMinutes(30), TimeSpan.FromMinutes(-10)));

        Assert.Equal(0, await Asks.TakenAsync(store, "b").WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task What_goes_back_to_a_budget_that_has_been_deleted_goes_nowhere()
    {
        PostgreSqlOptions options = shared.Options();
        await using PostgreSqlStore store = new(options);
        Assert.Equal(ReservationStatus.Granted, await ReserveAsync(store, 1, 10, 1));
        await shared.Server.ExecuteAsync($"DELETE FROM {options.Schema}.budget");

        Assert.Equal(SettlementStatus.Done, await store.Ledger.SettleAsync(1, "key", Settlement.Release));

        Assert.Equal(0, await Asks.TakenAsync(store, "b"));
    }

    [Fact]
    public async Task Lanes_get_rows_of_their_own_while_much_is_left_and_give_them_up_at_the_end()
    {
        PostgreSqlOptions options = shared.Options();
        await using PostgreSqlStore store = new(options);
        await TakeAsync(store, 0, 100);
        Assert.True(await RowsAsync(options.Schema) > 1);

        int refused = 0;
        for (int from = 100; refused == 0; from += 500)
        {
            refused = await TakeAsync(store, from, 500);
        }

        Assert.Equal(1, await RowsAsync(options.Schema));
        Assert.Equal(5000, await Asks.TakenAsync(store, "b"));
        await AssertConsistentAsync(options.Schema);
    }

    private static async Task<int> TakeAsync(PostgreSqlStore store, int from, int count)
    {
        ReservationResult[] results = await Task.WhenAll(
            Enumerable.Range(from, count).Select(user => store.Ledger.TryReserveAsync(Asks.Send(user, "key", 5, Asks.Of("b", 5000))).AsTask()));
        return results.Count(result => result.Status != ReservationStatus.Granted);
    }

    private static async Task<ReservationStatus> ReserveAsync(PostgreSqlStore store, long user, long limit, long amount) =>
        (await store.Ledger.TryReserveAsync(Asks.Send(user, "key", 5, Asks.Of("b", limit, amount)))).Status;

    private async Task<long> RowsAsync(string schema) => (long)(await shared.Server.ExecuteAsync($"SELECT count(*) FROM {schema}.budget"))!;

    private async Task AssertConsistentAsync(string schema) => Assert.Equal(0L, await shared.Server.ExecuteAsync(
        $"""
        SELECT count(*) FROM (
            SELECT 1 FROM {schema}.budget GROUP BY budget_key, period
            HAVING sum(granted) <> min(limit_units) OR min(limit_units) <> max(limit_units) OR min(shard) <> 0 OR (count(*) > 1 AND min(granted - taken) < 0)) AS wrong
        """));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
