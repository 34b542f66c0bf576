using PromoRec.Numerics;
using PromoRec.Push.Ledger;

namespace PromoRec.Testing.Conformance.Ledgers;

internal static class BatchChecks
{
    public static IReadOnlyList<LedgerCheck> All { get; } =
    [
        new("batches-equal-singles", "A batch answers each of its requests as single calls one after another would, in their order.", EqualSingles),
        new("batches-at-once-are-exact", "Batches that overlap grant what single calls would: caps and budgets stay exact.", AtOnce),
    ];

    private static async Task EqualSingles(LedgerProbe probe)
    {
        SeededRandom random = probe.Random(3);
        for (int round = 0; round < 10; round++)
        {
            // Two groups of customers with budgets of their own, asked for the same: one by one, and all at once.
            int length = random.NextInt32(60);
            ReservationRequest[] requests = [.. Enumerable.Range(0, length).Select(_ => Any(ref random))];
            List<ReservationResult> singles = [];
            foreach (ReservationRequest request in requests)
            {
                singles.Add(await probe.ReserveAsync(Of(request, $"single {round}")).ConfigureAwait(false));
            }

            IReadOnlyList<ReservationResult> batch = await probe.Ledger.TryReserveAsync([.. requests.Select(request => Of(request, $"batch {round}"))], probe.Token).ConfigureAwait(false);
            Expect.Equal(length, batch.Count, "the number of answers");
            for (int i = 0; i < length; i++)
            {
                Expect.Equal(Text(singles[i]), Text(batch[i]), $"the answer to request {i} of {length}");
            }
        }

        static string Text(ReservationResult result) =>
            $"{result.Status} {result.Reservation?.Key} {string.Join(' ', result.Refusals.Select(refusal => $"{refusal.Kind} {refusal.Index} {refusal.Observed} {refusal.Limit}"))}";
    }

    private static async Task AtOnce(LedgerProbe probe)
    {
        const int Size = 25;
        int batches = Math.Max(2, Math.Min(probe.Scale.Attempts, 4000) / Size / 2 * 2);

        // Ten requests of each customer, in one batch or in two, under a cap of five: half of all are granted, which is what the budget has.
        int limit = batches * Size / 2;
        IReadOnlyList<ReservationResult>[] results = await Crowd.DoAsync(probe.Scale.Tasks, batches, async batch => await probe.Ledger.TryReserveAsync(
            [.. Enumerable.Range(batch * Size, Size).Select(i => Ask.For(i / 10, $"request {i}", Ask.Daily(5)).With(Ask.Budget("coupons", limit)))],
            probe.Token).ConfigureAwait(false)).ConfigureAwait(false);

        ReservationResult[] held = [.. results.SelectMany(answers => answers).Where(answer => answer.IsHeld)];
        Expect.Equal(limit, held.Length, $"requests granted of a budget of {limit}");
        Expect.That(held.GroupBy(answer => answer.Reservation!.UserId).All(group => group.Count() <= 5), "a customer got more than five places under a cap of 5.");
        await probe.ExpectTakenAsync(limit, "coupons").ConfigureAwait(false);
    }

    private static ReservationRequest Any(ref SeededRandom random) =>
        Ask.For(random.NextInt32(4), $"key {random.NextInt32(12)}", Ask.Daily(random.NextInt32(6) + 1)).With(Ask.Budget($"budget {random.NextInt32(2)}", 12, random.NextInt32(3))) with
        {
            Labels = random.NextInt32(3) == 0 ? [Ask.All, Ask.Label("more")] : [Ask.All],
            IfHeld = (HeldAction)random.NextInt32(3),
        };

    private static ReservationRequest Of(ReservationRequest request, string group) =>
        request with { UserId = $"{group}, customer {request.UserId}", Budgets = [.. request.Budgets.Select(claim => claim with { Period = group })] };
}
