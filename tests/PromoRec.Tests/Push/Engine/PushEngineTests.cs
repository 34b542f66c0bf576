using PromoRec.Consent;
using PromoRec.Push;
using PromoRec.Push.Ledger;
using PromoRec.Push.Offers;
using static PromoRec.Tests.Push.PushScenario;

namespace PromoRec.Tests.Push.Engine;

public sealed class PushEngineTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Fact]
    public async Task What_may_be_sent_holds_a_place_that_is_begun_and_committed_and_counts()
    {
        PushShop shop = new(PushShop.Cap(1, Day));

        PushReservation held = await shop.Engine.TryReserveAsync(Request);
        Assert.Equal((PushOutcome.SendNow, ReservationState.Reserved, false), (held.Decision.Outcome, held.Place!.State, held.IsReplayed));
        Assert.Equal(SettlementStatus.Done, await shop.Engine.BeginAsync(held.UserId, held.Key));
        Assert.Equal(SettlementStatus.Done, await shop.Engine.CommitAsync(held.UserId, held.Key));

        PushReservation next = await shop.Engine.TryReserveAsync(Other("coffee"));
        Assert.Equal(PushDecision.Drop(PushReason.FrequencyCap, "cap:all:1/1d", Noon + Day), next.Decision);
        Assert.Null(next.Place);
        shop.Time.Now = Noon + Day;
        Assert.NotNull((await shop.Engine.TryReserveAsync(Other("coffee"))).Place);
    }

    [Fact]
    public async Task What_is_released_does_not_count_and_what_is_uncertain_is_listed_and_counts()
    {
        PushShop shop = new(PushShop.Cap(1, Day));
        PushReservation released = await shop.Engine.TryReserveAsync(Request);
        await shop.Engine.ReleaseAsync(released.UserId, released.Key);

        PushReservation uncertain = await shop.Engine.TryReserveAsync(Other("coffee"));
        Assert.NotNull(uncertain.Place);
        await shop.Engine.BeginAsync(uncertain.UserId, uncertain.Key);
        await shop.Engine.MarkUncertainAsync(uncertain.UserId, uncertain.Key);

        Assert.Equal([uncertain.Key], await shop.Engine.ReadUncertainAsync().Select(place => place.Key).ToArrayAsync());
        Assert.Equal(PushReason.FrequencyCap, (await shop.Engine.TryReserveAsync(Other("tonic"))).Decision.Reason);
    }

    [Fact]
    public async Task The_same_request_gets_the_same_place_and_takes_nothing_more()
    {
        PushShop shop = new(PushShop.Cap(2, Day));
        PushReservation first = await shop.Engine.TryReserveAsync(Request);

        PushReservation second = await shop.Engine.TryReserveAsync(Request);

        Assert.Equal(first with { IsReplayed = true }, second with { Decision = first.Decision });
        Assert.Equal(PushOutcome.SendNow, second.Decision.Outcome);
        Assert.NotNull((await shop.Engine.TryReserveAsync(Other("coffee"))).Place);
    }

    [Fact]
    public async Task A_full_cap_does_not_stand_against_the_answer_that_was_given_before()
    {
        PushShop shop = new(PushShop.Cap(1, Day));
        PushReservation first = await shop.Engine.TryReserveAsync(Request with { Key = "mine" });
        await shop.Engine.CommitAsync("ann", "mine");

        PushReservation second = await shop.Engine.TryReserveAsync(Request with { Key = "mine" });

        Assert.True(second.IsReplayed);
        Assert.Equal(ReservationState.Committed, second.Place!.State);
        Assert.Equal(SettlementStatus.Conflict, await shop.Engine.BeginAsync("ann", first.Key));
    }

    [Fact]
    public async Task The_same_key_for_something_else_is_a_conflict()
    {
        PushShop shop = new();
        await shop.Engine.TryReserveAsync(Request with { Key = "mine" });

        PushReservation other = await shop.Engine.TryReserveAsync(Other("coffee") with { Key = "mine" });

        Assert.Equal(PushDecision.Drop(PushReason.IdempotencyConflict), other.Decision);
        Assert.Null(other.Place);
        Assert.False(other.IsReplayed);
    }

    [Fact]
    public async Task A_conflict_that_arises_between_decision_and_reservation_is_found_as_well()
    {
        PushShop shop = new();
        shop.Ledger.BeforeReserve = async () => await shop.Engine.TryReserveAsync(Other("coffee") with { Key = "mine" });

        Assert.Equal(PushReason.IdempotencyConflict, (await shop.Engine.TryReserveAsync(Request with { Key = "mine" })).Decision.Reason);
    }

    [Fact]
    public async Task A_request_without_a_key_stands_for_itself_for_thirty_days()
    {
        PushShop shop = new();
        PushReservation first = await shop.Engine.TryReserveAsync(Request);
        await shop.Engine.CommitAsync("ann", first.Key);

        shop.Time.Now = Noon.AddDays(30).AddTicks(-1);
        Assert.True((await shop.Engine.TryReserveAsync(Request)).IsReplayed);
        Assert.NotEqual(first.Key, (await shop.Engine.TryReserveAsync(Request with { Occurrence = "2" })).Key);

        shop.Time.Now = Noon.AddDays(30);
        PushReservation later = await shop.Engine.TryReserveAsync(Request);
        Assert.False(later.IsReplayed);
        Assert.NotEqual(first.Key, later.Key);
        Assert.True((await shop.Engine.TryReserveAsync(Request)).IsReplayed);
    }

    [Fact]
    public async Task What_is_deferred_holds_a_place_only_when_asked_to()
    {
        PushShop shop = new(PolicyStub.DefersTo("quiet", Noon.AddHours(8)), PushShop.Cap(1, Day));
        PushReservation free = await shop.Engine.TryReserveAsync(Request);
        Assert.Equal(PushDecision.Defer(PushReason.QuietHours, "quiet", Noon.AddHours(8)), free.Decision);
        Assert.Null(free.Place);

        PushReservation held = await shop.Engine.TryReserveAsync(Request, new PushReserveOptions { HoldDeferred = true });
        Assert.Equal(free.Decision, held.Decision);
        Assert.Equal(Noon.AddHours(8), held.Place!.At);
        Assert.Equal(PushReason.FrequencyCap, (await shop.Engine.TryReserveAsync(Other("coffee"))).Decision.Reason);
        Assert.Equal(SettlementStatus.NotYet, await shop.Engine.BeginAsync("ann", held.Key));

        PushReservation repeated = await shop.Engine.TryReserveAsync(Request, new PushReserveOptions { HoldDeferred = true });
        Assert.Equal((PushOutcome.Defer, Noon.AddHours(8), true), (repeated.Decision.Outcome, repeated.Decision.Until, repeated.IsReplayed));
    }

    [Fact]
    public async Task At_its_release_a_deferred_push_is_decided_about_once_more_and_its_own_place_is_not_in_its_way()
    {
        PushShop shop = new(PolicyStub.DefersTo("quiet", Noon.AddHours(8)), PushShop.Cap(1, Day), new BudgetPolicyStub(1));
        PushReservation held = await shop.Engine.TryReserveAsync(Request, new PushReserveOptions { HoldDeferred = true });
        shop.Time.Now = Noon.AddHours(8);

        PushReservation released = await shop.Engine.TryReserveAsync(Request, new PushReserveOptions { DecideAgain = true });

        Assert.Equal((PushOutcome.SendNow, held.Key, Noon.AddHours(8)), (released.Decision.Outcome, released.Key, released.Place!.At));
        Assert.Equal(SettlementStatus.Done, await shop.Engine.BeginAsync("ann", held.Key));
    }

    [Fact]
    public async Task A_deferred_push_that_may_no_longer_be_sent_gives_its_place_back()
    {
        bool isAllowed = true;
        PushShop shop = new(
            PolicyStub.DefersTo("quiet", Noon.AddHours(8)),
            new PolicyStub("whim", PushStage.Eligibility, _ => isAllowed ? PushVerdict.Allow : PushVerdict.Drop(PushReason.OfferNotEligible)),
            PushShop.Cap(1, Day));
        await shop.Engine.TryReserveAsync(Request, new PushReserveOptions { HoldDeferred = true });
        shop.Time.Now = Noon.AddHours(8);
        isAllowed = false;

        PushReservation dropped = await shop.Engine.TryReserveAsync(Request, new PushReserveOptions { DecideAgain = true });

        Assert.Equal((PushOutcome.Drop, PushReason.OfferNotEligible), (dropped.Decision.Outcome, dropped.Decision.Reason));
        Assert.Null(dropped.Place);
        Assert.Empty((await shop.Ledger.ReadAsync("ann")).Entries);
    }

    [Fact]
    public async Task What_has_begun_is_not_decided_about_again()
    {
        PushShop shop = new(PushShop.Cap(1, Day));
        PushReservation held = await shop.Engine.TryReserveAsync(Request);
        await shop.Engine.BeginAsync("ann", held.Key);

        PushReservation again = await shop.Engine.TryReserveAsync(Request, new PushReserveOptions { DecideAgain = true });

        Assert.Equal((true, ReservationState.Begun), (again.IsReplayed, again.Place!.State));
    }

    [Fact]
    public async Task A_place_taken_by_another_between_decision_and_reservation_is_the_reason_of_a_drop()
    {
        PushShop shop = new(PushShop.Cap(1, Day));
        shop.Ledger.BeforeReserve = async () => await shop.Engine.TryReserveAsync(Other("coffee"));

        PushReservation refused = await shop.Engine.TryReserveAsync(Request);

        Assert.Equal((PushOutcome.Drop, PushReason.FrequencyCap, "cap:all:1/1d"), (refused.Decision.Outcome, refused.Decision.Reason, refused.Decision.Policy));
        Assert.Equal(Noon + Day + TimeToLive, refused.Decision.NextEligibleAt!.Value.AddTicks(1));
        Assert.Null(refused.Place);
    }

    [Fact]
    public async Task A_cap_that_defers_defers_as_well_when_the_ledger_was_faster()
    {
        PushShop shop = new(PushShop.Cap(1, Day, cap => cap.Action = CapAction.Defer));
        shop.Ledger.BeforeReserve = async () =>
        {
            PushReservation other = await shop.Engine.TryReserveAsync(Other("coffee"));
            await shop.Engine.CommitAsync("ann", other.Key);
        };

        PushReservation deferred = await shop.Engine.TryReserveAsync(Request with { DeliverBefore = Noon + Day + Day });

        Assert.Equal((PushOutcome.Defer, PushReason.FrequencyCap, Noon + Day), (deferred.Decision.Outcome, deferred.Decision.Reason, deferred.Decision.Until));
    }

    [Fact]
    public async Task A_budget_that_the_ledger_refuses_is_a_failed_constraint()
    {
        PushShop shop = new(new BudgetPolicyStub(1, looks: false));
        Assert.NotNull((await shop.Engine.TryReserveAsync(Request)).Place);
        shop.Customers.Find = _ => null;

        PushReservation refused = await shop.Engine.TryReserveAsync(Request with { UserId = "ben" });

        Assert.Equal(PushDecision.Drop(PushReason.OfferNotEligible, "budget") with { Failed = OfferConstraints.BudgetExhausted }, refused.Decision);
    }

    [Fact]
    public async Task Consent_withdrawn_between_decision_and_reservation_is_seen()
    {
        bool isWithdrawn = false;
        PushShop shop = new(
            new PolicyStub("consent", PushStage.Consent, _ => isWithdrawn ? PushVerdict.Drop(PushReason.ConsentWithdrawn) : PushVerdict.Allow));
        shop.Ledger.BeforeReserve = async () =>
        {
            isWithdrawn = true;
            shop.Consents["ann"] = new ConsentRecord(1, [], false);
            await shop.Ledger.CancelAsync(new Cancellation("ann", 1, []));
        };

        Assert.Equal(PushReason.ConsentWithdrawn, (await shop.Engine.TryReserveAsync(Request)).Decision.Reason);
    }

    [Fact]
    public async Task A_consent_store_that_lags_behind_the_ledger_sends_nothing()
    {
        PushShop shop = new();
        await shop.Ledger.CancelAsync(new Cancellation("ann", 7, []));

        Assert.Equal(PushDecision.Drop(PushReason.ConsentChanged), (await shop.Engine.TryReserveAsync(Request)).Decision);
        Assert.InRange(shop.Ledger.Trips, 2, 10);
    }

    [Fact]
    public async Task A_day_that_ends_between_decision_and_reservation_is_decided_again_by_the_next_one()
    {
        // Local midnight of Berlin is 23:00 in UTC.
        PushShop shop = new(PushShop.Cap(1, Day, cap => cap.Window = CapWindowKind.CalendarDay));
        shop.Time.Now = Noon.AddHours(11).AddSeconds(-1);
        shop.Ledger.BeforeReserve = () =>
        {
            shop.Time.Now = Noon.AddHours(11);
            return Task.CompletedTask;
        };

        PushReservation held = await shop.Engine.TryReserveAsync(Request);

        Assert.Equal((PushOutcome.SendNow, Noon.AddHours(11)), (held.Decision.Outcome, held.Place!.At));
        Assert.Equal(2, shop.Ledger.Trips);
    }

    [Fact]
    public async Task Nothing_is_handed_over_after_the_instant_until_which_a_policy_allows_it()
    {
        PushShop shop = new(new PolicyStub("quiet", PushStage.Timing, _ => PushVerdict.AllowUntil(Noon.AddMinutes(5))));
        PushReservation held = await shop.Engine.TryReserveAsync(Request);
        Assert.Equal(Noon.AddMinutes(5), held.Place!.ExpiresAt);

        shop.Time.Now = Noon.AddMinutes(5);

        Assert.Equal(SettlementStatus.Expired, await shop.Engine.BeginAsync("ann", held.Key));
    }

    [Fact]
    public async Task Nothing_is_handed_over_after_the_end_of_the_offer()
    {
        PushShop shop = new();
        PushRequest request = Request with { Offer = Request.Offer with { ValidTo = Noon.AddMinutes(2) } };
        Assert.Equal(Noon.AddMinutes(2), (await shop.Engine.TryReserveAsync(request)).Place!.ExpiresAt);
    }

    [Fact]
    public async Task A_store_that_cannot_answer_sends_nothing_and_is_no_exception()
    {
        PushShop shop = new();
        PushDecision unavailable = PushDecision.Drop(PushReason.StoreUnavailable);
        shop.Ledger.Fault = new LedgerUnavailableException(LedgerFault.Locked, "locked");

        Assert.Equal(unavailable, (await shop.Engine.TryReserveAsync(Request)).Decision);
        Assert.Equal(unavailable, await shop.Engine.DecideAsync(Request));
        Assert.Equal([unavailable, unavailable], (await shop.Engine.TryReserveAsync([Request, Other("coffee")])).Select(each => each.Decision));
        await Assert.ThrowsAsync<LedgerUnavailableException>(async () => await shop.Engine.BeginAsync("ann", "mine"));

        shop.Ledger.Fault = null;
        shop.Consents.Fault = new LedgerUnavailableException(LedgerFault.Unreachable, "unreachable");
        Assert.Equal(unavailable, (await shop.Engine.TryReserveAsync(Request)).Decision);
        Assert.Equal(unavailable, await shop.Engine.DecideAsync(Request));
    }

    [Fact]
    public async Task Transactional_messages_go_out_without_a_store_only_when_the_host_wants_it()
    {
        PushShop shop = new();
        PushRequest order = Request with { Class = MessageClass.Transactional };
        shop.Ledger.Fault = new LedgerUnavailableException(LedgerFault.Locked, "locked");
        Assert.Equal(PushReason.StoreUnavailable, (await shop.Engine.TryReserveAsync(order)).Decision.Reason);

        shop.Options.TransactionalWithoutStore = true;
        PushReservation sent = await shop.Again().TryReserveAsync(order);

        Assert.Equal((PushOutcome.SendNow, null), (sent.Decision.Outcome, sent.Place));
        Assert.Equal(PushReason.StoreUnavailable, (await shop.Again().TryReserveAsync(Request)).Decision.Reason);
    }

    [Fact]
    public async Task Of_an_erased_customer_nothing_is_read_and_nothing_held()
    {
        PushShop shop = new();
        await shop.Ledger.ForgetAsync("ann");

        Assert.Equal(PushDecision.Drop(PushReason.Erased), (await shop.Engine.TryReserveAsync(Request)).Decision);
        Assert.Equal(0, shop.Customers.Asked);
    }

    [Fact]
    public async Task A_customer_whom_the_host_does_not_know_is_decided_about_all_the_same()
    {
        PushShop shop = new();
        shop.Customers.Find = _ => null;

        PushSnapshot snapshot = await shop.Engine.ReadSnapshotAsync(Request);

        Assert.Equal(new PushCustomer { UserId = "ann" }, snapshot.Customer);
    }

    [Fact]
    public async Task An_offer_with_faulty_limits_is_dropped_and_the_others_of_its_batch_go_on()
    {
        var rules = new InMemoryOfferRules();
        rules.Set("tea", new OfferRules { RedemptionRate = 7 });
        OfferLimits limits = new(rules, new OfferLimitOptions { ShopZone = "Europe/Berlin" });
        PushShop shop = new(new OfferEligibilityPolicy(limits), new HeadroomPolicy(limits));
        (PushOutcome, PushReason, string?) failed = (PushOutcome.Drop, PushReason.PolicyFailed, "offer-limits");

        PushReservation single = await shop.Engine.TryReserveAsync(Request);
        IReadOnlyList<PushReservation> batch = await shop.Engine.TryReserveAsync([Request, Other("coffee")]);
        PushDecision decision = await shop.Engine.DecideAsync(Request);

        Assert.All([single.Decision, batch[0].Decision, decision], each => Assert.Equal(failed, (each.Outcome, each.Reason, each.Policy)));
        Assert.NotNull(batch[1].Place);
        Assert.Empty((await shop.Engine.ReadSnapshotAsync(Request)).Budgets);
    }

    [Fact]
    public async Task A_policy_that_fails_at_its_claims_refuses_the_push_and_no_other()
    {
        ClaimFault fault = new("tea");
        PushShop shop = new(fault);
        PushDecision failed = PushDecision.Drop(PushReason.PolicyFailed, fault.Name);

        PushReservation single = await shop.Engine.TryReserveAsync(Request);
        IReadOnlyList<PushReservation> batch = await shop.Engine.TryReserveAsync([Request, Other("coffee")]);
        IReadOnlyList<PushDecision> decided = shop.Engine.Decide([Request, Other("coffee")], Snapshot);

        Assert.All([single.Decision, batch[0].Decision, decided[0]], each => Assert.Equal(failed, each));
        Assert.Equal((PushOutcome.SendNow, PushOutcome.SendNow), (batch[1].Decision.Outcome, decided[1].Outcome));
        Assert.Equal([batch[1].Key], (await shop.Ledger.ReadAsync("ann")).Entries.Select(entry => entry.Key));
    }

    [Fact]
    public async Task A_place_that_was_held_is_given_back_when_a_policy_fails_at_its_claims()
    {
        ClaimFault fault = new("none");
        PushShop shop = new(PolicyStub.DefersTo("quiet", Noon.AddHours(8)), fault);
        await shop.Engine.TryReserveAsync(Request, new PushReserveOptions { HoldDeferred = true });
        fault.Offer = "tea";

        Assert.Equal(PushReason.PolicyFailed, (await shop.Engine.TryReserveAsync(Request)).Decision.Reason);
        shop.Time.Now = Noon.AddHours(8);
        Assert.Equal(PushReason.PolicyFailed, (await shop.Engine.TryReserveAsync(Request, new PushReserveOptions { DecideAgain = true })).Decision.Reason);
        Assert.Empty((await shop.Ledger.ReadAsync("ann")).Entries);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Giving_a_place_up_leaves_the_same_push_of_another_name_alone(bool isBatch)
    {
        bool isAllowed = true;
        PushShop shop = new(
            PolicyStub.DefersTo("quiet", Noon.AddHours(8)),
            new PolicyStub("whim", PushStage.Eligibility, _ => isAllowed ? PushVerdict.Allow : PushVerdict.Drop(PushReason.OfferNotEligible)));
        foreach (string? key in (string?[])[null, "one", "two"])
        {
            await shop.Engine.TryReserveAsync(Request with { Key = key }, new PushReserveOptions { HoldDeferred = true });
        }

        shop.Time.Now = Noon.AddHours(8);
        isAllowed = false;
        PushReserveOptions again = new() { DecideAgain = true };
        if (isBatch)
        {
            await shop.Engine.TryReserveAsync([Request, Request with { Key = "one" }], again);
        }
        else
        {
            await shop.Engine.TryReserveAsync(Request, again);
            await shop.Engine.TryReserveAsync(Request with { Key = "one" }, again);
        }

        Assert.Equal(["two"], (await shop.Ledger.ReadAsync("ann")).Entries.Select(entry => entry.Key));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_place_that_could_not_be_checked_once_more_is_given_back_and_one_that_has_begun_is_not(bool isBatch)
    {
        PushShop shop = new(PolicyStub.DefersTo("quiet", Noon.AddHours(8)));
        foreach (string key in (string[])["held", "begun"])
        {
            await shop.Engine.TryReserveAsync(Request with { Key = key }, new PushReserveOptions { HoldDeferred = true });
        }

        shop.Time.Now = Noon.AddHours(8);
        await shop.Engine.BeginAsync("ann", "begun");

        // The ledger has heard of a consent that the consent store does not know yet.
        await shop.Ledger.CancelAsync(new Cancellation("ann", 7, [LedgerLabel.Of("nothing", "")]));
        PushReserveOptions again = new() { DecideAgain = true };
        PushRequest[] requests = [Request with { Key = "held" }, Request with { Key = "begun" }];
        IReadOnlyList<PushReservation> answers = isBatch
            ? await shop.Engine.TryReserveAsync(requests, again)
            : [await shop.Engine.TryReserveAsync(requests[0], again), await shop.Engine.TryReserveAsync(requests[1], again)];

        Assert.Equal((PushReason.ConsentChanged, true), (answers[0].Decision.Reason, answers[1].IsReplayed));
        LedgerEntry left = Assert.Single((await shop.Ledger.ReadAsync("ann")).Entries);
        Assert.Equal(("begun", ReservationState.Begun), (left.Key, left.State));
    }

    [Fact]
    public async Task Two_keys_of_one_name_would_be_a_way_around_caps_and_are_refused()
    {
        PushShop shop = new();
        PushRequest request = Request with { Keys = [new("brand", "a"), new("shelf", "a"), new("brand", "b")] };

        ArgumentException fault = await Assert.ThrowsAsync<ArgumentException>(async () => await shop.Engine.TryReserveAsync(request));

        Assert.Contains("same name", fault.Message, StringComparison.Ordinal);
        Assert.NotNull((await shop.Engine.TryReserveAsync(request with { Keys = [new("brand", "a"), new("Brand", "b")] })).Place);
    }

    [Fact]
    public async Task A_source_that_answers_with_somebody_else_is_a_fault()
    {
        PushShop shop = new();

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await shop.Engine.TryReserveAsync(Request with { UserId = "ben" }));
        Assert.Throws<ArgumentException>(() => shop.Engine.Decide(Request with { UserId = "ben" }, Snapshot));
    }

    [Fact]
    public async Task A_hundred_places_are_given_exactly_once_however_many_ask()
    {
        PushShop shop = new(PushShop.Cap(100, Day));

        bool[] granted = await Task.WhenAll(
            Enumerable.Range(0, 64).Select(task => Task.Run(async () =>
            {
                bool[] mine = new bool[20];
                for (int i = 0; i < mine.Length; i++)
                {
                    mine[i] = (await shop.Engine.TryReserveAsync(Other($"{task}-{i}"))).Place is not null;
                }

                return mine;
            }))).ContinueWith(all => all.Result.SelectMany(each => each).ToArray(), TaskScheduler.Default);

        Assert.Equal(100, granted.Count(each => each));
    }

    private static PushRequest Other(string offer) => Request with { Offer = Request.Offer with { Id = offer } };
}
