using PromoRec.Push.Ledger;

namespace PromoRec.Testing.Conformance.Ledgers;

internal static class WindowChecks
{
    public static IReadOnlyList<LedgerCheck> All { get; } =
    [
        new("rolling-windows-end-exactly", "A send no longer counts exactly when the window's length has passed since it, and a refusal names that instant.", RollingEnd, StoreAbilities.TakesClock),
        new("planned-places-count-both-ways", "No window of a cap's length holds more than the limit, whether places are held before it or behind it.", TwoSided),
        new("held-places-count-while-they-may-be-sent", "A place counts in every window that it could still be sent in.", Stretch),
        new("fixed-windows-hold", "A fixed window counts its first instant and not the one after its last, and a send outside of it must be decided again.", FixedWindow, StoreAbilities.TakesClock),
        new("places-end-with-their-fixed-window", "A place under a fixed window cannot be sent after that window, however long its time to live is.", EndsWithWindow, StoreAbilities.TakesClock),
        new("places-end-at-their-last-instant", "A place cannot be sent from the instant on that its request names, and is not granted from then on.", EndsNotAfter, StoreAbilities.TakesClock),
        new("next-instants-are-right", "The instant that a refusal names is the first for which the cap lets the send be planned.", NextInstant),
    ];

    private static async Task RollingEnd(LedgerProbe probe)
    {
        await probe.GrantAsync(Ask.For(1, "first")).ConfigureAwait(false);
        probe.Clock.Move(TimeSpan.FromMinutes(1));
        await probe.ExpectSettleAsync(SettlementStatus.Done, 1, "first", Settlement.Begin).ConfigureAwait(false);
        probe.Clock.Move(TimeSpan.FromHours(3));
        await probe.ExpectSettleAsync(SettlementStatus.Done, 1, "first", Settlement.Commit).ConfigureAwait(false);

        DateTimeOffset agedOut = LedgerProbe.Start.AddMinutes(1) + Ask.Day;
        probe.Clock.Now = agedOut - Ask.Tick;
        ReservationResult refused = await probe.ReserveAsync(Ask.For(1, "early", Ask.Daily(1))).ConfigureAwait(false);
        Expect.Equal(ReservationStatus.Refused, refused.Status, "a tick before the first send has aged out");
        Expect.Equal(agedOut, refused.Refusals[0].NextEligibleAt, "the instant that the refusal names");
        probe.Clock.Now = agedOut;
        await probe.GrantAsync(Ask.For(1, "late", Ask.Daily(1))).ConfigureAwait(false);
    }

    private static async Task TwoSided(LedgerProbe probe)
    {
        DateTimeOffset start = (await probe.ReadAsync(1).ConfigureAwait(false)).LedgerTime.AddDays(10);
        await probe.GrantAsync(At(start, "planned")).ConfigureAwait(false);

        await probe.ExpectStatusAsync(ReservationStatus.Refused, At(start - Ask.Day + Ask.Tick, "just before") with { Caps = [Ask.Daily(1)] }, "less than a window before a planned place").ConfigureAwait(false);
        await probe.ExpectStatusAsync(ReservationStatus.Refused, At(start + Ask.Day - Ask.Tick, "just after") with { Caps = [Ask.Daily(1)] }, "less than a window after a planned place").ConfigureAwait(false);
        await probe.GrantAsync(At(start - Ask.Day, "before") with { Caps = [Ask.Daily(1)] }).ConfigureAwait(false);
        await probe.GrantAsync(At(start + Ask.Day, "after") with { Caps = [Ask.Daily(1)] }).ConfigureAwait(false);

        // Two may share a day: each of the three has room for one more on one side, and between them there is none for two more.
        await probe.GrantAsync(At(start.AddHours(12), "between") with { Caps = [Ask.Daily(2)] }).ConfigureAwait(false);
        await probe.ExpectStatusAsync(ReservationStatus.Refused, At(start.AddHours(6), "too many") with { Caps = [Ask.Daily(2)] }, "a third place in a day").ConfigureAwait(false);
        await probe.ExpectStatusAsync(ReservationStatus.Refused, At(start.AddHours(18), "too many") with { Caps = [Ask.Daily(2)] }, "a third place in a day").ConfigureAwait(false);
    }

    private static async Task Stretch(LedgerProbe probe)
    {
        DateTimeOffset start = (await probe.ReadAsync(1).ConfigureAwait(false)).LedgerTime.AddDays(10);
        await probe.GrantAsync(At(start, "held") with { TimeToLive = TimeSpan.FromHours(2) }).ConfigureAwait(false);

        DateTimeOffset lastSent = start.AddHours(2) - Ask.Tick;
        ReservationResult refused = await probe.ReserveAsync(At(start + Ask.Day, "while it may be late") with { Caps = [Ask.Daily(1)] }).ConfigureAwait(false);
        Expect.Equal(ReservationStatus.Refused, refused.Status, "a day after a place that may be sent two hours late");
        Expect.Equal(lastSent + Ask.Day, refused.Refusals[0].NextEligibleAt, "the instant that the refusal names");
        await probe.ExpectStatusAsync(
            ReservationStatus.Refused, At(start.AddHours(-25), "may be late") with { Caps = [Ask.Daily(1)], TimeToLive = TimeSpan.FromHours(1) + (2 * Ask.Tick) }, "a place that may be sent less than a day before").ConfigureAwait(false);
        await probe.GrantAsync(At(start.AddHours(-25), "in time") with { Caps = [Ask.Daily(1)], TimeToLive = TimeSpan.FromHours(1) }).ConfigureAwait(false);
        await probe.GrantAsync(At(lastSent + Ask.Day, "after all") with { Caps = [Ask.Daily(1)] }).ConfigureAwait(false);
    }

    private static async Task FixedWindow(LedgerProbe probe)
    {
        DateTimeOffset midnight = LedgerProbe.Start.AddHours(12);
        CapClaim day = new([Ask.All], 2, LedgerWindow.Between(midnight, midnight.AddHours(23)));
        await probe.ExpectStatusAsync(ReservationStatus.WindowMoved, Ask.For(1, "now", day), "a send before its window").ConfigureAwait(false);
        foreach ((DateTimeOffset at, string key) in ((DateTimeOffset, string)[])[(midnight - Ask.Tick, "before"), (midnight, "first"), (midnight.AddHours(23) - Ask.Tick, "last"), (midnight.AddHours(23), "after")])
        {
            await probe.GrantAsync(At(at, key)).ConfigureAwait(false);
        }

        ReservationResult refused = await probe.ReserveAsync(At(midnight.AddHours(1), "third") with { Caps = [day] }).ConfigureAwait(false);
        Expect.Equal(ReservationStatus.Refused, refused.Status, "a third send on a day that holds two");
        Expect.Equal(2, refused.Refusals[0].Observed, "sends counted on the day");
        await probe.GrantAsync(At(midnight.AddHours(1), "third") with { Caps = [day with { Limit = 3 }] }).ConfigureAwait(false);
        await probe.ExpectStatusAsync(ReservationStatus.WindowMoved, At(midnight.AddHours(23), "planned") with { Caps = [day] }, "a send planned for the end of its window").ConfigureAwait(false);
        probe.Clock.Now = midnight.AddHours(23);
        await probe.ExpectStatusAsync(ReservationStatus.WindowMoved, Ask.For(1, "now", day), "a send after its window").ConfigureAwait(false);
    }

    private static async Task EndsWithWindow(LedgerProbe probe)
    {
        DateTimeOffset end = LedgerProbe.Start.AddMinutes(5);
        Reservation place = await probe.GrantAsync(Ask.For(1, "key", new CapClaim([Ask.All], 1, LedgerWindow.Between(LedgerProbe.Start, end)))).ConfigureAwait(false);
        Expect.Equal(end, place.ExpiresAt, "the end of the place");
        probe.Clock.Now = end;
        await probe.ExpectSettleAsync(SettlementStatus.Expired, 1, "key", Settlement.Begin).ConfigureAwait(false);
    }

    private static async Task EndsNotAfter(LedgerProbe probe)
    {
        // In another zone: an instant is one wherever it is written.
        DateTimeOffset end = LedgerProbe.Start.AddMinutes(5).ToOffset(TimeSpan.FromHours(-7));
        ReservationRequest request = Ask.For(1, "key", Ask.Daily(1)).With(Ask.Budget("coupons", 100)) with { NotAfter = end };
        Expect.Equal(end, (await probe.GrantAsync(request).ConfigureAwait(false)).ExpiresAt, "the end of a place that may be sent for five minutes");
        await probe.GrantAsync(request with { UserId = 2 }).ConfigureAwait(false);
        foreach ((int user, int life, int window, int first) in ((int, int, int, int)[])[(3, 4, 9, 4), (4, 15, 3, 3), (5, 15, 9, 5)])
        {
            CapClaim cap = new([Ask.All], 1, LedgerWindow.Between(LedgerProbe.Start, LedgerProbe.Start.AddMinutes(window)));
            Reservation place = await probe.GrantAsync(request with { UserId = user, TimeToLive = TimeSpan.FromMinutes(life), Caps = [cap] }).ConfigureAwait(false);
            Expect.Equal(LedgerProbe.Start.AddMinutes(first), place.ExpiresAt, $"the end of a place that lives {life} minutes, under a window of {window}, and may be sent for five");
        }

        await probe.ExpectStatusAsync(ReservationStatus.WindowMoved, request with { UserId = 6, PlannedAt = end }, "a send planned for the instant from which on it may not be sent").ConfigureAwait(false);
        await probe.GrantAsync(request with { UserId = 6, Key = "planned", PlannedAt = end - Ask.Tick }).ConfigureAwait(false);

        probe.Clock.Now = end - Ask.Tick;
        await probe.GrantAsync(request with { UserId = 7 }).ConfigureAwait(false);
        await probe.ExpectSettleAsync(SettlementStatus.Done, 2, "key", Settlement.Begin).ConfigureAwait(false);
        probe.Clock.Now = end;
        await probe.ExpectSettleAsync(SettlementStatus.Expired, 1, "key", Settlement.Begin).ConfigureAwait(false);
        await probe.ExpectStatusAsync(ReservationStatus.WindowMoved, request with { UserId = 8 }, "a send at the instant from which on it may not be sent").ConfigureAwait(false);
        probe.Clock.Move(Ask.Day);
        await probe.ExpectStatusAsync(ReservationStatus.WindowMoved, request with { UserId = 8 }, "a send after the instant from which on it may not be sent").ConfigureAwait(false);
        await probe.ExpectKeysAsync(8).ConfigureAwait(false);
        await probe.ExpectTakenAsync(7, "coupons").ConfigureAwait(false);
    }

    private static async Task NextInstant(LedgerProbe probe)
    {
        DateTimeOffset start = (await probe.ReadAsync(1).ConfigureAwait(false)).LedgerTime.AddDays(1);
        for (int i = 0; i < 8; i++)
        {
            // Uneven gaps, three of them within any seven hours.
            await probe.GrantAsync(At(start.AddHours((i * 2) + (i % 3)), $"planned {i}") with { TimeToLive = TimeSpan.FromMinutes(1 + (7 * i)) }).ConfigureAwait(false);
        }

        CapClaim cap = new([Ask.All], 3, LedgerWindow.Rolling(TimeSpan.FromHours(7)));
        for (int hour = 0; hour < 14; hour++)
        {
            ReservationRequest request = At(start.AddHours(hour), "asks") with { Caps = [cap] };
            ReservationResult result = await probe.ReserveAsync(request).ConfigureAwait(false);
            Expect.Equal(ReservationStatus.Refused, result.Status, $"hour {hour}, which lies between planned places");
            DateTimeOffset next = result.Refusals[0].NextEligibleAt ?? throw new BrokenPromiseException("the refusal names no instant.");

            await probe.ExpectStatusAsync(ReservationStatus.Refused, request with { PlannedAt = next - Ask.Tick }, "a tick before the instant that the refusal names").ConfigureAwait(false);
            await probe.GrantAsync(request with { PlannedAt = next }).ConfigureAwait(false);
            await probe.ExpectSettleAsync(SettlementStatus.Done, 1, "asks", Settlement.Release).ConfigureAwait(false);
        }
    }

    /// <summary>A place for one instant, unless its time to live is changed.</summary>
    private static ReservationRequest At(DateTimeOffset at, string key) => Ask.For(1, key) with { PlannedAt = at, TimeToLive = Ask.Tick };
}
