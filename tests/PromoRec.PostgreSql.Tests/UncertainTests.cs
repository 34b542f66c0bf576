using PromoRec.PostgreSql.Tests.Server;
using PromoRec.Push.Ledger;

namespace PromoRec.PostgreSql.Tests;

public class UncertainTests(SharedServer shared)
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Everything_uncertain_is_listed_and_nothing_else()
    {
        const int Customers = 1200;
        SetTime time = new(Start);
        await using PostgreSqlStore store = new(shared.Options(), clock: time);
        await store.Ledger.TryReserveAsync([.. Enumerable.Range(0, Customers).Select(user => Asks.Send(user, "key"))]);
        await Task.WhenAll(Enumerable.Range(0, Customers).Select(user => (user % 4) switch
        {
            0 => store.Ledger.SettleAsync(user, "key", Settlement.Commit).AsTask(),
            1 => store.Ledger.SettleAsync(user, "key", Settlement.Begin).AsTask(),
            2 => store.Ledger.SettleAsync(user, "key", Settlement.Uncertain).AsTask(),
            _ => Task.CompletedTask,
        }));

        Assert.Equal(Users(user => user % 4 == 2), await ListAsync(store));
        time.Now = Start.AddMinutes(15);
        Assert.Equal(Users(user => user % 4 != 0), await ListAsync(store));
        await Task.WhenAll(Enumerable.Range(0, Customers).Select(user => store.Ledger.SettleAsync(user, "key", user % 2 == 0 ? Settlement.Release : Settlement.Commit).AsTask()));
        Assert.Empty(await ListAsync(store));

        static List<UserId> Users(Func<int, bool> isUncertain) => [.. Enumerable.Range(0, Customers).Where(isUncertain).Select(user => new UserId(user)).Order()];
    }

    [Fact]
    public async Task An_account_that_cannot_be_read_hides_nobody_elses_sends()
    {
        PostgreSqlOptions options = shared.Options();
        await using PostgreSqlStore store = new(options);
        await store.Ledger.TryReserveAsync([.. Enumerable.Range(0, 20).Select(user => Asks.Send(user, "key"))]);

        // The row that cannot be read lies before those of the others.
        await store.Ledger.SettleAsync(7, "key", Settlement.Uncertain);
        await shared.Server.ExecuteAsync($"UPDATE {options.Schema}.customer SET account = substr(account, 1, 20) WHERE customer_key = '7'");
        await Task.WhenAll(Enumerable.Range(0, 20).Where(user => user != 7).Select(user => store.Ledger.SettleAsync(user, "key", Settlement.Uncertain).AsTask()));

        List<UserId> users = [];
        LedgerUnavailableException fault = await Assert.ThrowsAsync<LedgerUnavailableException>(async () =>
        {
            await foreach (Reservation reservation in store.Ledger.ReadUncertainAsync())
            {
                users.Add(reservation.UserId);
            }
        });

        Assert.Equal(LedgerFault.Corrupt, fault.Fault);
        Assert.Equal([.. Enumerable.Range(0, 20).Where(user => user != 7).Select(user => new UserId(user)).Order()], users.Order());
    }

    [Fact]
    public async Task Listing_and_sweeping_look_only_at_whom_they_concern()
    {
        PostgreSqlOptions options = shared.Options();
        await using PostgreSqlStore store = new(options);
        await store.Ledger.TryReserveAsync([.. Enumerable.Range(0, 2000).Select(user => Asks.Send(user, "key"))]);
        await Task.WhenAll(Enumerable.Range(0, 2000).Select(user => store.Ledger.SettleAsync(user, "key", Settlement.Commit).AsTask()));
        await store.Ledger.TryReserveAsync([.. Enumerable.Range(0, 5).Select(user => Asks.Send(user, "next"))]);
        await shared.Server.ExecuteAsync($"ANALYZE {options.Schema}.customer");

        foreach (string column in new[] { "next_uncertain", "next_release" })
        {
            string plan = (string)(await shared.Server.ExecuteAsync($"EXPLAIN SELECT customer_key FROM {options.Schema}.customer WHERE {column} <= now() + interval '1 day'"))!;

            // Which of the two ways through an index, the planner chooses; both read none but the rows that match.
            Assert.Matches("Index (Only )?Scan|Bitmap Heap Scan", plan);
        }
    }

    private static async Task<List<UserId>> ListAsync(PostgreSqlStore store)
    {
        List<UserId> users = [];
        await foreach (Reservation reservation in store.Ledger.ReadUncertainAsync())
        {
            Assert.Equal("key", reservation.Key);
            users.Add(reservation.UserId);
        }

        users.Sort();
        return users;
    }
}
