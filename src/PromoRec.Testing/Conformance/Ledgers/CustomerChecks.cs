using PromoRec.Push.Ledger;

namespace PromoRec.Testing.Conformance.Ledgers;

internal static class CustomerChecks
{
    public static IReadOnlyList<LedgerCheck> All { get; } =
    [
        new("customers-are-apart", "Customers and keys that differ in anything are different ones, and equal ids are one customer however they are written.", Apart),
        new("histories-show-what-is-known", "A customer's history shows every place with all that was asked for, by time.", History),
        new("erased-customers-are-refused-for-good", "When a customer is erased nothing is left, nothing is given back, and every reservation is refused.", Forget),
        new("nothing-is-reserved-after-erasure", "When erasure and reservations meet, nothing is held afterwards.", ForgetRace),
        new("impossible-requests-are-refused-whole", "A request that cannot be one is refused with an ArgumentException, and nothing is touched.", Impossible),
    ];

    private static async Task Apart(LedgerProbe probe)
    {
        string[] names = ["a", "A", "ä", "a\u0308", "ａ", "a ", " a", "a\0", "a\0b", "ss", "ß", "İ", "i", "ﬁ", "fi", "%", "_", "'", "\"", "\\", "😀", "x'); DROP TABLE push; --", "42 ", new('k', 200)];
        foreach (string name in names)
        {
            await probe.GrantAsync(Ask.For(name, "key", Ask.Daily(1)).With(Ask.Budget(name, 1))).ConfigureAwait(false);
            await probe.GrantAsync(Ask.For("one customer", name)).ConfigureAwait(false);
        }

        foreach (string name in names)
        {
            await probe.ExpectStatusAsync(ReservationStatus.Refused, Ask.For(name, "second", Ask.Daily(1)), "a second place of one of many customers").ConfigureAwait(false);
            await probe.ExpectTakenAsync(1, name).ConfigureAwait(false);
            await probe.ExpectSettleAsync(SettlementStatus.Done, "one customer", name, Settlement.Commit).ConfigureAwait(false);
        }

        await probe.ExpectKeysAsync("one customer", names).ConfigureAwait(false);
        await probe.GrantAsync(Ask.For(new UserId(42), "key")).ConfigureAwait(false);
        await probe.ExpectStatusAsync(ReservationStatus.Replayed, Ask.For(new UserId("42"), "key"), "the same customer, whose number is written as a text").ConfigureAwait(false);
    }

    private static async Task History(LedgerProbe probe)
    {
        CustomerHistory empty = await probe.ReadAsync("nobody").ConfigureAwait(false);
        Expect.Equal((0, 0L, false, null), (empty.Entries.Length, empty.ConsentVersion, empty.IsErased, empty.ForgottenThrough), "the history of somebody who is not known");

        DateTimeOffset later = empty.LedgerTime.AddDays(1);
        ReservationRequest planned = Ask.For(1, "planned").With(Ask.Budget("money", long.MaxValue, long.MaxValue, "2026-03"), Ask.Budget("count", 1, 0)) with
        {
            PlannedAt = later,
            Labels = [Ask.Label("b"), Ask.Label("a")],
            ShortLabels = [Ask.Label("s")],
            TimeToLive = TimeSpan.FromDays(30),
            OnExpiry = ExpiryAction.Release,
        };
        await probe.GrantAsync(planned).ConfigureAwait(false);
        await probe.GrantAsync(Ask.For(1, "now")).ConfigureAwait(false);

        CustomerHistory history = await probe.ReadAsync(1).ConfigureAwait(false);
        Expect.Same(["now", "planned"], history.Entries.Select(entry => entry.Key), "the entries by time");
        LedgerEntry entry = history.Entries[1];
        Expect.Equal((later, later.AddDays(30), ReservationState.Reserved, ExpiryAction.Release), (entry.At, entry.ExpiresAt, entry.State, entry.OnExpiry), "times, state and action of an entry");
        Expect.Same(planned.Labels, entry.Labels, "the labels of an entry");
        Expect.Same(planned.ShortLabels, entry.ShortLabels, "the short labels of an entry");
        Expect.Same([new BudgetHold("money", "2026-03", long.MaxValue, 0), new BudgetHold("count", "", 0, 0)], entry.Budgets, "what an entry holds of budgets");

        CapClaim cap = Ask.Daily(1);
        Expect.Equal(ReservationStatus.Refused, await probe.StatusAsync(Ask.For(1, "another", cap)).ConfigureAwait(false), "the ledger's answer");
        Expect.Equal((1, false), (history.Count(cap, history.LedgerTime, Ask.Life, history.LedgerTime).Observed, history.Count(cap, history.LedgerTime, Ask.Life, history.LedgerTime).Fits), "what the history counts");
    }

    private static async Task Forget(LedgerProbe probe)
    {
        foreach (string key in (string[])["held", "committed", "uncertain"])
        {
            await probe.GrantAsync(Ask.For(1, key).With(Ask.Budget("coupons", 10))).ConfigureAwait(false);
        }

        await probe.ExpectSettleAsync(SettlementStatus.Done, 1, "committed", Settlement.Commit).ConfigureAwait(false);
        await probe.ExpectSettleAsync(SettlementStatus.Done, 1, "uncertain", Settlement.Uncertain).ConfigureAwait(false);
        await probe.GrantAsync(Ask.For(2, "other").With(Ask.Budget("coupons", 10))).ConfigureAwait(false);

        foreach (UserId user in (UserId[])[1, 1, "never seen"])
        {
            await probe.Ledger.ForgetAsync(user, probe.Token).ConfigureAwait(false);
            CustomerHistory history = await probe.ReadAsync(user).ConfigureAwait(false);
            Expect.Equal((true, 0), (history.IsErased, history.Entries.Length), "whether the customer is erased, and how many entries are left");
            await probe.ExpectStatusAsync(ReservationStatus.Erased, Ask.For(user, "committed"), "a reservation for an erased customer").ConfigureAwait(false);
            await probe.ExpectStatusAsync(ReservationStatus.Erased, Ask.For(user, "new") with { ConsentVersion = 99 }, "another one").ConfigureAwait(false);
            await probe.ExpectSettleAsync(SettlementStatus.NotFound, user, "held", Settlement.Begin).ConfigureAwait(false);
            Expect.Equal(SettlementStatus.NotFound, await probe.RefundAsync(user, "committed", "refund", "coupons", 1).ConfigureAwait(false), "a refund for an erased customer");
            Expect.Equal(0, await probe.CancelAsync(user, 5).ConfigureAwait(false), "places cancelled of an erased customer");
        }

        Expect.Same([], await probe.UncertainAsync().ConfigureAwait(false), "what is listed as uncertain");
        await probe.ExpectTakenAsync(4, "coupons").ConfigureAwait(false);
        await probe.ExpectKeysAsync(2, "other").ConfigureAwait(false);
    }

    private static async Task ForgetRace(LedgerProbe probe)
    {
        for (int i = 0; i < probe.Scale.Races; i++)
        {
            UserId user = i;
            (ReservationStatus status, bool _) = await Crowd.RaceAsync(
                () => probe.StatusAsync(Ask.For(user, "key")),
                async () =>
                {
                    await probe.Ledger.ForgetAsync(user, probe.Token).ConfigureAwait(false);
                    return true;
                }).ConfigureAwait(false);

            Expect.That(status is ReservationStatus.Granted or ReservationStatus.Erased, $"reserving was answered with {status}.");
            Expect.Equal((true, 0), ((await probe.ReadAsync(user).ConfigureAwait(false)).IsErased, (await probe.ReadAsync(user).ConfigureAwait(false)).Entries.Length), "whether the customer is erased, and how many entries are left");
            await probe.ExpectSettleAsync(SettlementStatus.NotFound, user, "key", Settlement.Begin).ConfigureAwait(false);
        }
    }

    private static async Task Impossible(LedgerProbe probe)
    {
        ReservationRequest possible = Ask.For(1, "possible");
        foreach (ReservationRequest request in (ReservationRequest[])[
            possible with { UserId = default }, possible with { Key = " " }, possible with { Labels = default }, possible with { TimeToLive = TimeSpan.Zero },
            possible with { Caps = [Ask.Daily(0)] }, possible.With(Ask.Budget("coupons", 1, -1)), possible with { ConsentVersion = -1 }])
        {
            await Expect.Throws<ArgumentException>(() => probe.ReserveAsync(request), "an impossible request").ConfigureAwait(false);
            await Expect.Throws<ArgumentException>(() => probe.Ledger.TryReserveAsync([possible, request], probe.Token).AsTask(), "a batch with an impossible request").ConfigureAwait(false);
        }

        await Expect.Throws<ArgumentException>(() => probe.SettleAsync(default, "key", Settlement.Begin), "settling without a customer").ConfigureAwait(false);
        await Expect.Throws<ArgumentException>(() => probe.SettleAsync(1, "", Settlement.Begin), "settling without a key").ConfigureAwait(false);
        await Expect.Throws<ArgumentException>(() => probe.SettleAsync(1, "key", (Settlement)17), "an unknown settlement").ConfigureAwait(false);
        await Expect.Throws<ArgumentException>(() => probe.RefundAsync(1, "key", "", "coupons", 1), "a refund without a name").ConfigureAwait(false);
        await Expect.Throws<ArgumentException>(() => probe.RefundAsync(1, "key", "refund", "coupons", 0), "a refund of nothing").ConfigureAwait(false);
        await Expect.Throws<ArgumentException>(() => probe.CancelAsync(default, 1), "a withdrawal without a customer").ConfigureAwait(false);
        await Expect.Throws<ArgumentException>(() => probe.ReadAsync(default), "a history without a customer").ConfigureAwait(false);
        await probe.ExpectKeysAsync(1).ConfigureAwait(false);
    }
}
