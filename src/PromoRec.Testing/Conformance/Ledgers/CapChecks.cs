using PromoRec.Numerics;
using PromoRec.Push.Ledger;

namespace PromoRec.Testing.Conformance.Ledgers;

internal static class CapChecks
{
    public static IReadOnlyList<LedgerCheck> All { get; } =
    [
        new("caps-are-exact", "A cap of k grants exactly k places, for k from 1 to 10, however many tasks ask at once.", Exact),
        new("caps-refuse-all-or-none", "A request is granted under all of its caps or takes no place under any.", AllOrNone),
        new("caps-are-not-taken-for-a-moment", "A request that is refused by one cap never stands in the way of another one under its other caps.", NotForAMoment),
        new("caps-count-labels", "A cap counts what carries every label of its scope and one of each group, and nothing else.", Labels),
        new("every-refusal-is-named", "A refusal names every cap and budget that stands against the request, with what was counted.", Named),
    ];

    private static async Task Exact(LedgerProbe probe)
    {
        for (int k = 1; k <= 10; k++)
        {
            UserId user = k;
            CapClaim cap = Ask.Daily(k);
            bool[] held = await Crowd.DoAsync(
                probe.Scale.Tasks, probe.Scale.Attempts, async i => (await probe.ReserveAsync(Ask.For(user, $"attempt {i}", cap)).ConfigureAwait(false)).IsHeld).ConfigureAwait(false);

            Expect.Equal(k, held.Count(granted => granted), $"places granted under a cap of {k} to {probe.Scale.Tasks} tasks in {probe.Scale.Attempts} attempts");
            await probe.ExpectKeysAsync(user, held.Index().Where(attempt => attempt.Item).Select(attempt => $"attempt {attempt.Index}")).ConfigureAwait(false);
        }
    }

    private static async Task AllOrNone(LedgerProbe probe)
    {
        LedgerLabel[] labels = [Ask.Label("a"), Ask.Label("b"), Ask.Label("c")];
        int[] limits = [5, 20, 40];
        int count = Math.Min(probe.Scale.Attempts, 2000);
        SeededRandom random = probe.Random(1);
        ReservationRequest[] requests = [.. Enumerable.Range(0, count).Select(i => Subset(i, random.NextInt32(7) + 1, labels, limits))];

        ReservationResult[] results = await Crowd.DoAsync(probe.Scale.Tasks, count, i => probe.ReserveAsync(requests[i])).ConfigureAwait(false);

        // Nothing is given back here, so that whatever was full when a request was refused is full at the end.
        int[] counts = [.. labels.Select(label => requests.Zip(results).Count(pair => pair.Second.IsHeld && pair.First.Labels.Contains(label)))];
        for (int i = 0; i < labels.Length; i++)
        {
            Expect.That(counts[i] <= limits[i], $"cap {i} of three has a limit of {limits[i]}, but {counts[i]} places were granted under it.");
        }

        foreach ((ReservationRequest request, ReservationResult result) in requests.Zip(results).Where(pair => !pair.Second.IsHeld))
        {
            Expect.Equal(ReservationStatus.Refused, result.Status, "the answer to a request that does not fit");
            Expect.That(!result.Refusals.IsEmpty, "a request was refused without naming a cap.");
            Expect.That(
                result.Refusals.All(refusal => counts[Array.IndexOf(labels, request.Caps[refusal.Index].Scope[0])] == request.Caps[refusal.Index].Limit),
                "a request was refused by a cap that is not full even at the end.");
        }
    }

    private static async Task NotForAMoment(LedgerProbe probe)
    {
        LedgerLabel full = Ask.Label("full");
        LedgerLabel open = Ask.Label("open");
        int places = Math.Min(probe.Scale.Attempts / 4, 500);
        await probe.GrantAsync(Ask.For(1, "fills") with { Labels = [full] }).ConfigureAwait(false);
        ReservationRequest both = Ask.For(1, "", Ask.Ever(1, full), Ask.Ever(places, open)) with { Labels = [full, open] };
        ReservationRequest one = Ask.For(1, "", Ask.Ever(places, open)) with { Labels = [open] };

        ReservationStatus[] results = await Crowd.DoAsync(
            probe.Scale.Tasks, places * 2, i => probe.StatusAsync((i % 2 == 0 ? both : one) with { Key = $"attempt {i}" })).ConfigureAwait(false);

        Expect.Equal(0, results.Where((_, i) => i % 2 == 0).Count(status => status == ReservationStatus.Granted), "places granted under a cap that is full");
        Expect.Equal(places, results.Where((_, i) => i % 2 == 1).Count(status => status == ReservationStatus.Granted), "places granted to those who do not ask for the full cap");
    }

    private static async Task Labels(LedgerProbe probe)
    {
        LedgerLabel email = Ask.Label("email");
        LedgerLabel shoes = Ask.Label("shoes");
        LedgerLabel hats = Ask.Label("hats");
        await probe.GrantAsync(Ask.For(1, "1") with { Labels = [email, shoes] }).ConfigureAwait(false);
        await probe.GrantAsync(Ask.For(1, "2") with { Labels = [email], ShortLabels = [hats] }).ConfigureAwait(false);
        await probe.GrantAsync(Ask.For(1, "3") with { Labels = [email] }).ConfigureAwait(false);
        await probe.GrantAsync(Ask.For(1, "4") with { Labels = [shoes] }).ConfigureAwait(false);
        await probe.GrantAsync(Ask.For(2, "5") with { Labels = [email, shoes] }).ConfigureAwait(false);

        CapClaim[] caps =
        [
            Ask.Ever(3, email), Ask.Ever(2, shoes), new([email, shoes], 1, LedgerWindow.Lifetime), new([email], 2, LedgerWindow.Lifetime) { AnyOf = [[shoes, hats]] },
        ];
        CapClaim[] higher = [.. caps.Select(cap => cap with { Limit = cap.Limit + 1 })];
        ReservationResult result = await probe.ReserveAsync(Ask.For(1, "all full", caps)).ConfigureAwait(false);
        Expect.Same([3L, 2, 1, 2], result.Refusals.Select(refusal => refusal.Observed), "what is counted under four caps");
        await probe.GrantAsync(Ask.For(1, "one more of each", higher)).ConfigureAwait(false);
    }

    private static async Task Named(LedgerProbe probe)
    {
        await probe.GrantAsync(Ask.For(1, "first").With(Ask.Budget("coupons", 10, 4))).ConfigureAwait(false);
        ReservationResult result = await probe.ReserveAsync(
            Ask.For(1, "second", Ask.Daily(1), Ask.Daily(2), Ask.Ever(1, Ask.All)).With(Ask.Budget("coupons", 10, 6), Ask.Budget("none", 0), Ask.Budget("coupons", 0, 1, "other"))).ConfigureAwait(false);

        Expect.Equal(ReservationStatus.Refused, result.Status, "the answer");
        Expect.Same(
            [(ClaimKind.Cap, 0, 1L, 1L), (ClaimKind.Cap, 2, 1, 1), (ClaimKind.Budget, 1, 0, 0), (ClaimKind.Budget, 2, 0, 0)],
            result.Refusals.Select(refusal => (refusal.Kind, refusal.Index, refusal.Observed, refusal.Limit)),
            "the refusals, by kind, index, observed and limit");
        await probe.ExpectKeysAsync(1, "first").ConfigureAwait(false);
        await probe.ExpectTakenAsync(4, "coupons").ConfigureAwait(false);
    }

    private static ReservationRequest Subset(int number, int bits, LedgerLabel[] labels, int[] limits)
    {
        int[] chosen = [.. Enumerable.Range(0, labels.Length).Where(i => (bits & (1 << i)) != 0)];
        return Ask.For(1, $"attempt {number}", [.. chosen.Select(i => Ask.Ever(limits[i], labels[i]))]) with { Labels = [.. chosen.Select(i => labels[i])] };
    }
}
