using PromoRec.Push.Ledger;

namespace PromoRec.Testing.Conformance.Ledgers;

internal static class SupersedeChecks
{
    private static readonly LedgerLabel Night = Ask.Label("night");

    public static IReadOnlyList<LedgerCheck> All { get; } =
    [
        new("marks-are-no-content", "A mark counts under caps like a label, but a repeated request may carry another one, and the latest request's hold.", Marks),
        new("superseded-places-make-room", "A place that supersedes others is checked as if they were not there, and they are given back in the same step.", MakesRoom),
        new("refused-requests-supersede-nothing", "A request that is refused leaves what it would supersede as it was.", Refused),
        new("only-what-is-held-is-superseded", "What has begun, was sent or is uncertain, and what carries no such label, is not superseded.", OnlyHeld),
        new("superseding-at-once-leaves-one", "Of places that supersede each other at once, one is left.", AtOnce),
    ];

    private static async Task Marks(LedgerProbe probe)
    {
        CapClaim oneNight = new([Night], 1, LedgerWindow.Rolling(Ask.Day));
        ReservationRequest request = Ask.For(1, "key") with { Marks = [Night] };
        await probe.GrantAsync(request).ConfigureAwait(false);
        await probe.ExpectStatusAsync(ReservationStatus.Replayed, request with { Marks = [] }, "the same request without its mark").ConfigureAwait(false);
        Expect.Same([Night], (await probe.ReadAsync(1).ConfigureAwait(false)).Entries[0].ShortLabels, "the mark in the history");
        await probe.ExpectStatusAsync(ReservationStatus.Refused, Ask.For(1, "other", oneNight), "a second place under a cap that counts the mark").ConfigureAwait(false);

        await probe.GrantAsync(request with { Marks = [], IfHeld = HeldAction.Recheck }).ConfigureAwait(false);
        await probe.GrantAsync(Ask.For(1, "other", oneNight)).ConfigureAwait(false);
    }

    private static async Task MakesRoom(LedgerProbe probe)
    {
        await probe.GrantAsync(Waiting(1, "first")).ConfigureAwait(false);
        await probe.ExpectStatusAsync(ReservationStatus.Refused, Waiting(1, "beside") with { Supersedes = [] }, "a second place that supersedes nothing").ConfigureAwait(false);
        await probe.GrantAsync(Waiting(1, "second")).ConfigureAwait(false);
        await probe.ExpectKeysAsync(1, "second").ConfigureAwait(false);
        await probe.ExpectTakenAsync(1, "coupons").ConfigureAwait(false);
        await probe.ExpectSettleAsync(SettlementStatus.NotFound, 1, "first", Settlement.Begin).ConfigureAwait(false);
        await probe.ExpectStatusAsync(ReservationStatus.Replayed, Waiting(1, "second"), "a place that would supersede itself").ConfigureAwait(false);
        await probe.GrantAsync(Waiting(1, "second") with { IfHeld = HeldAction.Recheck }).ConfigureAwait(false);
        await probe.ExpectKeysAsync(1, "second").ConfigureAwait(false);
        await probe.ExpectTakenAsync(1, "coupons").ConfigureAwait(false);

        // More than one goes, and what they have together is free.
        foreach (string key in (string[])["a", "b"])
        {
            await probe.GrantAsync(Ask.For(2, key).With(Ask.Budget("money", 100, 50)) with { Marks = [Night] }).ConfigureAwait(false);
        }

        await probe.GrantAsync(Ask.For(2, "c").With(Ask.Budget("money", 100, 100)) with { Supersedes = [Ask.Label("another"), Night] }).ConfigureAwait(false);
        await probe.ExpectKeysAsync(2, "c").ConfigureAwait(false);
        await probe.ExpectTakenAsync(100, "money").ConfigureAwait(false);
        await probe.ExpectKeysAsync(1, "second").ConfigureAwait(false);
    }

    private static async Task Refused(LedgerProbe probe)
    {
        await probe.GrantAsync(Waiting(1, "first")).ConfigureAwait(false);
        await probe.GrantAsync(Ask.For(1, "sent") with { Labels = [Ask.Label("sent")] }).ConfigureAwait(false);
        await probe.ExpectStatusAsync(
            ReservationStatus.Refused, Waiting(1, "second") with { Caps = [Ask.Ever(1, Ask.Label("sent"))] }, "a place under a cap that something else fills").ConfigureAwait(false);
        await probe.ExpectStatusAsync(
            ReservationStatus.Refused, Waiting(1, "second").With(Ask.Budget("coupons", 1, 2)), "a place that takes more than there is, even without the other").ConfigureAwait(false);
        await probe.ExpectKeysAsync(1, "first", "sent").ConfigureAwait(false);
        await probe.ExpectTakenAsync(1, "coupons").ConfigureAwait(false);
    }

    private static async Task OnlyHeld(LedgerProbe probe)
    {
        foreach (Settlement settlement in (Settlement[])[Settlement.Begin, Settlement.Commit, Settlement.Uncertain])
        {
            await probe.GrantAsync(Ask.For(1, $"{settlement}") with { Marks = [Night] }).ConfigureAwait(false);
            await probe.ExpectSettleAsync(SettlementStatus.Done, 1, $"{settlement}", settlement).ConfigureAwait(false);
        }

        await probe.GrantAsync(Ask.For(1, "day") with { Marks = [Ask.Label("day")] }).ConfigureAwait(false);
        await probe.GrantAsync(Ask.For(1, "held") with { Labels = [Ask.All, Night] }).ConfigureAwait(false);
        await probe.GrantAsync(Ask.For(2, "other customer") with { Marks = [Night] }).ConfigureAwait(false);

        await probe.GrantAsync(Ask.For(1, "new") with { Supersedes = [Night] }).ConfigureAwait(false);
        await probe.ExpectKeysAsync(1, "Begin", "Commit", "Uncertain", "day", "new").ConfigureAwait(false);
        await probe.ExpectKeysAsync(2, "other customer").ConfigureAwait(false);
    }

    private static async Task AtOnce(LedgerProbe probe)
    {
        IReservationLedger[] ledgers = await probe.OpenAllAsync(3).ConfigureAwait(false);
        for (int user = 0; user < 10; user++)
        {
            ReservationResult[] results = await Crowd.DoAsync(
                probe.Scale.Tasks, probe.Scale.Tasks, i => ledgers[i % ledgers.Length].TryReserveAsync(Waiting(user, $"{i}").With(Ask.Budget("each", 1000)), probe.Token).AsTask()).ConfigureAwait(false);

            Expect.Equal(probe.Scale.Tasks, results.Count(result => result.Status == ReservationStatus.Granted), "places granted, each in the stead of the one before");
            Expect.Equal(1, (await probe.ReadAsync(user).ConfigureAwait(false)).Entries.Length, "places left");
            await probe.ExpectTakenAsync(user + 1, "each").ConfigureAwait(false);
        }
    }

    /// <summary>Takes the stead of every other that waits for the same night's end: for each of them there is room alone.</summary>
    private static ReservationRequest Waiting(UserId userId, string key) =>
        Ask.For(userId, key, Ask.Daily(1)).With(Ask.Budget("coupons", 1)) with { Labels = [Ask.All, Ask.Label(key)], Marks = [Night], Supersedes = [Night] };
}
