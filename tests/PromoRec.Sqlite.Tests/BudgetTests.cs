using PromoRec.Push.Ledger;

namespace PromoRec.Sqlite.Tests;

public sealed class BudgetTests
{
    private readonly ManualTime _time = new(Sends.Noon);

    [Fact]
    public async Task What_expired_carts_hold_is_given_back_before_anybody_is_refused_for_it()
    {
        using StoreFolder folder = new();
        await using SqliteStore store = folder.Open(_time);
        await store.Ledger.TryReserveAsync([.. Enumerable.Range(0, 1000).Select(i => Sends.Cart($"cart {i}", "key", limit: 1000))]);
        Assert.Equal(ReservationStatus.Refused, (await store.Ledger.TryReserveAsync(Sends.Cart("late", "key", limit: 1000))).Status);

        _time.Now += TimeSpan.FromMinutes(16);
        IReadOnlyList<ReservationResult> results = await store.Ledger.TryReserveAsync([.. Enumerable.Range(0, 1001).Select(i => Sends.Cart($"late {i}", "key", limit: 1000))]);

        Assert.Equal(1000, results.Count(result => result.Status == ReservationStatus.Granted));
        Assert.Equal(1000, Assert.Single(await store.Ledger.ReadBudgetsAsync([new BudgetName("offer", string.Empty)])).Taken);
    }

    [Fact]
    public async Task A_reader_of_budgets_does_not_count_expired_carts()
    {
        using StoreFolder folder = new();
        await using SqliteStore store = folder.Open(_time);
        await store.Ledger.TryReserveAsync([.. Enumerable.Range(0, 500).Select(i => Sends.Cart($"cart {i}", "key", limit: 1000))]);
        BudgetName[] names = [new("unknown", string.Empty), new("offer", string.Empty)];
        Assert.Equal([0, 500], (await store.Ledger.ReadBudgetsAsync(names)).Select(level => level.Taken));

        _time.Now += TimeSpan.FromMinutes(16);

        Assert.Equal([0, 0], (await store.Ledger.ReadBudgetsAsync(names)).Select(level => level.Taken));
        Assert.Equal(0L, folder.Sql("SELECT count(*) FROM budget"));
        Assert.Equal(0L, folder.Sql("SELECT count(*) FROM account"));
    }

    [Fact]
    public async Task A_cart_that_cannot_be_read_keeps_its_budget_and_is_in_nobodys_way()
    {
        using StoreFolder folder = new();
        await using SqliteStore store = folder.Open(_time);
        await store.Ledger.TryReserveAsync([.. Enumerable.Range(0, 3).Select(i => Sends.Cart($"cart {i}", "key", limit: 3))]);
        folder.Sql("UPDATE account SET state = x'01FF' WHERE customer = 'cart 1'");

        _time.Now += TimeSpan.FromMinutes(16);
        IReadOnlyList<ReservationResult> results = await store.Ledger.TryReserveAsync([.. Enumerable.Range(0, 3).Select(i => Sends.Cart($"late {i}", "key", limit: 3))]);

        Assert.Equal([ReservationStatus.Granted, ReservationStatus.Granted, ReservationStatus.Refused], results.Select(result => result.Status));
        Task<IReadOnlyList<BudgetLevel>> levels = store.Ledger.ReadBudgetsAsync([new BudgetName("offer", string.Empty)]).AsTask();
        Assert.Equal(3, Assert.Single(await levels.WaitAsync(TimeSpan.FromSeconds(30))).Taken);
    }

    [Fact]
    public async Task An_operation_that_fails_half_way_takes_nothing()
    {
        using StoreFolder folder = new();
        await using SqliteStore store = folder.Open(_time);
        await store.Ledger.TryReserveAsync(Sends.Cart("damaged", "key", limit: 5));
        folder.Sql("UPDATE account SET state = x'01FF' WHERE customer = 'damaged'");

        await Assert.ThrowsAsync<LedgerUnavailableException>(async () => await store.Ledger.TryReserveAsync(Sends.Cart("damaged", "other", limit: 5)));

        Assert.Equal(1, Assert.Single(await store.Ledger.ReadBudgetsAsync([new BudgetName("offer", string.Empty)])).Taken);
    }

    [Fact]
    public async Task Erasing_a_customer_keeps_what_a_cart_holds_and_gives_back_what_an_expired_one_held()
    {
        using StoreFolder folder = new();
        await using SqliteStore store = folder.Open(_time);
        await store.Ledger.TryReserveAsync(Sends.Cart("early", "key", limit: 5));
        _time.Now += TimeSpan.FromMinutes(15);
        await store.Ledger.TryReserveAsync(Sends.Cart("late", "key", limit: 5));

        await store.Ledger.ForgetAsync("early");
        await store.Ledger.ForgetAsync("late");

        Assert.Equal(1, Assert.Single(await store.Ledger.ReadBudgetsAsync([new BudgetName("offer", string.Empty)])).Taken);
    }
}
