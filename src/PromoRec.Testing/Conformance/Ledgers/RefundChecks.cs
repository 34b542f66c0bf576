using PromoRec.Push.Ledger;

namespace PromoRec.Testing.Conformance.Ledgers;

internal static class RefundChecks
{
    public static IReadOnlyList<LedgerCheck> All { get; } =
    [
        new("refunds-give-back-once", "A refund gives back part of what an order took, once for each name, and at most what it took.", Once),
        new("refunds-need-an-order", "Only what is committed can be refunded, and its place under the caps stays taken.", NeedsOrder),
        new("refunds-are-exact-at-once", "The same refund sent many times at once gives back one time.", AtOnce),
    ];

    private static async Task Once(LedgerProbe probe)
    {
        await probe.GrantAsync(Ask.Cart(1, "order", Ask.Budget("money", 100, 60), Ask.Budget("money", 100, 60, "2026-03"), Ask.Budget("count", 5))).ConfigureAwait(false);
        await probe.ExpectSettleAsync(SettlementStatus.Done, 1, "order", Settlement.Commit).ConfigureAwait(false);

        Expect.Equal(SettlementStatus.Done, await probe.RefundAsync(1, "order", "first", "money", 25).ConfigureAwait(false), "the first refund");
        Expect.Equal(SettlementStatus.AlreadyDone, await probe.RefundAsync(1, "order", "first", "money", 25).ConfigureAwait(false), "the same refund again");
        await probe.ExpectTakenAsync(35, "money").ConfigureAwait(false);
        await probe.ExpectTakenAsync(35, "money", "2026-03").ConfigureAwait(false);
        await probe.ExpectTakenAsync(1, "count").ConfigureAwait(false);

        Expect.Equal(SettlementStatus.Done, await probe.RefundAsync(1, "order", "second", "money", 50).ConfigureAwait(false), "a refund of more than is left");
        Expect.Equal(SettlementStatus.Done, await probe.RefundAsync(1, "order", "third", "other", 50).ConfigureAwait(false), "a refund to a budget that it did not take from");
        await probe.ExpectTakenAsync(0, "money").ConfigureAwait(false);
        await probe.ExpectTakenAsync(0, "other").ConfigureAwait(false);
        await probe.GrantAsync(Ask.Cart(2, "all", Ask.Budget("money", 100, 100))).ConfigureAwait(false);
    }

    private static async Task NeedsOrder(LedgerProbe probe)
    {
        await probe.GrantAsync(Ask.Cart(1, "order", Ask.Budget("money", 100, 60)) with { Caps = [Ask.Daily(1)] }).ConfigureAwait(false);
        Expect.Equal(SettlementStatus.Conflict, await probe.RefundAsync(1, "order", "refund", "money", 60).ConfigureAwait(false), "a refund of what is only held");
        Expect.Equal(SettlementStatus.NotFound, await probe.RefundAsync(1, "unknown", "refund", "money", 60).ConfigureAwait(false), "a refund of what does not exist");
        Expect.Equal(SettlementStatus.NotFound, await probe.RefundAsync(2, "order", "refund", "money", 60).ConfigureAwait(false), "a refund of another customer's order");
        await probe.ExpectTakenAsync(60, "money").ConfigureAwait(false);

        await probe.ExpectSettleAsync(SettlementStatus.Done, 1, "order", Settlement.Commit).ConfigureAwait(false);
        Expect.Equal(SettlementStatus.Done, await probe.RefundAsync(1, "order", "refund", "money", 60).ConfigureAwait(false), "a refund of what is committed");
        await probe.ExpectStatusAsync(ReservationStatus.Refused, Ask.For(1, "another", Ask.Daily(1)), "a second place under a cap of 1").ConfigureAwait(false);
    }

    private static async Task AtOnce(LedgerProbe probe)
    {
        await probe.GrantAsync(Ask.Cart(1, "order", Ask.Budget("money", 1000, 1000))).ConfigureAwait(false);
        await probe.ExpectSettleAsync(SettlementStatus.Done, 1, "order", Settlement.Commit).ConfigureAwait(false);

        // Eight names, each many times.
        SettlementStatus[] answers = await Crowd.DoAsync(probe.Scale.Tasks, 256, i => probe.RefundAsync(1, "order", $"refund {i % 8}", "money", 10)).ConfigureAwait(false);

        Expect.Equal(8, answers.Count(answer => answer == SettlementStatus.Done), "refunds done of eight names");
        Expect.Equal(248, answers.Count(answer => answer == SettlementStatus.AlreadyDone), "refunds answered as done before");
        await probe.ExpectTakenAsync(920, "money").ConfigureAwait(false);
    }
}
