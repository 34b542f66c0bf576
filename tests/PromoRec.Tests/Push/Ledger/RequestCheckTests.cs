using System.Collections.Immutable;
using PromoRec.Push.Ledger;

namespace PromoRec.Tests.Push.Ledger;

public class RequestCheckTests
{
    private static readonly ReservationRequest Valid = new()
    {
        UserId = "a very secret customer",
        Key = "key",
        Labels = [new LedgerLabel(1)],
        ShortLabels = [new LedgerLabel(2)],
        Caps = [new CapClaim([new LedgerLabel(1)], 1, LedgerWindow.Lifetime), new CapClaim([new LedgerLabel(2)], 1, LedgerWindow.Rolling(TimeSpan.FromDays(30)))],
        Budgets = [new BudgetClaim("offer", "", 0, 0), new BudgetClaim("offer", "2026", long.MaxValue, long.MaxValue)],
        TimeToLive = TimeSpan.FromDays(30),
    };

    public static TheoryData<string, ReservationRequest> Impossible { get; } = new()
    {
        { "customer's id", Valid with { UserId = default } },
        { "1 to 200 characters", Valid with { Key = " " } },
        { "1 to 200 characters", Valid with { Key = null! } },
        { "1 to 200 characters", Valid with { Key = new string('k', 201) } },
        { "valid Unicode", Valid with { Key = "k\ud800" } },
        { "valid Unicode", Valid with { Key = "k\udc00\ud800" } },
        { "valid Unicode", Valid with { Budgets = [new BudgetClaim("b\udc00", "", 1, 1)] } },
        { "valid Unicode", Valid with { Budgets = [new BudgetClaim("b", "\ud800p", 1, 1)] } },
        { "must be lists", Valid with { Labels = default } },
        { "must be lists", Valid with { ShortLabels = default } },
        { "must be lists", Valid with { Caps = default } },
        { "must be lists", Valid with { Budgets = default } },
        { "at most 640 labels", Valid with { Labels = [.. Enumerable.Range(1, 640).Select(i => new LedgerLabel((ulong)i))] } },
        { "640 caps", Valid with { Caps = [.. Enumerable.Repeat(Valid.Caps[0], 641)] } },
        { "640 budgets", Valid with { Budgets = [.. Enumerable.Range(0, 641).Select(i => new BudgetClaim($"{i}", "", 1, 1))] } },
        { "label must not be the default", Valid with { Labels = [default] } },
        { "label must not be the default", Valid with { ShortLabels = [default] } },
        { "above zero and at most 30 days", Valid with { TimeToLive = TimeSpan.Zero } },
        { "above zero and at most 30 days", Valid with { TimeToLive = TimeSpan.FromDays(30) + TimeSpan.FromTicks(1) } },
        { "action on expiry", Valid with { OnExpiry = (ExpiryAction)2 } },
        { "already held", Valid with { IfHeld = (HeldAction)4 } },
        { "consent version", Valid with { ConsentVersion = -1 } },
        { "at least one label", Valid with { Caps = [new CapClaim([], 1, LedgerWindow.Lifetime)] } },
        { "at least one label", Valid with { Caps = [new CapClaim([new LedgerLabel(1)], 1, LedgerWindow.Lifetime) { AnyOf = [[]] }] } },
        { "limit must be 1 or more", Valid with { Caps = [new CapClaim([new LedgerLabel(1)], 0, LedgerWindow.Lifetime)] } },
        { "must have a length", Valid with { Caps = [new CapClaim([new LedgerLabel(1)], 1, default)] } },
        { "over a short label", Valid with { Caps = [new CapClaim([new LedgerLabel(2)], 1, LedgerWindow.Lifetime)] } },
        { "over a short label", Valid with { Caps = [new CapClaim([new LedgerLabel(2)], 1, LedgerWindow.Rolling(TimeSpan.FromDays(31)))] } },
        { "over a short label", Valid with { Caps = [new CapClaim([new LedgerLabel(1)], 1, LedgerWindow.Lifetime) { AnyOf = [[new LedgerLabel(2)]] }] } },
        { "budget's key", Valid with { Budgets = [new BudgetClaim("", "", 1, 1)] } },
        { "budget's key", Valid with { Budgets = [new BudgetClaim(new string('b', 201), "", 1, 1)] } },
        { "budget's period", Valid with { Budgets = [new BudgetClaim("offer", null!, 1, 1)] } },
        { "budget's period", Valid with { Budgets = [new BudgetClaim("offer", new string('p', 41), 1, 1)] } },
        { "limit and the amount", Valid with { Budgets = [new BudgetClaim("offer", "", -1, 1)] } },
        { "limit and the amount", Valid with { Budgets = [new BudgetClaim("offer", "", 1, -1)] } },
        { "same budget", Valid with { Budgets = [new BudgetClaim("offer", "", 1, 1), new BudgetClaim("other", "", 1, 1), new BudgetClaim("offer", "", 2, 2)] } },
    };

    [Theory]
    [MemberData(nameof(Impossible))]
    public void An_impossible_request_is_refused_with_what_is_wrong_and_without_the_customer(string expected, ReservationRequest request)
    {
        ArgumentException fault = Assert.Throws<ArgumentException>(request.ThrowIfInvalid);

        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_request_at_every_bound_is_possible() => Valid.ThrowIfInvalid();

    [Fact]
    public void An_impossible_settlement_refund_cancellation_or_budget_is_refused()
    {
        Assert.Throws<ArgumentException>(() => RequestCheck.ThrowIfInvalid((Settlement)4));
        Assert.Throws<ArgumentException>(() => RequestCheck.ThrowIfInvalid([new BudgetRefund("offer", 0)]));
        Assert.Throws<ArgumentException>(() => RequestCheck.ThrowIfInvalid([new BudgetRefund(" ", 1)]));
        Assert.Throws<ArgumentException>(() => RequestCheck.ThrowIfInvalid(new Cancellation(default, 1, [])));
        Assert.Throws<ArgumentException>(() => RequestCheck.ThrowIfInvalid(new Cancellation(1, -1, [])));
        Assert.Throws<ArgumentException>(() => RequestCheck.ThrowIfInvalid(new Cancellation(1, 1, default)));
        Assert.Throws<ArgumentException>(() => RequestCheck.ThrowIfInvalid(new Cancellation(1, 1, []) { Key = " " }));
        Assert.Throws<ArgumentException>(() => RequestCheck.ThrowIfInvalid(new BudgetName("", "")));
        RequestCheck.ThrowIfInvalid(new Cancellation(1, 0, ImmutableArray<LedgerLabel>.Empty));
    }
}
