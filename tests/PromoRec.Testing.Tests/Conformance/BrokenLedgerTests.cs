using System.Collections.Immutable;
using System.Reflection;
using PromoRec.Push.Ledger;
using PromoRec.Testing.Conformance;
using PromoRec.Testing.Tests.Conformance.Broken;

namespace PromoRec.Testing.Tests.Conformance;

/// <summary>A suite is worth what it finds: for every check there is a broken ledger that it must find.</summary>
public class BrokenLedgerTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    private static readonly Dictionary<string, Func<IReservationLedger, TimeProvider, IReservationLedger>> Faults = new()
    {
        ["check then act"] = (ledger, _) => new CheckThenActLedger(ledger),
        ["count lost on replay"] = (ledger, _) => new LosesCountOnReplayLedger(ledger),
        ["time to live frees what is committed"] = (ledger, _) => new FreesCommittedOnExpiryLedger(ledger),
        ["takes for a moment"] = (ledger, _) => new TakesForAMomentLedger(ledger),
        ["follows the clock back"] = (ledger, clock) => new FollowsClockBackLedger(ledger, clock),
        ["one more than the limit"] = (ledger, _) => Asks(ledger, request => request with { Caps = Each(request.Caps, cap => cap with { Limit = cap.Limit + 1 }) }),
        ["one unit more than there is"] = (ledger, _) => Asks(ledger, request => request with { Budgets = Each(request.Budgets, claim => claim with { Limit = Math.Max(claim.Limit, claim.Limit + 1) }) }),
        ["only the first cap"] = (ledger, _) => Asks(ledger, request => request with { Caps = [.. request.Caps.Take(1)] }),
        ["no groups of labels"] = (ledger, _) => Asks(ledger, request => request with { Caps = Each(request.Caps, cap => cap with { AnyOf = [] }) }),
        ["windows a tick too long"] = (ledger, _) => Asks(ledger, request => request with { Caps = Each(request.Caps, cap => cap with { Window = TickLonger(cap.Window) }) }),
        ["lifetime is the retention"] = (ledger, _) => Asks(ledger, request => request with { Caps = Each(request.Caps, cap => cap.Window == LedgerWindow.Lifetime ? cap with { Window = LedgerWindow.Rolling(TimeSpan.FromDays(100)) } : cap) }),
        ["one period"] = (ledger, _) => Asks(ledger, request => request with { Budgets = Each(request.Budgets, claim => claim with { Period = claim.Period.Length == 0 ? "" : "one" }) }),
        ["plans for now"] = (ledger, _) => Asks(ledger, request => request with { PlannedAt = null }),
        ["places for an instant"] = (ledger, _) => Asks(ledger, request => request with { TimeToLive = Tick }),
        ["sends given back by their own end"] = (ledger, _) => Asks(ledger, request => request with { OnExpiry = ExpiryAction.Release }),
        ["carts that stay counted"] = (ledger, _) => Asks(ledger, request => request with { OnExpiry = ExpiryAction.Count }),
        ["keys without case"] = (ledger, _) => Asks(ledger, request => request with { Key = request.Key.ToUpperInvariant() }),
        ["content not looked at"] = (ledger, _) => Asks(ledger, request => request with { Labels = [new LedgerLabel(1)] }),
        ["short labels lost"] = (ledger, _) => Asks(ledger, request => request with { ShortLabels = [] }),
        ["whoever asks again gets a place"] = (ledger, _) => Asks(ledger, request => request.IfHeld == HeldAction.RecheckOnly ? request with { IfHeld = HeldAction.Recheck } : request),
        ["marks lost"] = (ledger, _) => Asks(ledger, request => request with { Marks = [] }),
        ["nothing is superseded"] = (ledger, _) => Asks(ledger, request => request with { Supersedes = [] }),
        ["supersedes what has begun"] = (ledger, _) => new TwistedLedger(ledger) { ReleasesSuperseded = true },
        ["supersedes in two steps"] = (ledger, _) => new TwistedLedger(ledger) { SupersedesInTwoSteps = true },
        ["nothing is checked again"] = (ledger, _) => Asks(ledger, request => request with { IfHeld = HeldAction.Replay }),
        ["versions not looked at"] = (ledger, _) => Asks(ledger, request => request with { ConsentVersion = long.MaxValue }),
        ["only the first refusal"] = (ledger, _) => Answers(ledger, answer => answer with { Refusals = [.. answer.Refusals.Take(1)] }),
        ["next instants a tick early"] = (ledger, _) => Answers(ledger, answer => answer with { Refusals = Each(answer.Refusals, refusal => refusal with { NextEligibleAt = refusal.NextEligibleAt - Tick }) }),
        ["another clock"] = (ledger, _) => Answers(ledger, answer => answer with { LedgerTime = answer.LedgerTime + Tick }),
        ["everybody may begin"] = (ledger, _) => new TwistedLedger(ledger) { Nods = Settlement.Begin },
        ["releases that do nothing"] = (ledger, _) => new TwistedLedger(ledger) { Nods = Settlement.Release },
        ["every request is new"] = (ledger, _) => new TwistedLedger(ledger) { NeverRepeats = true },
        ["refused keys are burnt"] = (ledger, _) => new TwistedLedger(ledger) { BurnsRefusedKeys = true },
        ["what has begun is checked again"] = (ledger, _) => new TwistedLedger(ledger) { ReleasesBeforeChecking = true },
        ["the impossible is answered"] = (ledger, _) => new TwistedLedger(ledger) { AnswersTheImpossible = true },
        ["batches without caps"] = (ledger, _) => new TwistedLedger(ledger) { GrantsBatches = true },
        ["every refund"] = (ledger, _) => new TwistedLedger(ledger) { RefundsTwice = true },
        ["refunds commit"] = (ledger, _) => new TwistedLedger(ledger) { CommitsOnRefund = true },
        ["histories of a moment ago"] = (ledger, _) => new TwistedLedger(ledger) { ReadsOldHistories = true },
        ["histories without labels"] = (ledger, _) => new TwistedLedger(ledger) { ReadsNoLabels = true },
        ["withdrawals that do nothing"] = (ledger, _) => new TwistedLedger(ledger) { IgnoresWithdrawals = true },
        ["versions forgotten"] = (ledger, _) => new TwistedLedger(ledger) { ForgetsVersions = true },
        ["every key cancelled"] = (ledger, _) => new TwistedLedger(ledger) { CancelsEveryKey = true },
        ["nothing listed"] = (ledger, _) => new TwistedLedger(ledger) { ListsNothing = true },
        ["nobody erased"] = (ledger, _) => new TwistedLedger(ledger) { KeepsErased = true },

        ["last instants not looked at"] = (ledger, _) => Asks(ledger, request => request with { NotAfter = null }),
        ["check then act beside others"] = (ledger, _) => new LocksAloneLedger(ledger),
        ["instances of their own"] = (_, clock) => new InMemoryReservationLedger(timeProvider: clock),
    };

    [Theory]
    [InlineData("check then act", "caps-are-exact")]
    [InlineData("check then act", "operations-have-one-order")]
    [InlineData("check then act beside others", "instances-are-exact-together")]
    [InlineData("check then act beside others", "operations-have-one-order")]
    [InlineData("count lost on replay", "repeats-keep-the-count")]
    [InlineData("count lost on replay", "operations-have-one-order")]
    [InlineData("time to live frees what is committed", "committed-places-never-expire")]
    [InlineData("takes for a moment", "caps-are-not-taken-for-a-moment")]
    [InlineData("takes for a moment", "budgets-are-not-taken-for-a-moment")]
    [InlineData("follows the clock back", "clocks-that-go-back-free-nothing")]
    [InlineData("one more than the limit", "caps-are-exact")]
    [InlineData("one more than the limit", "caps-refuse-all-or-none")]
    [InlineData("one unit more than there is", "budgets-are-exact")]
    [InlineData("one unit more than there is", "budgets-fit-amounts")]
    [InlineData("one unit more than there is", "budgets-have-no-order")]
    [InlineData("only the first cap", "every-refusal-is-named")]
    [InlineData("only the first cap", "answers-are-the-references")]
    [InlineData("no groups of labels", "caps-count-labels")]
    [InlineData("windows a tick too long", "rolling-windows-end-exactly")]
    [InlineData("windows a tick too long", "fixed-windows-hold")]
    [InlineData("windows a tick too long", "places-end-with-their-fixed-window")]
    [InlineData("last instants not looked at", "places-end-at-their-last-instant")]
    [InlineData("last instants not looked at", "answers-are-the-references")]
    [InlineData("lifetime is the retention", "old-sends-are-remembered-for-life")]
    [InlineData("one period", "budgets-have-periods")]
    [InlineData("plans for now", "planned-places-count-both-ways")]
    [InlineData("plans for now", "handing-over-has-its-time")]
    [InlineData("places for an instant", "held-places-count-while-they-may-be-sent")]
    [InlineData("places for an instant", "repeats-get-the-first-answer")]
    [InlineData("sends given back by their own end", "expired-sends-stay-counted")]
    [InlineData("carts that stay counted", "expired-carts-are-given-back")]
    [InlineData("carts that stay counted", "expired-carts-of-others-are-free")]
    [InlineData("keys without case", "customers-are-apart")]
    [InlineData("content not looked at", "conflicts-at-once-have-one-winner")]
    [InlineData("short labels lost", "clocks-that-come-back-free-nothing")]
    [InlineData("short labels lost", "other-content-is-a-conflict")]
    [InlineData("nothing is checked again", "places-can-be-checked-again")]
    [InlineData("nothing is checked again", "places-that-no-longer-fit-are-given-back")]
    [InlineData("nothing is checked again", "carts-can-be-replaced")]
    [InlineData("whoever asks again gets a place", "only-held-places-are-checked-again")]
    [InlineData("marks lost", "marks-are-no-content")]
    [InlineData("nothing is superseded", "superseded-places-make-room")]
    [InlineData("nothing is superseded", "superseding-at-once-leaves-one")]
    [InlineData("supersedes in two steps", "refused-requests-supersede-nothing")]
    [InlineData("supersedes what has begun", "only-what-is-held-is-superseded")]
    [InlineData("versions not looked at", "withdrawals-refuse-older-decisions")]
    [InlineData("only the first refusal", "every-refusal-is-named")]
    [InlineData("next instants a tick early", "next-instants-are-right")]
    [InlineData("another clock", "ledger-time-is-the-ledgers")]
    [InlineData("everybody may begin", "handing-over-begins-once")]
    [InlineData("everybody may begin", "nothing-begins-after-a-withdrawal")]
    [InlineData("everybody may begin", "settlements-follow-the-table")]
    [InlineData("releases that do nothing", "releases-free-the-place")]
    [InlineData("releases that do nothing", "commit-and-release-exclude-each-other")]
    [InlineData("releases that do nothing", "budgets-come-back")]
    [InlineData("every request is new", "repeats-at-once-are-one")]
    [InlineData("refused keys are burnt", "refusals-are-forgotten")]
    [InlineData("what has begun is checked again", "what-has-begun-is-not-checked-again")]
    [InlineData("the impossible is answered", "impossible-requests-are-refused-whole")]
    [InlineData("batches without caps", "batches-equal-singles")]
    [InlineData("batches without caps", "batches-at-once-are-exact")]
    [InlineData("batches without caps", "operations-have-one-order")]
    [InlineData("every refund", "refunds-give-back-once")]
    [InlineData("every refund", "refunds-are-exact-at-once")]
    [InlineData("refunds commit", "refunds-need-an-order")]
    [InlineData("histories of a moment ago", "operations-have-one-order")]
    [InlineData("histories without labels", "histories-show-what-is-known")]
    [InlineData("every key cancelled", "withdrawals-cancel-what-is-held")]
    [InlineData("withdrawals that do nothing", "withdrawals-cancel-what-is-held")]
    [InlineData("withdrawals that do nothing", "nothing-is-reserved-after-a-withdrawal")]
    [InlineData("versions forgotten", "withdrawals-refuse-older-decisions")]
    [InlineData("nothing listed", "uncertain-sends-are-listed")]
    [InlineData("nothing listed", "begun-sends-become-uncertain")]
    [InlineData("nobody erased", "erased-customers-are-refused-for-good")]
    [InlineData("nobody erased", "nothing-is-reserved-after-erasure")]
    [InlineData("instances of their own", "nothing-acknowledged-is-lost")]
    [InlineData("instances of their own", "instances-see-each-other")]
    [InlineData("instances of their own", "instances-are-exact-together")]
    public async Task A_broken_ledger_is_found_by(string fault, string check)
    {
        ConformanceException found = await Assert.ThrowsAsync<ConformanceException>(() => new Suite(Faults[fault]).RunAsync(check, TestContext.Current.CancellationToken));

        Assert.Equal((check, 1UL), (found.Check, found.Seed));
        Assert.Contains($"Check '{check}', seed 1:", found.Message, StringComparison.Ordinal);
        Assert.Null(found.InnerException);
    }

    [Fact]
    public void Every_check_finds_some_fault_and_every_fault_is_found_by_some_check()
    {
        object?[][] rows = [.. typeof(BrokenLedgerTests).GetMethod(nameof(A_broken_ledger_is_found_by))!.GetCustomAttributes<InlineDataAttribute>().Select(row => row.Data)];

        Assert.Equal(Faults.Keys.Order(StringComparer.Ordinal), rows.Select(row => (string)row[0]!).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(ReservationLedgerConformance.Names.Order(StringComparer.Ordinal), rows.Select(row => (string)row[1]!).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_store_that_is_broken_only_where_instances_meet_passes_with_one_instance()
    {
        foreach (string check in (string[])["caps-are-exact", "repeats-at-once-are-one", "operations-have-one-order"])
        {
            await new Suite(Faults["check then act beside others"]) { IsShared = false }.RunAsync(check, TestContext.Current.CancellationToken);
        }
    }

    private static TwistedLedger Asks(IReservationLedger ledger, Func<ReservationRequest, ReservationRequest> twist) => new(ledger) { Request = twist };

    private static TwistedLedger Answers(IReservationLedger ledger, Func<ReservationResult, ReservationResult> twist) => new(ledger) { Answer = twist };

    private static ImmutableArray<T> Each<T>(ImmutableArray<T> items, Func<T, T> twist) => items.IsDefault ? items : [.. items.Select(twist)];

    private static LedgerWindow TickLonger(LedgerWindow window) => window.Kind switch
    {
        LedgerWindowKind.Rolling => LedgerWindow.Rolling(window.Length + Tick),
        LedgerWindowKind.Fixed => LedgerWindow.Between(window.From, window.To + Tick),
        _ => window,
    };

    private sealed class Suite(Func<IReservationLedger, TimeProvider, IReservationLedger> broken) : ReservationLedgerConformance
    {
        private InMemoryReservationLedger? _data;

        public bool IsShared { get; init; } = true;

        protected override StoreAbilities Abilities => StoreAbilities.TakesClock | StoreAbilities.Durable | (IsShared ? StoreAbilities.Shared : StoreAbilities.None);

        protected override ConformanceScale Scale { get; } = new() { Attempts = 1000, Races = 50, HistoryOperations = 2000, ReferenceSteps = 500 };

        protected override ValueTask<IReservationLedger> CreateAsync(TimeProvider clock, CancellationToken cancellationToken)
        {
            _data = new InMemoryReservationLedger(timeProvider: clock);
            return OpenAgainAsync(clock, cancellationToken);
        }

        protected override ValueTask<IReservationLedger> OpenAgainAsync(TimeProvider clock, CancellationToken cancellationToken) => ValueTask.FromResult(broken(_data!, clock));
    }
}
