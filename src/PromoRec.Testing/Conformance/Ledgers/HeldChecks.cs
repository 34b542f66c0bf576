using PromoRec.Push.Ledger;

namespace PromoRec.Testing.Conformance.Ledgers;

internal static class HeldChecks
{
    public static IReadOnlyList<LedgerCheck> All { get; } =
    [
        new("places-can-be-checked-again", "A place that is checked once more moves to the new instant without counting itself.", Moves),
        new("places-that-no-longer-fit-are-given-back", "A place that no longer fits when it is checked once more is given back, with its budgets.", GivesBack),
        new("what-has-begun-is-not-checked-again", "A place that has begun, was sent or is uncertain is answered as before when it is checked once more.", BegunStays),
        new("only-held-places-are-checked-again", "Where only a held place is to be checked once more and there is none, nothing is granted.", OnlyIfHeld),
        new("carts-can-be-replaced", "A changed cart takes the place of the one before in one step, and a change that does not fit leaves it as it was.", Replace),
    ];

    private static async Task Moves(LedgerProbe probe)
    {
        DateTimeOffset start = (await probe.ReadAsync(1).ConfigureAwait(false)).LedgerTime.AddDays(2);
        ReservationRequest request = Ask.For(1, "key", Ask.Daily(1)).With(Ask.Budget("coupons", 1), Ask.Budget("monthly", 1, 1, "march")) with { PlannedAt = start };
        await probe.GrantAsync(request).ConfigureAwait(false);

        // What is sent in the end may have another text than what was planned.
        ReservationRequest moved = request.With(Ask.Budget("coupons", 1), Ask.Budget("monthly", 1, 1, "april")) with
        {
            PlannedAt = start.AddHours(1),
            IfHeld = HeldAction.Recheck,
            ShortLabels = [LedgerLabel.Of("content", "new")],
        };
        Reservation place = await probe.GrantAsync(moved).ConfigureAwait(false);
        Expect.Equal(start.AddHours(1), place.At, "the instant that the place has moved to");
        Expect.Equal(start.AddHours(1) + Ask.Life, place.ExpiresAt, "the end of the place that has moved");
        await probe.ExpectKeysAsync(1, "key").ConfigureAwait(false);
        Expect.Same(moved.ShortLabels, (await probe.ReadAsync(1).ConfigureAwait(false)).Entries[0].ShortLabels, "the short labels of the place that has moved");
        await probe.ExpectStatusAsync(ReservationStatus.Conflict, request, "the content of before under the same key").ConfigureAwait(false);
        await probe.ExpectTakenAsync(1, "coupons").ConfigureAwait(false);
        await probe.ExpectTakenAsync(0, "monthly", "march").ConfigureAwait(false);
        await probe.ExpectTakenAsync(1, "monthly", "april").ConfigureAwait(false);
    }

    private static async Task GivesBack(LedgerProbe probe)
    {
        DateTimeOffset start = (await probe.ReadAsync(1).ConfigureAwait(false)).LedgerTime.AddDays(2);
        ReservationRequest request = Ask.For(1, "key", Ask.Daily(1)).With(Ask.Budget("coupons", 1)) with { PlannedAt = start };
        await probe.GrantAsync(request).ConfigureAwait(false);
        await probe.GrantAsync(Ask.For(1, "other") with { PlannedAt = start.AddDays(2) }).ConfigureAwait(false);

        await probe.ExpectStatusAsync(
            ReservationStatus.Refused, request with { PlannedAt = start.AddDays(1.5), IfHeld = HeldAction.Recheck }, "a place that is checked once more beside another one").ConfigureAwait(false);
        await probe.ExpectKeysAsync(1, "other").ConfigureAwait(false);
        await probe.ExpectTakenAsync(0, "coupons").ConfigureAwait(false);
    }

    private static async Task BegunStays(LedgerProbe probe)
    {
        foreach (Settlement settlement in (Settlement[])[Settlement.Begin, Settlement.Commit, Settlement.Uncertain])
        {
            ReservationRequest request = Ask.For((int)settlement, "key");
            await probe.GrantAsync(request).ConfigureAwait(false);
            await probe.ExpectSettleAsync(SettlementStatus.Done, (int)settlement, "key", settlement).ConfigureAwait(false);
            await probe.GrantAsync(Ask.For((int)settlement, "other")).ConfigureAwait(false);
            foreach (HeldAction action in (HeldAction[])[HeldAction.Recheck, HeldAction.Replace])
            {
                await probe.ExpectStatusAsync(ReservationStatus.Replayed, request with { IfHeld = action, Caps = [Ask.Daily(1)] }, $"{action} after {settlement}").ConfigureAwait(false);
            }

            await probe.ExpectKeysAsync((int)settlement, "key", "other").ConfigureAwait(false);
        }
    }

    private static async Task OnlyIfHeld(LedgerProbe probe)
    {
        ReservationRequest request = Ask.For(1, "key", Ask.Daily(1)) with { IfHeld = HeldAction.RecheckOnly };
        await probe.ExpectStatusAsync(ReservationStatus.NotHeld, request, "a place that nobody holds").ConfigureAwait(false);
        await probe.GrantAsync(request with { IfHeld = HeldAction.Replay }).ConfigureAwait(false);
        await probe.GrantAsync(request with { ShortLabels = [Ask.Label("new text")] }).ConfigureAwait(false);
        await probe.CancelAsync(1, 3, Ask.All).ConfigureAwait(false);
        await probe.ExpectStatusAsync(ReservationStatus.NotHeld, request, "a place that was cancelled").ConfigureAwait(false);
        await probe.ExpectKeysAsync(1).ConfigureAwait(false);
    }

    private static async Task Replace(LedgerProbe probe)
    {
        ReservationRequest cart = Ask.Cart(1, "cart", Ask.Budget("money", 100, 60), Ask.Budget("left", 5)) with { Caps = [Ask.Ever(1, Ask.All)], IfHeld = HeldAction.Replace };
        await probe.GrantAsync(cart).ConfigureAwait(false);
        await probe.GrantAsync(cart.With(Ask.Budget("money", 100, 80), Ask.Budget("right", 5))).ConfigureAwait(false);
        await probe.ExpectTakenAsync(80, "money").ConfigureAwait(false);
        await probe.ExpectTakenAsync(0, "left").ConfigureAwait(false);
        await probe.ExpectTakenAsync(1, "right").ConfigureAwait(false);

        await probe.ExpectStatusAsync(ReservationStatus.Refused, cart.With(Ask.Budget("money", 100, 101)), "a change that does not fit").ConfigureAwait(false);
        await probe.ExpectTakenAsync(80, "money").ConfigureAwait(false);
        await probe.ExpectTakenAsync(1, "right").ConfigureAwait(false);
        await probe.ExpectKeysAsync(1, "cart").ConfigureAwait(false);

        await probe.ExpectSettleAsync(SettlementStatus.Done, 1, "cart", Settlement.Commit).ConfigureAwait(false);
        await probe.ExpectStatusAsync(ReservationStatus.Conflict, cart.With(Ask.Budget("money", 100, 10)), "a change after the order").ConfigureAwait(false);
        await probe.ExpectTakenAsync(80, "money").ConfigureAwait(false);
    }
}
