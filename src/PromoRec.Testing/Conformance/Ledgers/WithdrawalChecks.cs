using PromoRec.Push.Ledger;

namespace PromoRec.Testing.Conformance.Ledgers;

internal static class WithdrawalChecks
{
    private static readonly LedgerLabel Sms = Ask.Label("sms");

    public static IReadOnlyList<LedgerCheck> All { get; } =
    [
        new("withdrawals-cancel-what-is-held", "A withdrawal takes away what has not begun and carries all its labels, before it returns, and nothing else.", Scope),
        new("withdrawals-refuse-older-decisions", "From a withdrawal on, decisions that rest on older consent are refused, and the version never goes back.", Version),
        new("nothing-begins-after-a-withdrawal", "When a withdrawal and handing over meet, either it had begun or it never does.", BeginRace),
        new("nothing-is-reserved-after-a-withdrawal", "When a withdrawal and a reservation meet, nothing that rests on older consent is held afterwards.", ReserveRace),
    ];

    private static async Task Scope(LedgerProbe probe)
    {
        DateTimeOffset later = (await probe.ReadAsync(1).ConfigureAwait(false)).LedgerTime.AddDays(3);
        foreach (string key in (string[])["held", "begun", "committed", "uncertain"])
        {
            await probe.GrantAsync(Ask.For(1, key).With(Ask.Budget("coupons", 100)) with { Labels = [Ask.All, Sms] }).ConfigureAwait(false);
        }

        await probe.GrantAsync(Ask.For(1, "planned").With(Ask.Budget("coupons", 100)) with { Labels = [Ask.All, Sms], PlannedAt = later }).ConfigureAwait(false);
        await probe.GrantAsync(Ask.For(1, "email").With(Ask.Budget("coupons", 100))).ConfigureAwait(false);
        await probe.GrantAsync(Ask.For(2, "held") with { Labels = [Ask.All, Sms] }).ConfigureAwait(false);
        await probe.ExpectSettleAsync(SettlementStatus.Done, 1, "begun", Settlement.Begin).ConfigureAwait(false);
        await probe.ExpectSettleAsync(SettlementStatus.Done, 1, "committed", Settlement.Commit).ConfigureAwait(false);
        await probe.ExpectSettleAsync(SettlementStatus.Done, 1, "uncertain", Settlement.Uncertain).ConfigureAwait(false);

        Expect.Equal(1, await probe.CancelAsync(1, "planned", Sms).ConfigureAwait(false), "places of one key cancelled");
        Expect.Equal(0, await probe.CancelAsync(1, "begun", Sms).ConfigureAwait(false), "places cancelled of a key whose place has begun");
        Expect.Equal(0, await probe.CancelAsync(1, "email", Sms).ConfigureAwait(false), "places cancelled of a key whose place carries other labels");
        Expect.Equal(1, await probe.CancelAsync(1, 1, Sms).ConfigureAwait(false), "places cancelled");
        await probe.ExpectKeysAsync(1, "begun", "committed", "email", "uncertain").ConfigureAwait(false);
        await probe.ExpectKeysAsync(2, "held").ConfigureAwait(false);
        await probe.ExpectTakenAsync(4, "coupons").ConfigureAwait(false);
        await probe.ExpectSettleAsync(SettlementStatus.NotFound, 1, "held", Settlement.Begin).ConfigureAwait(false);
        await probe.ExpectSettleAsync(SettlementStatus.Done, 1, "email", Settlement.Begin).ConfigureAwait(false);
        Expect.Equal(0, await probe.CancelAsync(1, 2).ConfigureAwait(false), "places cancelled when all have begun");
    }

    private static async Task Version(LedgerProbe probe)
    {
        await probe.GrantAsync(Ask.For(1, "before") with { ConsentVersion = 3 }).ConfigureAwait(false);
        await probe.CancelAsync(1, 4, Sms).ConfigureAwait(false);
        await probe.ExpectStatusAsync(ReservationStatus.ConsentChanged, Ask.For(1, "older") with { ConsentVersion = 3 }, "a decision that rests on older consent").ConfigureAwait(false);
        await probe.GrantAsync(Ask.For(1, "equal") with { ConsentVersion = 4 }).ConfigureAwait(false);
        await probe.CancelAsync(1, 2, Sms).ConfigureAwait(false);
        await probe.ExpectStatusAsync(ReservationStatus.ConsentChanged, Ask.For(1, "older") with { ConsentVersion = 3 }, "the same after a withdrawal that came late").ConfigureAwait(false);
        Expect.Equal(4, (await probe.ReadAsync(1).ConfigureAwait(false)).ConsentVersion, "the version that the history shows");

        await probe.CancelAsync("never seen", 1).ConfigureAwait(false);
        await probe.ExpectStatusAsync(ReservationStatus.ConsentChanged, Ask.For("never seen", "key"), "a decision about a customer who was only ever withdrawn").ConfigureAwait(false);
    }

    private static async Task BeginRace(LedgerProbe probe)
    {
        for (int i = 0; i < probe.Scale.Races; i++)
        {
            UserId user = i;
            await probe.GrantAsync(Ask.For(user, "key")).ConfigureAwait(false);
            (SettlementStatus begin, int cancelled) = await Crowd.RaceAsync(() => probe.SettleAsync(user, "key", Settlement.Begin), () => probe.CancelAsync(user, 1)).ConfigureAwait(false);

            Expect.That(
                (begin, cancelled) is (SettlementStatus.Done, 0) or (SettlementStatus.NotFound, 1), $"beginning was answered with {begin}, and {cancelled} places were cancelled.");
            await probe.ExpectSettleAsync(begin == SettlementStatus.Done ? SettlementStatus.AlreadyDone : SettlementStatus.NotFound, user, "key", Settlement.Begin).ConfigureAwait(false);
        }
    }

    private static async Task ReserveRace(LedgerProbe probe)
    {
        for (int i = 0; i < probe.Scale.Races; i++)
        {
            UserId user = i;
            (ReservationStatus status, int cancelled) = await Crowd.RaceAsync(() => probe.StatusAsync(Ask.For(user, "key")), () => probe.CancelAsync(user, 1)).ConfigureAwait(false);

            Expect.That(
                (status, cancelled) is (ReservationStatus.Granted, 1) or (ReservationStatus.ConsentChanged, 0), $"reserving was answered with {status}, and {cancelled} places were cancelled.");
            await probe.ExpectKeysAsync(user).ConfigureAwait(false);
        }
    }
}
