using PromoRec.Push.Ledger;

namespace PromoRec.Testing.Conformance.Ledgers;

internal static class BudgetChecks
{
    public static IReadOnlyList<LedgerCheck> All { get; } =
    [
        new("budgets-are-exact", "A budget shared by many customers is given out to its last unit and no further, however many tasks ask at once.", Exact),
        new("budgets-fit-amounts", "A request for several units is refused only when fewer are left, and takes all of them or none.", Amounts),
        new("budgets-have-no-order", "Requests for the same budgets in different orders do not wait for each other for ever, and both budgets stay exact.", AnyOrder),
        new("budgets-are-not-taken-for-a-moment", "A request that one budget refuses never stands in the way of another one at its other budgets.", NotForAMoment),
        new("budgets-come-back", "What is released is there again at once, and a budget that comes and goes loses and gains nothing.", ComeAndGo),
        new("budgets-have-periods", "Periods of one budget are counted apart, budgets are read in the order asked, and the latest limit holds.", Periods),
        new("expired-carts-of-others-are-free", "What another customer's cart held is there for others from the instant at which the cart expires.", ExpiredCarts, StoreAbilities.TakesClock),
    ];

    private static async Task Exact(LedgerProbe probe)
    {
        int attempts = probe.Scale.Attempts;
        int limit = attempts / 4;
        BudgetClaim claim = Ask.Budget("coupons", limit);

        // Two attempts for each customer, so that some attempts share an account and most do not.
        bool[] held = await Crowd.DoAsync(
            probe.Scale.Tasks, attempts, async i => (await probe.ReserveAsync(Ask.For(i / 2, $"attempt {i}").With(claim)).ConfigureAwait(false)).IsHeld).ConfigureAwait(false);

        Expect.Equal(limit, held.Count(granted => granted), $"requests granted of a budget of {limit} among {attempts / 2} customers");
        await probe.ExpectTakenAsync(limit, "coupons").ConfigureAwait(false);
    }

    private static async Task Amounts(LedgerProbe probe)
    {
        int attempts = Math.Min(probe.Scale.Attempts, 2000);
        long limit = attempts;
        ReservationResult[] results = await Crowd.DoAsync(
            probe.Scale.Tasks, attempts, i => probe.ReserveAsync(Ask.For(i, "order").With(Ask.Budget("money", limit, AmountOf(i))))).ConfigureAwait(false);

        long taken = results.Index().Where(result => result.Item.IsHeld).Sum(result => AmountOf(result.Index));
        Expect.That(taken <= limit, $"{taken} units were granted of {limit}.");
        await probe.ExpectTakenAsync(taken, "money").ConfigureAwait(false);
        foreach ((int i, ReservationResult result) in results.Index().Where(result => !result.Item.IsHeld))
        {
            // Nothing is given back here, so that what did not fit then does not fit at the end.
            Expect.That(taken + AmountOf(i) > limit, $"{AmountOf(i)} units were refused though {limit - taken} of {limit} are left even at the end.");
            Expect.Same([(ClaimKind.Budget, 0)], result.Refusals.Select(refusal => (refusal.Kind, refusal.Index)), "the claims that stand against it");
        }

        static long AmountOf(int attempt) => (attempt * 7 % 11) + 1;
    }

    private static async Task AnyOrder(LedgerProbe probe)
    {
        int attempts = Math.Min(probe.Scale.Attempts, 2000);
        int limit = attempts / 3;
        BudgetClaim[] claims = [.. Enumerable.Range(0, 4).Select(i => Ask.Budget($"budget {i}", limit))];
        bool[] held = await Crowd.DoAsync(
            probe.Scale.Tasks,
            attempts,
            async i => (await probe.ReserveAsync(Ask.For(i, "order").With(i % 2 == 0 ? claims : [.. claims.Reverse()])).ConfigureAwait(false)).IsHeld).ConfigureAwait(false);

        Expect.Equal(limit, held.Count(granted => granted), $"requests granted of four budgets of {limit} each");
        foreach (BudgetClaim claim in claims)
        {
            await probe.ExpectTakenAsync(limit, claim.Key).ConfigureAwait(false);
        }
    }

    private static async Task NotForAMoment(LedgerProbe probe)
    {
        int places = Math.Min(probe.Scale.Attempts / 4, 500);
        BudgetClaim none = Ask.Budget("none", 0);
        BudgetClaim open = Ask.Budget("open", places);
        ReservationStatus[] results = await Crowd.DoAsync(
            probe.Scale.Tasks, places * 2, i => probe.StatusAsync(i % 2 == 0 ? Ask.For(i, "both").With(open, none) : Ask.For(i, "one").With(open))).ConfigureAwait(false);

        Expect.Equal(0, results.Where((_, i) => i % 2 == 0).Count(status => status == ReservationStatus.Granted), "requests granted of an empty budget");
        Expect.Equal(places, results.Where((_, i) => i % 2 == 1).Count(status => status == ReservationStatus.Granted), "requests granted to those who do not ask for the empty budget");
    }

    private static async Task ComeAndGo(LedgerProbe probe)
    {
        const int Limit = 7;
        BudgetClaim claim = Ask.Budget("coupons", Limit);
        int attempts = Math.Min(probe.Scale.Attempts, 2000);
        long[] levels = await Crowd.DoAsync(probe.Scale.Tasks, attempts, async i =>
        {
            bool isHeld = (await probe.ReserveAsync(Ask.Cart(i % 100, $"cart {i}", claim)).ConfigureAwait(false)).IsHeld;
            long level = await probe.TakenAsync("coupons").ConfigureAwait(false);
            if (isHeld)
            {
                await probe.ExpectSettleAsync(SettlementStatus.Done, i % 100, $"cart {i}", Settlement.Release).ConfigureAwait(false);
            }

            return level;
        }).ConfigureAwait(false);

        Expect.That(levels.All(level => level is >= 0 and <= Limit), $"a budget of {Limit} was read as {levels.Min()} to {levels.Max()}.");
        await probe.ExpectTakenAsync(0, "coupons").ConfigureAwait(false);
        await probe.GrantAsync(Ask.For(1, "all of it").With(claim with { Amount = Limit })).ConfigureAwait(false);
    }

    private static async Task Periods(LedgerProbe probe)
    {
        await probe.GrantAsync(Ask.For(1, "1").With(Ask.Budget("a", 5, 5, "2026-03"), Ask.Budget("a", 9, 4))).ConfigureAwait(false);
        await probe.GrantAsync(Ask.For(1, "2").With(Ask.Budget("a", 5, 3, "2026-04"), Ask.Budget("b", 5, 2))).ConfigureAwait(false);

        IReadOnlyList<BudgetLevel> levels = await probe.Ledger.ReadBudgetsAsync(
            [new("b", ""), new("a", "2026-04"), new("unknown", ""), new("a", ""), new("a", "2026-03"), new("b", "")], probe.Token).ConfigureAwait(false);
        Expect.Same([2L, 3, 0, 4, 5, 2], levels.Select(level => level.Taken), "what is taken of the budgets asked about");
        Expect.Same(["b/", "a/2026-04", "unknown/", "a/", "a/2026-03", "b/"], levels.Select(level => $"{level.Key}/{level.Period}"), "the budgets answered about");

        await probe.ExpectStatusAsync(ReservationStatus.Refused, Ask.For(2, "3").With(Ask.Budget("a", 5, 6)), "one more than the limit").ConfigureAwait(false);
        await probe.GrantAsync(Ask.For(2, "4").With(Ask.Budget("a", 10, 6))).ConfigureAwait(false);
        await probe.ExpectStatusAsync(ReservationStatus.Refused, Ask.For(2, "5").With(Ask.Budget("a", 4, 1)), "a limit below what is taken").ConfigureAwait(false);
        await probe.GrantAsync(Ask.For(2, "nothing").With(Ask.Budget("a", 10, 0), Ask.Budget("large", long.MaxValue, long.MaxValue))).ConfigureAwait(false);
        await probe.ExpectStatusAsync(ReservationStatus.Refused, Ask.For(2, "6").With(Ask.Budget("large", long.MaxValue)), "one more than the largest number").ConfigureAwait(false);
    }

    private static async Task ExpiredCarts(LedgerProbe probe)
    {
        for (int i = 0; i < 20; i++)
        {
            await probe.GrantAsync(Ask.Cart(i, "cart", Ask.Budget("coupons", 20), Ask.Budget("money", 20))).ConfigureAwait(false);
            probe.Clock.Move(TimeSpan.FromSeconds(1));
        }

        DateTimeOffset firstEnd = LedgerProbe.Start + Ask.Life;
        probe.Clock.Now = firstEnd - Ask.Tick;
        await probe.ExpectStatusAsync(ReservationStatus.Refused, Ask.Cart(100, "early", Ask.Budget("coupons", 20)), "a tick before the first cart expires").ConfigureAwait(false);
        probe.Clock.Now = firstEnd;
        await probe.GrantAsync(Ask.Cart(100, "first", Ask.Budget("coupons", 20))).ConfigureAwait(false);
        await probe.ExpectStatusAsync(ReservationStatus.Refused, Ask.Cart(101, "second", Ask.Budget("coupons", 20)), "a second one at that instant").ConfigureAwait(false);

        probe.Clock.Now = firstEnd.AddSeconds(10);
        await probe.ExpectTakenAsync(9, "money").ConfigureAwait(false);
        bool[] held = await Crowd.DoAsync(
            probe.Scale.Tasks, 200, async i => (await probe.ReserveAsync(Ask.Cart(200 + i, "cart", Ask.Budget("coupons", 20))).ConfigureAwait(false)).IsHeld).ConfigureAwait(false);
        Expect.Equal(10, held.Count(granted => granted), "requests granted when ten more carts have expired");
    }
}
