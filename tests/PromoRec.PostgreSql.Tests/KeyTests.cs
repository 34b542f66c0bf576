using PromoRec.Consent;
using PromoRec.PostgreSql.Tests.Server;
using PromoRec.Push.Ledger;

namespace PromoRec.PostgreSql.Tests;

public class KeyTests(SharedServer shared)
{
    private static readonly string[] Strange =
    [
        "'; DROP TABLE customer; --", "$1", "\\", "\"", "a\0b", "\u0001", "退订", "😀", "{}", "NULL", "\\x41", "%s", " leading", "x' OR '1'='1",
    ];

    [Fact]
    public async Task Strange_ids_and_keys_are_only_data()
    {
        await using PostgreSqlStore store = new(shared.Options());
        foreach (string strange in Strange)
        {
            UserId user = new(strange + "user");
            string key = strange + "key";
            Assert.Equal(ReservationStatus.Granted, (await store.Ledger.TryReserveAsync(Asks.Send(user, key, 1, new BudgetClaim(strange + "b", strange, 1, 1)))).Status);
            Assert.Equal(ReservationStatus.Replayed, (await store.Ledger.TryReserveAsync(Asks.Send(user, key, 1, new BudgetClaim(strange + "b", strange, 1, 1)))).Status);
            Assert.Equal(ReservationStatus.Refused, (await store.Ledger.TryReserveAsync(Asks.Send(new UserId(strange + "other"), key, 1, new BudgetClaim(strange + "b", strange, 1, 1)))).Status);
            Assert.Equal(1, (await store.Ledger.ReadBudgetsAsync([new BudgetName(strange + "b", strange)]))[0].Taken);
            Assert.Equal(SettlementStatus.Done, await store.Ledger.SettleAsync(user, key, Settlement.Commit));
            Assert.Equal(key, (await store.Ledger.ReadAsync(user)).Entries[0].Key);
            ConsentEvent said = new() { EventId = strange, At = DateTimeOffset.UnixEpoch, State = ConsentState.Granted, TextVersion = strange, Source = strange };
            await store.Consent.AppendAsync(user, [said, said]);
            Assert.Equal([said], (await store.Consent.ReadAsync(user)).Events);
        }
    }

    [Fact]
    public async Task Ids_of_any_length_are_told_apart_and_come_back_whole()
    {
        SetTime time = new(DateTimeOffset.UnixEpoch.AddYears(50));
        await using PostgreSqlStore store = new(shared.Options(), clock: time);
        UserId[] users = [.. new[] { 1, CustomerKey.MaxPlainLength, CustomerKey.MaxPlainLength + 1, 16_384 }.SelectMany(length => new[]
        {
            new UserId(new string('u', length - 1) + "1"), new UserId(new string('u', length - 1) + "2"), new UserId(new string('ü', length)),
        })];
        foreach (UserId user in users)
        {
            Assert.Equal(ReservationStatus.Granted, (await store.Ledger.TryReserveAsync(Asks.Send(user, "key", 1))).Status);
            await store.Ledger.SettleAsync(user, "key", Settlement.Uncertain);
        }

        List<Reservation> uncertain = await ListAsync(store);

        Assert.Equal(users.Order(), uncertain.Select(each => each.UserId).Order());
        Assert.Equal(42, CustomerKey.Read(CustomerKey.Of(new UserId("42"), out byte[]? none), none) == new UserId(42) ? 42 : 0);
    }

    private static async Task<List<Reservation>> ListAsync(PostgreSqlStore store)
    {
        List<Reservation> all = [];
        await foreach (Reservation each in store.Ledger.ReadUncertainAsync())
        {
            all.Add(each);
        }

        return all;
    }
}
