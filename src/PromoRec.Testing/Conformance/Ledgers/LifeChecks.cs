using PromoRec.Push.Ledger;

namespace PromoRec.Testing.Conformance.Ledgers;

internal static class LifeChecks
{
    private const int Instances = 3;

    public static IReadOnlyList<LedgerCheck> All { get; } =
    [
        new("nothing-acknowledged-is-lost", "What was acknowledged before the store was closed is there when it is opened again.", Reopen, StoreAbilities.Durable),
        new("instances-see-each-other", "What one instance has done, another one on the same data knows at once.", SeeEachOther, StoreAbilities.Shared),
        new("instances-are-exact-together", "Caps and budgets stay exact when several instances are asked at once.", ExactTogether, StoreAbilities.Shared),
    ];

    private static async Task Reopen(LedgerProbe probe)
    {
        DateTimeOffset later = (await probe.ReadAsync(1).ConfigureAwait(false)).LedgerTime.AddDays(3);
        foreach (string key in (string[])["begun", "committed", "uncertain", "released"])
        {
            await probe.GrantAsync(Ask.For(1, key).With(Ask.Budget("coupons", 10, 2))).ConfigureAwait(false);
        }

        ReservationRequest planned = Ask.For(1, "planned").With(Ask.Budget("coupons", 10, 1)) with { PlannedAt = later, ShortLabels = [Ask.Label("short")] };
        await probe.GrantAsync(planned).ConfigureAwait(false);
        await probe.ExpectSettleAsync(SettlementStatus.Done, 1, "begun", Settlement.Begin).ConfigureAwait(false);
        await probe.ExpectSettleAsync(SettlementStatus.Done, 1, "committed", Settlement.Commit).ConfigureAwait(false);
        await probe.ExpectSettleAsync(SettlementStatus.Done, 1, "uncertain", Settlement.Uncertain).ConfigureAwait(false);
        await probe.ExpectSettleAsync(SettlementStatus.Done, 1, "released", Settlement.Release).ConfigureAwait(false);
        Expect.Equal(SettlementStatus.Done, await probe.RefundAsync(1, "committed", "refund", "coupons", 1).ConfigureAwait(false), "a refund");
        await probe.CancelAsync(2, 7).ConfigureAwait(false);
        await probe.Ledger.ForgetAsync(3, probe.Token).ConfigureAwait(false);
        CustomerHistory before = await probe.ReadAsync(1).ConfigureAwait(false);

        await probe.ReopenAsync().ConfigureAwait(false);

        CustomerHistory after = await probe.ReadAsync(1).ConfigureAwait(false);
        Expect.Same(before.Entries.Select(Text), after.Entries.Select(Text), "the history");
        await probe.ExpectTakenAsync(6, "coupons").ConfigureAwait(false);
        Expect.Same(["1/uncertain"], await probe.UncertainAsync().ConfigureAwait(false), "what is listed as uncertain");
        await probe.ExpectStatusAsync(ReservationStatus.Replayed, planned, "a request from before").ConfigureAwait(false);
        await probe.ExpectStatusAsync(ReservationStatus.Refused, Ask.For(1, "next", Ask.Daily(3)), "a fourth place of a day").ConfigureAwait(false);
        Expect.Equal(SettlementStatus.AlreadyDone, await probe.RefundAsync(1, "committed", "refund", "coupons", 1).ConfigureAwait(false), "the refund again");
        await probe.ExpectStatusAsync(ReservationStatus.ConsentChanged, Ask.For(2, "key") with { ConsentVersion = 6 }, "a decision from before a withdrawal").ConfigureAwait(false);
        await probe.ExpectStatusAsync(ReservationStatus.Erased, Ask.For(3, "key"), "an erased customer").ConfigureAwait(false);
        await probe.ExpectSettleAsync(SettlementStatus.AlreadyDone, 1, "begun", Settlement.Begin).ConfigureAwait(false);

        static string Text(LedgerEntry entry) =>
            $"{entry.Key} {entry.State} {entry.At:O} {entry.ExpiresAt:O} {entry.OnExpiry} [{string.Join(',', entry.Labels)}] [{string.Join(',', entry.ShortLabels)}] [{string.Join(',', entry.Budgets)}] [{string.Join(',', entry.Refunds)}]";
    }

    private static async Task SeeEachOther(LedgerProbe probe)
    {
        IReservationLedger other = await probe.OpenBesideAsync().ConfigureAwait(false);
        for (int i = 0; i < 20; i++)
        {
            UserId user = i;
            ReservationRequest request = Ask.For(user, "key", Ask.Daily(1)).With(Ask.Budget("coupons", 100));
            await probe.GrantAsync(request).ConfigureAwait(false);
            Expect.Equal(ReservationStatus.Replayed, (await other.TryReserveAsync(request, probe.Token).ConfigureAwait(false)).Status, "the same request at the other instance");
            Expect.Equal(ReservationStatus.Refused, (await other.TryReserveAsync(request with { Key = "next" }, probe.Token).ConfigureAwait(false)).Status, "a second place at the other instance");
            Expect.Equal(i + 1, (await other.ReadBudgetsAsync([new BudgetName("coupons", "")], probe.Token).ConfigureAwait(false))[0].Taken, "what the other instance knows to be taken");
            Expect.Equal(1, await other.CancelAsync(new Cancellation(user, 1, []), probe.Token).ConfigureAwait(false), "places cancelled by the other instance");
            await probe.ExpectSettleAsync(SettlementStatus.NotFound, user, "key", Settlement.Begin).ConfigureAwait(false);
            await probe.ExpectStatusAsync(ReservationStatus.ConsentChanged, request with { Key = "after" }, "a decision from before the withdrawal").ConfigureAwait(false);
            await probe.GrantAsync(request with { Key = "after", ConsentVersion = 1 }).ConfigureAwait(false);
        }
    }

    private static async Task ExactTogether(LedgerProbe probe)
    {
        IReservationLedger[] ledgers = await probe.OpenAllAsync(Instances).ConfigureAwait(false);
        await CapsTogether(probe, ledgers).ConfigureAwait(false);
        await BudgetTogether(probe, ledgers).ConfigureAwait(false);
    }

    /// <summary>Without a budget, which could be what keeps instances apart: the attempts of one customer come one behind the other, and each goes to another instance.</summary>
    private static async Task CapsTogether(LedgerProbe probe, IReservationLedger[] ledgers)
    {
        const int Each = 6;
        const int Limit = 2;
        int customers = Math.Max(1, probe.Scale.Attempts / Each);
        bool[] held = await Crowd.DoAsync(
            probe.Scale.Tasks,
            customers * Each,
            async i => (await ledgers[i % Instances].TryReserveAsync(Ask.For($"capped {i / Each}", $"attempt {i}", Ask.Daily(Limit)), probe.Token).ConfigureAwait(false)).IsHeld).ConfigureAwait(false);

        foreach ((int customer, bool[] granted) in held.Chunk(Each).Index())
        {
            Expect.Equal(Limit, granted.Count(each => each), $"places granted by three instances to a customer under a cap of {Limit}");
            await probe.ExpectKeysAsync($"capped {customer}", granted.Index().Where(attempt => attempt.Item).Select(attempt => $"attempt {(customer * Each) + attempt.Index}")).ConfigureAwait(false);
        }
    }

    /// <summary>Two attempts of each customer, at two instances.</summary>
    private static async Task BudgetTogether(LedgerProbe probe, IReservationLedger[] ledgers)
    {
        int attempts = probe.Scale.Attempts;
        int limit = attempts / 5;
        bool[] held = await Crowd.DoAsync(
            probe.Scale.Tasks,
            attempts,
            async i => (await ledgers[i % Instances].TryReserveAsync(Ask.For(i / 2, $"attempt {i}", Ask.Daily(1)).With(Ask.Budget("coupons", limit)), probe.Token).ConfigureAwait(false)).IsHeld).ConfigureAwait(false);

        Expect.Equal(limit, held.Count(granted => granted), $"requests granted of a budget of {limit} by three instances");
        Expect.That(held.Chunk(2).All(pair => pair.Count(granted => granted) <= 1), "a customer got two places under a cap of 1.");
        await probe.ExpectTakenAsync(limit, "coupons").ConfigureAwait(false);
    }
}
