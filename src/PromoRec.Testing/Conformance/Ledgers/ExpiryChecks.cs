using PromoRec.Push.Ledger;

namespace PromoRec.Testing.Conformance.Ledgers;

internal static class ExpiryChecks
{
    public static IReadOnlyList<LedgerCheck> All { get; } =
    [
        new("handing-over-has-its-time", "Handing over may begin from the planned instant until the time to live ends.", BeginTime, StoreAbilities.TakesClock),
        new("expired-sends-stay-counted", "A send whose time to live has ended may have happened: it stays counted, is listed as uncertain, and must not begin.", CountsOn, StoreAbilities.TakesClock),
        new("expired-carts-are-given-back", "A cart whose time to live has ended is gone: it counts no more, and cannot be committed.", CartsGo, StoreAbilities.TakesClock),
        new("committed-places-never-expire", "What is committed stays counted when its time to live ends, and is never uncertain.", CommittedStays, StoreAbilities.TakesClock),
        new("begun-sends-become-uncertain", "What has begun and was not settled until its time to live ended is listed as uncertain.", BegunBecomesUncertain, StoreAbilities.TakesClock),
        new("old-sends-are-remembered-for-life", "A cap without a window counts what is older than the ledger remembers.", Remembered, StoreAbilities.TakesClock),
    ];

    private static async Task BeginTime(LedgerProbe probe)
    {
        DateTimeOffset planned = LedgerProbe.Start.AddHours(1);
        (DateTimeOffset At, SettlementStatus Answer)[] table =
        [
            (planned - Ask.Tick, SettlementStatus.NotYet), (planned, SettlementStatus.Done), (planned + Ask.Life - Ask.Tick, SettlementStatus.Done), (planned + Ask.Life, SettlementStatus.Expired),
        ];
        for (int i = 0; i < table.Length; i++)
        {
            probe.Clock.Now = LedgerProbe.Start;
            await probe.GrantAsync(Ask.For(i, "key") with { PlannedAt = planned }).ConfigureAwait(false);
            probe.Clock.Now = table[i].At;
            await probe.ExpectSettleAsync(table[i].Answer, i, "key", Settlement.Begin).ConfigureAwait(false);
        }
    }

    private static async Task CountsOn(LedgerProbe probe)
    {
        await probe.GrantAsync(Ask.For(1, "key", Ask.Daily(1)).With(Ask.Budget("coupons", 1))).ConfigureAwait(false);
        probe.Clock.Now = LedgerProbe.Start + Ask.Life - Ask.Tick;
        Expect.Same([], await probe.UncertainAsync().ConfigureAwait(false), "what is listed before the time to live has ended");
        probe.Clock.Move(Ask.Tick);
        Expect.Same(["1/key"], await probe.UncertainAsync().ConfigureAwait(false), "what is listed when the time to live has ended");
        await probe.ExpectSettleAsync(SettlementStatus.Expired, 1, "key", Settlement.Begin).ConfigureAwait(false);
        Expect.Equal(0, await probe.CancelAsync(1, 0).ConfigureAwait(false), "places cancelled that may have been sent");

        probe.Clock.Move(TimeSpan.FromHours(12));
        await probe.ExpectStatusAsync(ReservationStatus.Refused, Ask.For(1, "next", Ask.Daily(1)), "a second place under a cap of 1").ConfigureAwait(false);
        await probe.ExpectStatusAsync(ReservationStatus.Refused, Ask.For(2, "other").With(Ask.Budget("coupons", 1)), "a second unit of a budget of 1").ConfigureAwait(false);
        await probe.ExpectSettleAsync(SettlementStatus.Done, 1, "key", Settlement.Release).ConfigureAwait(false);
        await probe.GrantAsync(Ask.For(1, "next", Ask.Daily(1)).With(Ask.Budget("coupons", 1))).ConfigureAwait(false);
    }

    private static async Task CartsGo(LedgerProbe probe)
    {
        ReservationRequest cart = Ask.Cart(1, "cart", Ask.Budget("coupons", 1)) with { Caps = [Ask.Ever(1, Ask.All)] };
        await probe.GrantAsync(cart).ConfigureAwait(false);
        probe.Clock.Now = LedgerProbe.Start + Ask.Life - Ask.Tick;
        await probe.ExpectStatusAsync(ReservationStatus.Refused, cart with { Key = "next" }, "a second cart a tick before the first expires").ConfigureAwait(false);
        probe.Clock.Move(Ask.Tick);
        foreach (Settlement settlement in (Settlement[])[Settlement.Begin, Settlement.Commit, Settlement.Uncertain, Settlement.Release])
        {
            await probe.ExpectSettleAsync(SettlementStatus.NotFound, 1, "cart", settlement).ConfigureAwait(false);
        }

        Expect.Same([], await probe.UncertainAsync().ConfigureAwait(false), "what is listed as uncertain when a cart has expired");
        await probe.GrantAsync(cart with { Key = "next" }).ConfigureAwait(false);
        await probe.ExpectTakenAsync(1, "coupons").ConfigureAwait(false);
        await probe.ExpectSettleAsync(SettlementStatus.NotFound, 1, "cart", Settlement.Commit).ConfigureAwait(false);

        // Who is erased after that has given back as well.
        await probe.GrantAsync(Ask.Cart(2, "cart", Ask.Budget("others", 1))).ConfigureAwait(false);
        probe.Clock.Move(Ask.Life);
        await probe.Ledger.ForgetAsync(2, probe.Token).ConfigureAwait(false);
        await probe.GrantAsync(Ask.Cart(3, "cart", Ask.Budget("others", 1))).ConfigureAwait(false);
        await probe.ExpectTakenAsync(1, "others").ConfigureAwait(false);

        // A changed cart that comes too late for the one before is a new one, and needs only that all of it fits.
        ReservationRequest late = Ask.Cart(4, "cart", Ask.Budget("money", 100, 60)) with { IfHeld = HeldAction.Replace };
        await probe.GrantAsync(late).ConfigureAwait(false);
        probe.Clock.Move(Ask.Life);
        await probe.GrantAsync(late.With(Ask.Budget("money", 100, 80))).ConfigureAwait(false);
        await probe.ExpectTakenAsync(80, "money").ConfigureAwait(false);
    }

    private static async Task CommittedStays(LedgerProbe probe)
    {
        foreach ((int i, ExpiryAction onExpiry) in ((int, ExpiryAction)[])[(1, ExpiryAction.Count), (2, ExpiryAction.Release)])
        {
            foreach ((int j, bool begins) in ((int, bool)[])[(0, false), (10, true)])
            {
                UserId user = i + j;
                await probe.GrantAsync(Ask.For(user, "key", Ask.Daily(1)).With(Ask.Budget($"coupons {user}", 1)) with { OnExpiry = onExpiry }).ConfigureAwait(false);
                if (begins)
                {
                    await probe.ExpectSettleAsync(SettlementStatus.Done, user, "key", Settlement.Begin).ConfigureAwait(false);
                }

                await probe.ExpectSettleAsync(SettlementStatus.Done, user, "key", Settlement.Commit).ConfigureAwait(false);
            }
        }

        foreach (TimeSpan later in (TimeSpan[])[Ask.Life, Ask.Life + Ask.Tick, TimeSpan.FromHours(23)])
        {
            probe.Clock.Now = LedgerProbe.Start + later;
            foreach (int user in (int[])[1, 2, 11, 12])
            {
                await probe.ExpectStatusAsync(ReservationStatus.Refused, Ask.For(user, "next", Ask.Daily(1)), $"a second place under a cap of 1, {later} after the first was committed").ConfigureAwait(false);
                await probe.ExpectStatusAsync(ReservationStatus.Refused, Ask.For(99, $"other {user}").With(Ask.Budget($"coupons {user}", 1)), $"a second unit of a budget of 1, {later} after the first was committed").ConfigureAwait(false);
                await probe.ExpectSettleAsync(SettlementStatus.Conflict, user, "key", Settlement.Release).ConfigureAwait(false);
            }

            Expect.Same([], await probe.UncertainAsync().ConfigureAwait(false), "what is listed as uncertain when all is committed");
        }
    }

    private static async Task BegunBecomesUncertain(LedgerProbe probe)
    {
        foreach (ExpiryAction onExpiry in (ExpiryAction[])[ExpiryAction.Count, ExpiryAction.Release])
        {
            await probe.GrantAsync(Ask.For((int)onExpiry, "key", Ask.Daily(1)) with { OnExpiry = onExpiry }).ConfigureAwait(false);
            await probe.ExpectSettleAsync(SettlementStatus.Done, (int)onExpiry, "key", Settlement.Begin).ConfigureAwait(false);
        }

        probe.Clock.Now = LedgerProbe.Start + Ask.Life - Ask.Tick;
        Expect.Same([], await probe.UncertainAsync().ConfigureAwait(false), "what is listed before the time to live has ended");
        probe.Clock.Now = LedgerProbe.Start.AddHours(5);
        Expect.Same(["0/key", "1/key"], await probe.UncertainAsync().ConfigureAwait(false), "what is listed when the time to live has ended");
        await probe.ExpectStatusAsync(ReservationStatus.Refused, Ask.For(1, "next", Ask.Daily(1)), "a second place beside one that has begun").ConfigureAwait(false);
        await probe.ExpectSettleAsync(SettlementStatus.Done, 0, "key", Settlement.Commit).ConfigureAwait(false);
        await probe.ExpectSettleAsync(SettlementStatus.Done, 1, "key", Settlement.Release).ConfigureAwait(false);
        Expect.Same([], await probe.UncertainAsync().ConfigureAwait(false), "what is listed when all is settled");
    }

    private static async Task Remembered(LedgerProbe probe)
    {
        // Longer than any ledger keeps entries.
        TimeSpan age = TimeSpan.FromDays(801);
        for (int i = 0; i < 3; i++)
        {
            await probe.GrantAsync(Ask.For(1, $"send {i}") with { Labels = [Ask.All, Ask.Label("offer")] }).ConfigureAwait(false);
            await probe.ExpectSettleAsync(SettlementStatus.Done, 1, $"send {i}", Settlement.Commit).ConfigureAwait(false);
            probe.Clock.Move(age);
            await probe.GrantAsync(Ask.For(1, $"something else {i}")).ConfigureAwait(false);
        }

        await probe.ExpectStatusAsync(ReservationStatus.Refused, Ask.For(1, "fourth", Ask.Ever(3, Ask.Label("offer"))), "a fourth send under a cap of 3 for life").ConfigureAwait(false);
        await probe.GrantAsync(Ask.For(1, "fourth", Ask.Ever(4, Ask.Label("offer")), Ask.Daily(2))).ConfigureAwait(false);
    }
}
