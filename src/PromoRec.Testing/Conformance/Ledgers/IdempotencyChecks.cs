using PromoRec.Push.Ledger;

namespace PromoRec.Testing.Conformance.Ledgers;

internal static class IdempotencyChecks
{
    public static IReadOnlyList<LedgerCheck> All { get; } =
    [
        new("repeats-get-the-first-answer", "The same request again gets the same reservation and takes nothing more.", Repeat),
        new("repeats-keep-the-count", "A place is counted as before after its request was repeated, whatever state it is in.", KeepsCount),
        new("repeats-at-once-are-one", "One request sent many times at once is granted one time and repeated to all others.", AtOnce),
        new("other-content-is-a-conflict", "A key that was used with other content is a conflict, and nothing changes.", Conflict),
        new("conflicts-at-once-have-one-winner", "When requests with one key and different content come at once, one content wins for all.", ConflictAtOnce),
        new("refusals-are-forgotten", "A request that was refused has left nothing, so that its key may be used again, with the same content or with other.", Forgotten),
    ];

    private static async Task Repeat(LedgerProbe probe)
    {
        ReservationRequest request = Ask.For(1, "key", Ask.Daily(1)).With(Ask.Budget("coupons", 5, 2));
        Reservation first = await probe.GrantAsync(request).ConfigureAwait(false);
        Expect.Equal("key", first.Key, "the reservation's key");
        Expect.Equal((UserId)1, first.UserId, "the reservation's customer");
        Expect.Equal(ReservationState.Reserved, first.State, "the reservation's state");
        Expect.Equal(first.At + Ask.Life, first.ExpiresAt, "the end of its time to live");

        foreach (ReservationRequest again in (ReservationRequest[])[
            request, request with { Caps = [] }, request with { TimeToLive = Ask.Day }, request with { PlannedAt = first.At.AddHours(1) }, request.With(Ask.Budget("coupons", 0, 2, "other"))])
        {
            ReservationResult result = await probe.ReserveAsync(again).ConfigureAwait(false);
            Expect.Equal(ReservationStatus.Replayed, result.Status, "the answer to a repeated request");
            Expect.Equal(first, result.Reservation, "the reservation in the answer to a repeated request");
        }

        await probe.ExpectTakenAsync(2, "coupons").ConfigureAwait(false);
        await probe.ExpectKeysAsync(1, "key").ConfigureAwait(false);
    }

    private static async Task KeepsCount(LedgerProbe probe)
    {
        Settlement?[] settlements = [null, Settlement.Begin, Settlement.Commit, Settlement.Uncertain];
        ReservationState[] states = [ReservationState.Reserved, ReservationState.Begun, ReservationState.Committed, ReservationState.Uncertain];
        for (int i = 0; i < settlements.Length; i++)
        {
            ReservationRequest request = Ask.For(i, "key", Ask.Daily(1)).With(Ask.Budget("coupons", 100));
            await probe.GrantAsync(request).ConfigureAwait(false);
            if (settlements[i] is { } settlement)
            {
                await probe.ExpectSettleAsync(SettlementStatus.Done, i, "key", settlement).ConfigureAwait(false);
            }

            ReservationResult again = await probe.ReserveAsync(request).ConfigureAwait(false);
            Expect.Equal(ReservationStatus.Replayed, again.Status, $"the answer to a repeated request in state {states[i]}");
            Expect.Equal(states[i], again.Reservation?.State, "the state in the answer to a repeated request");
            await probe.ExpectStatusAsync(ReservationStatus.Refused, Ask.For(i, "another", Ask.Daily(1)), "a second place under a cap of 1 after the first request was repeated").ConfigureAwait(false);
            await probe.ExpectTakenAsync(i + 1, "coupons").ConfigureAwait(false);
        }
    }

    private static async Task AtOnce(LedgerProbe probe)
    {
        for (int user = 0; user < 20; user++)
        {
            ReservationRequest request = Ask.For(user, "key", Ask.Daily(2)).With(Ask.Budget("coupons", 1000));
            ReservationResult[] results = await Crowd.DoAsync(probe.Scale.Tasks, probe.Scale.Tasks, _ => probe.ReserveAsync(request)).ConfigureAwait(false);

            Expect.Equal(1, results.Count(result => result.Status == ReservationStatus.Granted), "answers that grant");
            Expect.Equal(probe.Scale.Tasks - 1, results.Count(result => result.Status == ReservationStatus.Replayed), "answers that repeat");
            Expect.Equal(1, results.Select(result => result.Reservation).Distinct().Count(), "different reservations in the answers");
            await probe.ExpectTakenAsync(user + 1, "coupons").ConfigureAwait(false);
        }
    }

    private static async Task Conflict(LedgerProbe probe)
    {
        ReservationRequest request = Ask.For(1, "key").With(Ask.Budget("coupons", 100, 2)) with { ShortLabels = [Ask.Label("short")] };
        Reservation first = await probe.GrantAsync(request).ConfigureAwait(false);
        foreach (ReservationRequest other in (ReservationRequest[])[
            request with { Labels = [Ask.All, Ask.Label("more")] },
            request with { ShortLabels = [] },
            request with { OnExpiry = ExpiryAction.Release },
            request.With(),
            request.With(Ask.Budget("coupons", 100, 3)),
            request.With(Ask.Budget("other", 100, 2))])
        {
            ReservationResult result = await probe.ReserveAsync(other).ConfigureAwait(false);
            Expect.Equal(ReservationStatus.Conflict, result.Status, "the answer to other content");
            Expect.Equal(first, result.Reservation, "the reservation that is in the way");
        }

        await probe.ExpectTakenAsync(2, "coupons").ConfigureAwait(false);
        await probe.ExpectTakenAsync(0, "other").ConfigureAwait(false);
        await probe.ExpectKeysAsync(1, "key").ConfigureAwait(false);
    }

    private static async Task ConflictAtOnce(LedgerProbe probe)
    {
        for (int user = 0; user < 20; user++)
        {
            ReservationRequest request = Ask.For(user, "key");
            ReservationResult[] results = await Crowd.DoAsync(
                probe.Scale.Tasks, probe.Scale.Tasks, i => probe.ReserveAsync(request with { Labels = [Ask.Label($"content {i % 4}")] })).ConfigureAwait(false);

            int winner = Array.FindIndex(results, result => result.Status == ReservationStatus.Granted) % 4;
            Expect.That(winner >= 0, "none of the requests was granted.");
            for (int i = 0; i < results.Length; i++)
            {
                ReservationStatus status = results[i].Status;
                Expect.That(
                    i % 4 == winner ? status is ReservationStatus.Granted or ReservationStatus.Replayed : status == ReservationStatus.Conflict,
                    $"content {winner} was granted, but a request with content {i % 4} was answered with {status}.");
            }

            Expect.Equal(1, results.Count(result => result.Status == ReservationStatus.Granted), "answers that grant");
        }
    }

    private static async Task Forgotten(LedgerProbe probe)
    {
        await probe.GrantAsync(Ask.For(1, "first")).ConfigureAwait(false);
        ReservationRequest refused = Ask.For(1, "key", Ask.Daily(1));
        await probe.ExpectStatusAsync(ReservationStatus.Refused, refused, "a second place under a cap of 1").ConfigureAwait(false);
        await probe.ExpectStatusAsync(ReservationStatus.Refused, refused, "the same request again").ConfigureAwait(false);
        await probe.ExpectSettleAsync(SettlementStatus.NotFound, 1, "key", Settlement.Commit).ConfigureAwait(false);
        await probe.ExpectSettleAsync(SettlementStatus.Done, 1, "first", Settlement.Release).ConfigureAwait(false);
        await probe.GrantAsync(refused with { Labels = [Ask.All, Ask.Label("other content")] }).ConfigureAwait(false);
    }
}
