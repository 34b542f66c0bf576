using PromoRec.Push.Ledger;

namespace PromoRec.PostgreSql.Tests;

/// <summary>Requests that tests ask for.</summary>
internal static class Asks
{
    public static readonly LedgerLabel Everything = LedgerLabel.Of("all", string.Empty);

    /// <summary>A send under a cap in a rolling day.</summary>
    public static ReservationRequest Send(UserId userId, string key, int perDay = 1000, params BudgetClaim[] budgets) => new()
    {
        UserId = userId,
        Key = key,
        Labels = [Everything],
        Caps = [new CapClaim([Everything], perDay, LedgerWindow.Rolling(TimeSpan.FromDays(1)))],
        Budgets = [.. budgets],
    };

    /// <summary>A cart that gives back what it holds when its time ends.</summary>
    public static ReservationRequest Cart(UserId userId, string key, TimeSpan timeToLive, params BudgetClaim[] budgets) =>
        Send(userId, key, budgets: budgets) with { TimeToLive = timeToLive, OnExpiry = ExpiryAction.Release };

    public static BudgetClaim Of(string budget, long limit, long amount = 1) => new(budget, string.Empty, limit, amount);

    public static async Task<long> TakenAsync(PostgreSqlStore store, string budget) =>
        (await store.Ledger.ReadBudgetsAsync([new BudgetName(budget, string.Empty)]))[0].Taken;
}
