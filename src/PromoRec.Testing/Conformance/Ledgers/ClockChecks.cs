using PromoRec.Numerics;
using PromoRec.Push.Ledger;

namespace PromoRec.Testing.Conformance.Ledgers;

internal static class ClockChecks
{
    private static readonly TimeSpan[] Jumps =
    [
        TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1), TimeSpan.FromHours(1), TimeSpan.FromDays(1), TimeSpan.FromDays(31), TimeSpan.FromDays(366), TimeSpan.FromDays(3653),
    ];

    public static IReadOnlyList<LedgerCheck> All { get; } =
    [
        new("clocks-that-go-back-free-nothing", "A clock that goes back, by a second or by ten years, once or a thousand times, frees no place.", Back, StoreAbilities.TakesClock),
        new("clocks-that-come-back-free-nothing", "A clock that went ahead and came back has freed nothing that was sent before.", AheadAndBack, StoreAbilities.TakesClock),
        new("ledger-time-is-the-ledgers", "Answers carry the ledger's own time, and an instant that has passed is now.", LedgerTime, StoreAbilities.TakesClock),
    ];

    private static async Task Back(LedgerProbe probe)
    {
        await probe.GrantAsync(Ask.For(1, "first", Ask.Daily(1))).ConfigureAwait(false);
        await probe.ExpectSettleAsync(SettlementStatus.Done, 1, "first", Settlement.Commit).ConfigureAwait(false);
        foreach (TimeSpan jump in Jumps)
        {
            probe.Clock.Now = LedgerProbe.Start - jump;
            await ExpectFullAsync(probe, $"{jump} before the first send").ConfigureAwait(false);
        }

        SeededRandom random = probe.Random(2);
        probe.Clock.Now = LedgerProbe.Start;
        for (int i = 0; i < 1000; i++)
        {
            probe.Clock.Move(-TimeSpan.FromSeconds(random.NextInt32(100_000)));
            await ExpectFullAsync(probe, "after another step back").ConfigureAwait(false);
        }

        probe.Clock.Now = LedgerProbe.Start + Ask.Day;
        await probe.GrantAsync(Ask.For(1, "next", Ask.Daily(1))).ConfigureAwait(false);
    }

    private static async Task ExpectFullAsync(LedgerProbe probe, string when)
    {
        await probe.ExpectStatusAsync(ReservationStatus.Refused, Ask.For(1, "next", Ask.Daily(1)), $"a second place, {when}").ConfigureAwait(false);
        await probe.ExpectStatusAsync(
            ReservationStatus.Refused, Ask.For(1, "next", Ask.Daily(1)) with { PlannedAt = LedgerProbe.Start.AddHours(-1) }, $"a place planned for an hour before the first send, {when}").ConfigureAwait(false);
    }

    private static async Task AheadAndBack(LedgerProbe probe)
    {
        LedgerLabel content = Ask.Label("content");
        for (int i = 0; i < Jumps.Length; i++)
        {
            UserId user = i;
            probe.Clock.Now = LedgerProbe.Start;
            await probe.GrantAsync(Ask.For(user, "first") with { ShortLabels = [content] }).ConfigureAwait(false);
            await probe.ExpectSettleAsync(SettlementStatus.Done, user, "first", Settlement.Commit).ConfigureAwait(false);

            probe.Clock.Now = LedgerProbe.Start + Jumps[i];
            await probe.ReserveAsync(Ask.For(user, "ahead", Ask.Daily(1))).ConfigureAwait(false);

            probe.Clock.Now = LedgerProbe.Start.AddHours(2);
            await probe.ExpectStatusAsync(ReservationStatus.Refused, Ask.For(user, "back", Ask.Daily(1)), $"a second place after the clock went {Jumps[i]} ahead and back").ConfigureAwait(false);
            await probe.ExpectStatusAsync(
                ReservationStatus.Refused,
                Ask.For(user, "back", new CapClaim([content], 1, LedgerWindow.Rolling(Ask.Day))) with { ShortLabels = [content] },
                $"the same content after the clock went {Jumps[i]} ahead and back").ConfigureAwait(false);
        }
    }

    private static async Task LedgerTime(LedgerProbe probe)
    {
        ReservationResult result = await probe.ReserveAsync(Ask.For(1, "past") with { PlannedAt = LedgerProbe.Start.AddHours(-1) }).ConfigureAwait(false);
        Expect.Equal(LedgerProbe.Start, result.LedgerTime, "the time in an answer");
        Expect.Equal(LedgerProbe.Start, result.Reservation?.At, "the time of a place that was planned for an hour ago");

        DateTimeOffset planned = new(LedgerProbe.Start.AddHours(7).DateTime, TimeSpan.FromHours(5));
        Expect.Equal(LedgerProbe.Start.AddHours(2), (await probe.GrantAsync(Ask.For(1, "offset") with { PlannedAt = planned }).ConfigureAwait(false)).At, "the time of a place planned in another zone");
        probe.Clock.Move(TimeSpan.FromDays(1));
        Expect.Equal(LedgerProbe.Start.AddDays(1), (await probe.ReadAsync(1).ConfigureAwait(false)).LedgerTime, "the time of a history");
        Expect.Equal(LedgerProbe.Start.AddDays(1), (await probe.ReadAsync("nobody").ConfigureAwait(false)).LedgerTime, "the time of an empty history");
    }
}
