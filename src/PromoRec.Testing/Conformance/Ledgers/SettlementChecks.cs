using PromoRec.Push.Ledger;

namespace PromoRec.Testing.Conformance.Ledgers;

internal static class SettlementChecks
{
    public static IReadOnlyList<LedgerCheck> All { get; } =
    [
        new("settlements-follow-the-table", "Every settlement of every state answers and does what the interface says.", Table),
        new("handing-over-begins-once", "Of many who want to begin handing over, one may.", BeginOnce),
        new("commit-and-release-exclude-each-other", "When a place is committed and released at once, one of both is done and the other is told so.", CommitOrRelease),
        new("releases-free-the-place", "What is released is counted no more, under caps and budgets.", ReleaseFrees),
        new("uncertain-sends-are-listed", "What was settled as uncertain is counted and listed until it is committed or released.", Uncertain),
    ];

    private static async Task Table(LedgerProbe probe)
    {
        (string Before, Settlement Settlement, SettlementStatus Answer, ReservationState? After)[] table =
        [
            ("reserved", Settlement.Begin, SettlementStatus.Done, ReservationState.Begun),
            ("reserved", Settlement.Commit, SettlementStatus.Done, ReservationState.Committed),
            ("reserved", Settlement.Release, SettlementStatus.Done, null),
            ("reserved", Settlement.Uncertain, SettlementStatus.Done, ReservationState.Uncertain),
            ("begun", Settlement.Begin, SettlementStatus.AlreadyDone, ReservationState.Begun),
            ("begun", Settlement.Commit, SettlementStatus.Done, ReservationState.Committed),
            ("begun", Settlement.Release, SettlementStatus.Done, null),
            ("begun", Settlement.Uncertain, SettlementStatus.Done, ReservationState.Uncertain),
            ("committed", Settlement.Begin, SettlementStatus.Conflict, ReservationState.Committed),
            ("committed", Settlement.Commit, SettlementStatus.AlreadyDone, ReservationState.Committed),
            ("committed", Settlement.Release, SettlementStatus.Conflict, ReservationState.Committed),
            ("committed", Settlement.Uncertain, SettlementStatus.Conflict, ReservationState.Committed),
            ("uncertain", Settlement.Begin, SettlementStatus.Conflict, ReservationState.Uncertain),
            ("uncertain", Settlement.Commit, SettlementStatus.Done, ReservationState.Committed),
            ("uncertain", Settlement.Release, SettlementStatus.Done, null),
            ("uncertain", Settlement.Uncertain, SettlementStatus.AlreadyDone, ReservationState.Uncertain),
            ("none", Settlement.Begin, SettlementStatus.NotFound, null),
            ("none", Settlement.Commit, SettlementStatus.NotFound, null),
            ("none", Settlement.Release, SettlementStatus.NotFound, null),
            ("none", Settlement.Uncertain, SettlementStatus.NotFound, null),
        ];
        long taken = 0;
        foreach (((string before, Settlement settlement, SettlementStatus answer, ReservationState? after), int i) in table.Select((row, i) => (row, i)))
        {
            await BringAsync(probe, i, before).ConfigureAwait(false);
            Expect.Equal(answer, await probe.SettleAsync(i, "key", settlement).ConfigureAwait(false), $"settling what is {before} with {settlement}");
            CustomerHistory history = await probe.ReadAsync(i).ConfigureAwait(false);
            Expect.Equal(after, history.Entries.SingleOrDefault()?.State, $"the state after settling what is {before} with {settlement}");
            taken += after is null ? 0 : 1;
            await probe.ExpectTakenAsync(taken, "coupons").ConfigureAwait(false);
        }
    }

    private static async Task BringAsync(LedgerProbe probe, UserId user, string state)
    {
        if (state == "none")
        {
            return;
        }

        await probe.GrantAsync(Ask.For(user, "key").With(Ask.Budget("coupons", 1000))).ConfigureAwait(false);
        if (state != "reserved")
        {
            await probe.SettleAsync(user, "key", state switch { "begun" => Settlement.Begin, "committed" => Settlement.Commit, _ => Settlement.Uncertain }).ConfigureAwait(false);
        }
    }

    private static async Task BeginOnce(LedgerProbe probe)
    {
        for (int user = 0; user < 20; user++)
        {
            await probe.GrantAsync(Ask.For(user, "key")).ConfigureAwait(false);
            UserId customer = user;
            SettlementStatus[] answers = await Crowd.DoAsync(probe.Scale.Tasks, probe.Scale.Tasks, _ => probe.SettleAsync(customer, "key", Settlement.Begin)).ConfigureAwait(false);

            Expect.Equal(1, answers.Count(answer => answer == SettlementStatus.Done), "tasks that may begin");
            Expect.Equal(probe.Scale.Tasks - 1, answers.Count(answer => answer == SettlementStatus.AlreadyDone), "tasks that are told that another has begun");
        }
    }

    private static async Task CommitOrRelease(LedgerProbe probe)
    {
        for (int i = 0; i < probe.Scale.Races; i++)
        {
            UserId user = i;
            await probe.GrantAsync(Ask.For(user, "key", Ask.Daily(1)).With(Ask.Budget("coupons", long.MaxValue))).ConfigureAwait(false);
            long before = await probe.TakenAsync("coupons").ConfigureAwait(false);
            (SettlementStatus commit, SettlementStatus release) = await Crowd.RaceAsync(
                () => probe.SettleAsync(user, "key", Settlement.Commit), () => probe.SettleAsync(user, "key", Settlement.Release)).ConfigureAwait(false);

            bool isCommitted = (commit, release) == (SettlementStatus.Done, SettlementStatus.Conflict);
            Expect.That(isCommitted || (commit, release) == (SettlementStatus.NotFound, SettlementStatus.Done), $"committing was answered with {commit} and releasing with {release}.");
            await probe.ExpectTakenAsync(isCommitted ? before : before - 1, "coupons").ConfigureAwait(false);
            await probe.ExpectStatusAsync(isCommitted ? ReservationStatus.Refused : ReservationStatus.Granted, Ask.For(user, "next", Ask.Daily(1)), "the next place under a cap of 1").ConfigureAwait(false);
        }
    }

    private static async Task ReleaseFrees(LedgerProbe probe)
    {
        Settlement?[] ways = [null, Settlement.Begin, Settlement.Uncertain];
        for (int i = 0; i < 30; i++)
        {
            await probe.GrantAsync(Ask.For(1, $"send {i}", Ask.Daily(1)).With(Ask.Budget("coupons", 1))).ConfigureAwait(false);
            if (ways[i % ways.Length] is { } way)
            {
                await probe.ExpectSettleAsync(SettlementStatus.Done, 1, $"send {i}", way).ConfigureAwait(false);
            }

            await probe.ExpectSettleAsync(SettlementStatus.Done, 1, $"send {i}", Settlement.Release).ConfigureAwait(false);
            await probe.ExpectSettleAsync(SettlementStatus.NotFound, 1, $"send {i}", Settlement.Release).ConfigureAwait(false);
        }

        await probe.ExpectTakenAsync(0, "coupons").ConfigureAwait(false);
        await probe.ExpectKeysAsync(1).ConfigureAwait(false);
    }

    private static async Task Uncertain(LedgerProbe probe)
    {
        for (int i = 0; i < 3; i++)
        {
            await probe.GrantAsync(Ask.For(i, "key", Ask.Daily(1))).ConfigureAwait(false);
            await probe.ExpectSettleAsync(SettlementStatus.Done, i, "key", Settlement.Uncertain).ConfigureAwait(false);
            await probe.ExpectStatusAsync(ReservationStatus.Refused, Ask.For(i, "next", Ask.Daily(1)), "a second place beside an uncertain one").ConfigureAwait(false);
        }

        Expect.Same(["0/key", "1/key", "2/key"], await probe.UncertainAsync().ConfigureAwait(false), "what is listed as uncertain");
        await probe.ExpectSettleAsync(SettlementStatus.Done, 0, "key", Settlement.Commit).ConfigureAwait(false);
        await probe.ExpectSettleAsync(SettlementStatus.Done, 1, "key", Settlement.Release).ConfigureAwait(false);
        Expect.Same(["2/key"], await probe.UncertainAsync().ConfigureAwait(false), "what is listed when two are settled");
        await probe.ExpectStatusAsync(ReservationStatus.Refused, Ask.For(0, "next", Ask.Daily(1)), "a second place beside a committed one").ConfigureAwait(false);
        await probe.ExpectStatusAsync(ReservationStatus.Granted, Ask.For(1, "next", Ask.Daily(1)), "a place after the other was released").ConfigureAwait(false);
    }
}
