using PromoRec.Push.Ledger;

namespace PromoRec.Sqlite.Tests;

/// <summary>Requests for tests.</summary>
internal static class Sends
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 3, 12, 0, 0, TimeSpan.Zero);
    public static readonly LedgerLabel All = LedgerLabel.Of("all", string.Empty);

    public static ReservationRequest Of(UserId userId, string key, int limit = 3) => new()
    {
        UserId = userId,
        Key = key,
        Labels = [All],
        Caps = [new CapClaim([All], limit, LedgerWindow.Rolling(TimeSpan.FromDays(1)))],
    };

    public static ReservationRequest Cart(UserId userId, string key, long limit) => new()
    {
        UserId = userId,
        Key = key,
        OnExpiry = ExpiryAction.Release,
        Budgets = [new BudgetClaim("offer", string.Empty, limit, 1)],
    };

    public static async Task<LedgerUnavailableException> FailsAsync(this SqliteStore store, LedgerFault expected)
    {
        LedgerUnavailableException exception = await Assert.ThrowsAsync<LedgerUnavailableException>(async () => await store.Ledger.TryReserveAsync(Of("canary-7f3a", "secret-key")));
        Assert.Equal(expected, exception.Fault);
        Assert.DoesNotContain("canary", exception.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", exception.ToString(), StringComparison.Ordinal);
        return exception;
    }

    public static async Task WorksAsync(this SqliteStore store)
    {
        Assert.Equal(ReservationStatus.Granted, (await store.Ledger.TryReserveAsync(Of("customer", Guid.NewGuid().ToString("N"), limit: 1000))).Status);
        await store.Ledger.ReadAsync("customer");
    }
}
