using PromoRec.Push.Ledger;

namespace PromoRec.Testing.Conformance.Ledgers;

/// <summary>Requests and claims that checks are made of.</summary>
internal static class Ask
{
    public static readonly TimeSpan Day = TimeSpan.FromDays(1);
    public static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    /// <summary>The time to live unless set.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(15);

    /// <summary>Every request has it.</summary>
    public static readonly LedgerLabel All = Label("all");

    public static LedgerLabel Label(string name) => LedgerLabel.Of("conformance", name);

    public static ReservationRequest For(UserId userId, string key, params CapClaim[] caps) => new() { UserId = userId, Key = key, Labels = [All], Caps = [.. caps] };

    public static ReservationRequest With(this ReservationRequest request, params BudgetClaim[] budgets) => request with { Budgets = [.. budgets] };

    /// <summary>A cart: given back by its own end.</summary>
    public static ReservationRequest Cart(UserId userId, string key, params BudgetClaim[] budgets) =>
        new() { UserId = userId, Key = key, Labels = [All], Budgets = [.. budgets], OnExpiry = ExpiryAction.Release };

    /// <summary>At most so many a day.</summary>
    public static CapClaim Daily(int limit) => new([All], limit, LedgerWindow.Rolling(Day));

    public static CapClaim Ever(int limit, LedgerLabel label) => new([label], limit, LedgerWindow.Lifetime);

    public static BudgetClaim Budget(string key, long limit, long amount = 1, string period = "") => new(key, period, limit, amount);
}
