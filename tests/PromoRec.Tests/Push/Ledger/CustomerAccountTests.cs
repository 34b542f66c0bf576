using System.Collections.Immutable;
using PromoRec.Push.Ledger;

namespace PromoRec.Tests.Push.Ledger;

public class CustomerAccountTests
{
    private static readonly DateTimeOffset Noon = Sends.Noon;
    private static readonly DateTimeOffset Late = Noon.AddHours(1);
    private static readonly BudgetClaim Coupon = new("offer/count", "", 10, 1);
    private readonly CustomerAccount _account = new();
    private readonly PlainBook _book = new();

    /// <summary>From each state, what each settlement answers within the time to live and after it, and the state that it leaves; null for none.</summary>
    public static TheoryData<string, Settlement, bool, SettlementStatus, ReservationState?> Transitions { get; } = new()
    {
        { "reserved", Settlement.Begin, false, SettlementStatus.Done, ReservationState.Begun },
        { "reserved", Settlement.Begin, true, SettlementStatus.Expired, ReservationState.Reserved },
        { "reserved", Settlement.Commit, false, SettlementStatus.Done, ReservationState.Committed },
        { "reserved", Settlement.Commit, true, SettlementStatus.Done, ReservationState.Committed },
        { "reserved", Settlement.Release, false, SettlementStatus.Done, null },
        { "reserved", Settlement.Release, true, SettlementStatus.Done, null },
        { "reserved", Settlement.Uncertain, false, SettlementStatus.Done, ReservationState.Uncertain },
        { "reserved", Settlement.Uncertain, true, SettlementStatus.Done, ReservationState.Uncertain },
        { "cart", Settlement.Begin, false, SettlementStatus.Done, ReservationState.Begun },
        { "cart", Settlement.Begin, true, SettlementStatus.NotFound, ReservationState.Reserved },
        { "cart", Settlement.Commit, false, SettlementStatus.Done, ReservationState.Committed },
        { "cart", Settlement.Commit, true, SettlementStatus.NotFound, ReservationState.Reserved },
        { "cart", Settlement.Release, false, SettlementStatus.Done, null },
        { "cart", Settlement.Release, true, SettlementStatus.NotFound, ReservationState.Reserved },
        { "cart", Settlement.Uncertain, false, SettlementStatus.Done, ReservationState.Uncertain },
        { "cart", Settlement.Uncertain, true, SettlementStatus.NotFound, ReservationState.Reserved },
        { "begun", Settlement.Begin, false, SettlementStatus.AlreadyDone, ReservationState.Begun },
        { "begun", Settlement.Begin, true, SettlementStatus.AlreadyDone, ReservationState.Begun },
        { "begun", Settlement.Commit, false, SettlementStatus.Done, ReservationState.Committed },
        { "begun", Settlement.Commit, true, SettlementStatus.Done, ReservationState.Committed },
        { "begun", Settlement.Release, false, SettlementStatus.Done, null },
        { "begun", Settlement.Release, true, SettlementStatus.Done, null },
        { "begun", Settlement.Uncertain, false, SettlementStatus.Done, ReservationState.Uncertain },
        { "begun", Settlement.Uncertain, true, SettlementStatus.Done, ReservationState.Uncertain },
        { "committed", Settlement.Begin, false, SettlementStatus.Conflict, ReservationState.Committed },
        { "committed", Settlement.Commit, true, SettlementStatus.AlreadyDone, ReservationState.Committed },
        { "committed", Settlement.Release, false, SettlementStatus.Conflict, ReservationState.Committed },
        { "committed", Settlement.Uncertain, false, SettlementStatus.Conflict, ReservationState.Committed },
        { "uncertain", Settlement.Begin, false, SettlementStatus.Conflict, ReservationState.Uncertain },
        { "uncertain", Settlement.Commit, true, SettlementStatus.Done, ReservationState.Committed },
        { "uncertain", Settlement.Release, true, SettlementStatus.Done, null },
        { "uncertain", Settlement.Uncertain, true, SettlementStatus.AlreadyDone, ReservationState.Uncertain },
        { "none", Settlement.Begin, false, SettlementStatus.NotFound, null },
        { "none", Settlement.Commit, false, SettlementStatus.NotFound, null },
        { "none", Settlement.Release, false, SettlementStatus.NotFound, null },
        { "none", Settlement.Uncertain, false, SettlementStatus.NotFound, null },
    };

    [Theory]
    [MemberData(nameof(Transitions))]
    public void A_settlement_leads_from_one_state_to_another(string from, Settlement settlement, bool isLate, SettlementStatus answer, ReservationState? to)
    {
        Bring(from);

        Assert.Equal(answer, _account.Settle("key", settlement, isLate ? Late : Noon.AddMinutes(1), _book));

        Assert.Equal(to, _account.ToHistory(Noon).Entries.SingleOrDefault()?.State);
        Assert.Equal(to is null ? 0 : 1, _book.TakenOf(Coupon.Key));
    }

    [Fact]
    public void What_was_begun_counts_at_that_time_however_late_it_is_committed()
    {
        Bring("reserved");
        _account.Settle("key", Settlement.Begin, Noon.AddMinutes(2), _book);
        _account.Settle("key", Settlement.Commit, Noon.AddHours(30), _book);

        Assert.Equal(Noon.AddMinutes(2), _account.Entry("key").At);
    }

    [Fact]
    public void What_was_committed_without_beginning_counts_when_it_was_committed()
    {
        Bring("reserved");
        _account.Settle("key", Settlement.Commit, Noon.AddMinutes(3), _book);

        Assert.Equal(Noon.AddMinutes(3), _account.Entry("key").At);
    }

    [Fact]
    public void What_may_have_been_sent_counts_at_the_latest_time_at_which_it_may()
    {
        Bring("reserved");
        _account.Settle("key", Settlement.Uncertain, Noon.AddMinutes(4), _book);
        Assert.Equal(Noon.AddMinutes(4), _account.Entry("key").At);

        CustomerAccount late = new();
        late.Reserve(Sends.Of("key"), Noon);
        late.Settle("key", Settlement.Uncertain, Noon.AddDays(3), _book);
        Assert.Equal(Noon.AddMinutes(15).AddTicks(-1), late.Entry("key").At);
    }

    [Fact]
    public void Handing_over_begins_from_the_planned_instant_until_the_time_to_live_ends()
    {
        foreach ((double minute, SettlementStatus answer) in ((double, SettlementStatus)[])[(9.99, SettlementStatus.NotYet), (10, SettlementStatus.Done), (24.99, SettlementStatus.Done), (25, SettlementStatus.Expired)])
        {
            CustomerAccount account = new();
            account.Reserve(Sends.Of("key") with { PlannedAt = Noon.AddMinutes(10) }, Noon);

            Assert.Equal(answer, account.Settle("key", Settlement.Begin, Noon.AddMinutes(minute), _book));
        }
    }

    [Fact]
    public void A_place_ends_where_a_fixed_window_of_its_caps_ends()
    {
        DateTimeOffset midnight = Noon.AddMinutes(5);
        ReservationResult result = _account.Reserve(Sends.Of("key", new CapClaim([Sends.All], 1, LedgerWindow.Between(Noon.AddHours(-23), midnight))), Noon);

        Assert.Equal(midnight, result.Reservation!.ExpiresAt);
        Assert.Equal(SettlementStatus.Expired, _account.Settle("key", Settlement.Begin, midnight, _book));
    }

    [Fact]
    public void The_instant_that_a_rolling_cap_names_does_not_depend_on_the_end_of_a_fixed_window()
    {
        _account.Send("first", Noon);
        _account.Reserve(Sends.Of("planned") with { PlannedAt = Noon.AddHours(49), TimeToLive = TimeSpan.FromTicks(1) }, Noon);
        CapClaim rolling = Sends.Rolling(1, TimeSpan.FromHours(24));
        CapClaim today = new([Sends.All], 9, LedgerWindow.Between(Noon, Noon.AddHours(2).AddMinutes(1)));

        ReservationResult refused = _account.Reserve(Sends.Of("second", rolling, today) with { TimeToLive = TimeSpan.FromHours(3) }, Noon.AddHours(2));

        // Today it could be sent for a minute only; tomorrow for three hours, which would come too near to what is planned for the day after.
        Assert.Equal(Noon.AddHours(73), Assert.Single(refused.Refusals).NextEligibleAt);
    }

    [Theory]
    [InlineData(-1, ReservationStatus.WindowMoved)]
    [InlineData(0, ReservationStatus.Granted)]
    [InlineData(59, ReservationStatus.Granted)]
    [InlineData(60, ReservationStatus.WindowMoved)]
    public void A_send_outside_of_its_fixed_window_must_be_decided_again(int minute, ReservationStatus expected)
    {
        CapClaim cap = new([Sends.All], 1, LedgerWindow.Between(Noon, Noon.AddHours(1)));

        Assert.Equal(expected, _account.Reserve(Sends.Of("now", cap), Noon.AddMinutes(minute)).Status);
        Assert.Equal(expected, new CustomerAccount().Reserve(Sends.Of("planned", cap) with { PlannedAt = Noon.AddMinutes(minute) }, Noon.AddHours(-2)).Status);
    }

    [Fact]
    public void The_same_request_again_gets_the_first_answer_and_takes_nothing()
    {
        ReservationRequest request = Sends.Of("key", Sends.Rolling(1, TimeSpan.FromDays(1))) with { Budgets = [Coupon] };
        ReservationResult first = _account.Reserve(request, Noon, _book);

        ReservationResult again = _account.Reserve(request, Noon.AddMinutes(1), _book);

        Assert.Equal(ReservationStatus.Replayed, again.Status);
        Assert.Equal(first.Reservation, again.Reservation);
        Assert.True(again.IsHeld);
        Assert.Equal(1, _book.TakenOf(Coupon.Key));
    }

    [Fact]
    public void Caps_limits_periods_and_times_may_differ_in_a_repeated_request()
    {
        ReservationRequest request = Sends.Of("key", Sends.Rolling(1, TimeSpan.FromDays(1))) with { Budgets = [Coupon] };
        _account.Reserve(request, Noon, _book);

        foreach (ReservationRequest other in (ReservationRequest[])[
            request with { Caps = [] },
            request with { PlannedAt = Noon.AddHours(3) },
            request with { TimeToLive = TimeSpan.FromHours(3) },
            request with { ConsentVersion = 7 },
            request with { Budgets = [Coupon with { Limit = 0, Period = "2026-11" }] }])
        {
            Assert.Equal(ReservationStatus.Replayed, _account.Reserve(other, Noon, _book).Status);
        }
    }

    [Fact]
    public void Other_content_under_the_same_key_is_a_conflict_and_changes_nothing()
    {
        ReservationRequest request = Sends.Of("key") with { ShortLabels = [new LedgerLabel(7)], Budgets = [Coupon] };
        _account.Reserve(request, Noon, _book);

        foreach (ReservationRequest other in (ReservationRequest[])[
            request with { Labels = [Sends.All, new LedgerLabel(8)] },
            request with { Labels = [new LedgerLabel(8)] },
            request with { ShortLabels = [] },
            request with { Labels = [Sends.All, new LedgerLabel(7)], ShortLabels = [] },
            request with { OnExpiry = ExpiryAction.Release },
            request with { Budgets = [] },
            request with { Budgets = [Coupon with { Amount = 2 }] },
            request with { Budgets = [Coupon with { Key = "offer/other" }] },
            request with { Budgets = [Coupon, Coupon with { Key = "offer/other" }] }])
        {
            ReservationResult result = _account.Reserve(other, Noon.AddMinutes(1), _book);
            Assert.Equal(ReservationStatus.Conflict, result.Status);
            Assert.False(result.IsHeld);
            Assert.Equal(Noon, result.Reservation!.At);
        }

        Assert.Equal(1, _book.TakenOf(Coupon.Key));
        Assert.Single(_account.ToHistory(Noon).Entries);
    }

    [Fact]
    public void A_refused_key_may_be_used_for_something_else()
    {
        _account.Send("first", Noon);
        Assert.Equal(ReservationStatus.Refused, _account.Reserve(Sends.Of("key", Sends.Rolling(1, TimeSpan.FromDays(1))), Noon).Status);

        Assert.Equal(ReservationStatus.Granted, _account.Reserve(Sends.Of("key") with { Labels = [new LedgerLabel(5)] }, Noon).Status);
    }

    [Fact]
    public void A_place_that_is_checked_once_more_moves_to_the_new_instant()
    {
        CapClaim cap = Sends.Rolling(1, TimeSpan.FromHours(1));
        _account.Reserve(Sends.Of("key", cap) with { PlannedAt = Noon }, Noon.AddHours(-1));

        ReservationResult moved = _account.Reserve(Sends.Of("key", cap) with { PlannedAt = Noon.AddMinutes(30), IfHeld = HeldAction.Recheck }, Noon.AddHours(-1));

        Assert.Equal(ReservationStatus.Granted, moved.Status);
        Assert.Equal((Noon.AddMinutes(30), Noon.AddMinutes(45)), (moved.Reservation!.At, moved.Reservation.ExpiresAt));
        Assert.Single(_account.ToHistory(Noon).Entries);
    }

    [Fact]
    public void A_place_that_no_longer_fits_when_it_is_checked_once_more_is_given_back()
    {
        CapClaim cap = Sends.Rolling(1, TimeSpan.FromHours(1));
        _account.Reserve(Sends.Of("key") with { PlannedAt = Noon, Budgets = [Coupon] }, Noon.AddHours(-1), _book);
        _account.Send("other", Noon.AddMinutes(-30));

        ReservationResult result = _account.Reserve(Sends.Of("key", cap) with { IfHeld = HeldAction.Recheck, Budgets = [Coupon] }, Noon, _book);

        Assert.Equal(ReservationStatus.Refused, result.Status);
        Assert.Equal("other", Assert.Single(_account.ToHistory(Noon).Entries).Key);
        Assert.Equal(0, _book.TakenOf(Coupon.Key));
    }

    [Fact]
    public void A_place_that_is_checked_once_more_becomes_what_is_asked_for_now_and_more_of_a_budget_only_where_there_is_more()
    {
        BudgetClaim two = new(Coupon.Key, Coupon.Period, 2, 2);
        _account.Reserve(Sends.Of("key") with { PlannedAt = Noon, Budgets = [two with { Amount = 1 }] }, Noon.AddHours(-1), _book);
        ReservationRequest again = Sends.Of("key") with { IfHeld = HeldAction.Recheck, Budgets = [two], Labels = [LedgerLabel.Of("other", "labels")] };

        Assert.Equal(ReservationStatus.Granted, _account.Reserve(again, Noon, _book).Status);
        Assert.Equal(again.Labels, Assert.Single(_account.ToHistory(Noon).Entries).Labels);
        Assert.Equal(2, _book.TakenOf(Coupon.Key));

        // What it has already it keeps although the limit is lower now; more it does not get.
        Assert.Equal(ReservationStatus.Granted, _account.Reserve(again with { Budgets = [two with { Limit = 1 }] }, Noon, _book).Status);
        Assert.Equal(ReservationStatus.Refused, _account.Reserve(again with { Budgets = [two with { Amount = 3 }] }, Noon, _book).Status);
        Assert.Equal(0, _book.TakenOf(Coupon.Key));
    }

    [Theory]
    [InlineData("begun")]
    [InlineData("uncertain")]
    [InlineData("committed")]
    public void What_has_begun_is_not_checked_once_more(string state)
    {
        Bring(state);
        _account.Send("other", Noon.AddMinutes(1));

        ReservationResult result = _account.Reserve(
            Sends.Of("key", Sends.Rolling(1, TimeSpan.FromDays(1))) with { Budgets = [Coupon], IfHeld = HeldAction.Recheck }, Noon.AddMinutes(2), _book);

        Assert.Equal(ReservationStatus.Replayed, result.Status);
    }

    [Fact]
    public void A_decision_that_rests_on_older_consent_is_refused_from_the_withdrawal_on()
    {
        Assert.Equal(ReservationStatus.Granted, _account.Reserve(Sends.Of("before") with { ConsentVersion = 3 }, Noon).Status);
        Assert.Equal(1, _account.Cancel(new Cancellation(1, 4, []), Noon, _book));

        Assert.Equal(ReservationStatus.ConsentChanged, _account.Reserve(Sends.Of("old") with { ConsentVersion = 3 }, Noon).Status);
        Assert.Equal(ReservationStatus.Granted, _account.Reserve(Sends.Of("new") with { ConsentVersion = 4 }, Noon).Status);
        Assert.Equal(0, _account.Cancel(new Cancellation(1, 2, [new LedgerLabel(9)]), Noon, _book));
        Assert.Equal(4, _account.ToHistory(Noon).ConsentVersion);
    }

    [Fact]
    public void A_withdrawal_cancels_what_has_not_begun_and_carries_all_its_labels()
    {
        LedgerLabel sms = LedgerLabel.Of("channel", "sms");
        ImmutableArray<LedgerLabel> smsLabels = [Sends.All, sms];
        foreach (string key in (string[])["held", "begun", "committed", "uncertain"])
        {
            _account.Reserve(Sends.Of(key) with { Labels = smsLabels, Budgets = [Coupon] }, Noon, _book);
        }

        _account.Reserve(Sends.Of("planned") with { Labels = smsLabels, PlannedAt = Noon.AddDays(2), Budgets = [Coupon] }, Noon, _book);
        _account.Reserve(Sends.Of("email") with { Budgets = [Coupon] }, Noon, _book);
        _account.Settle("begun", Settlement.Begin, Noon, _book);
        _account.Settle("committed", Settlement.Commit, Noon, _book);
        _account.Settle("uncertain", Settlement.Uncertain, Noon, _book);

        Assert.Equal(2, _account.Cancel(new Cancellation(1, 1, [sms]), Noon.AddMinutes(1), _book));

        Assert.Equal(["begun", "committed", "email", "uncertain"], _account.ToHistory(Noon).Entries.Select(entry => entry.Key).Order());
        Assert.Equal(SettlementStatus.NotFound, _account.Settle("held", Settlement.Begin, Noon.AddMinutes(1), _book));
        Assert.Equal(4, _book.TakenOf(Coupon.Key));
    }

    [Fact]
    public void What_is_cancelled_by_its_key_takes_nothing_else_with_it_and_only_what_has_not_begun()
    {
        foreach (string key in (string[])["held", "begun", "other"])
        {
            _account.Reserve(Sends.Of(key), Noon, _book);
        }

        _account.Settle("begun", Settlement.Begin, Noon, _book);

        Assert.Equal(1, _account.Cancel(new Cancellation(1, 0, []) { Key = "held" }, Noon, _book));
        Assert.Equal(0, _account.Cancel(new Cancellation(1, 0, []) { Key = "begun" }, Noon, _book));
        Assert.Equal(0, _account.Cancel(new Cancellation(1, 0, [new LedgerLabel(9)]) { Key = "other" }, Noon, _book));
        Assert.Equal(["begun", "other"], _account.ToHistory(Noon).Entries.Select(entry => entry.Key).Order());
    }

    [Fact]
    public void A_withdrawal_leaves_what_may_have_been_sent()
    {
        _account.Reserve(Sends.Of("late"), Noon);

        Assert.Equal(0, _account.Cancel(new Cancellation(1, 1, []), Noon.AddMinutes(15), _book));
        Assert.Equal("late", Assert.Single(_account.Uncertain(1, Noon.AddMinutes(15))).Key);
    }

    [Fact]
    public void Every_claim_that_stands_against_a_request_is_named()
    {
        _account.Send("first", Noon);
        ReservationResult result = _account.Reserve(
            Sends.Of("key", Sends.Rolling(1, TimeSpan.FromDays(1)), Sends.Rolling(2, TimeSpan.FromDays(1)), new CapClaim([Sends.All], 1, LedgerWindow.Lifetime)) with
            {
                Budgets = [Coupon, Coupon with { Key = "empty", Limit = 0 }],
            },
            Noon.AddHours(1));

        Assert.Equal(
            [
                new ClaimRefusal(ClaimKind.Cap, 0, 1, 1, Noon.AddDays(1)),
                new ClaimRefusal(ClaimKind.Cap, 2, 1, 1, null),
                new ClaimRefusal(ClaimKind.Budget, 1, 0, 0, null),
            ],
            result.Refusals);
    }

    [Fact]
    public void An_erased_customer_gets_nothing_for_good_and_keeps_what_was_taken_from_others()
    {
        Bring("committed");
        _account.Forget(Noon, _book);

        Assert.Equal(ReservationStatus.Erased, _account.Reserve(Sends.Of("key"), Noon).Status);
        Assert.Equal(SettlementStatus.NotFound, _account.Settle("key", Settlement.Release, Noon, _book));
        Assert.Empty(_account.ToHistory(Noon).Entries);
        Assert.False(_account.IsEmpty);
        Assert.Equal(1, _book.TakenOf(Coupon.Key));
    }

    [Fact]
    public void Short_labels_are_dropped_after_thirty_days_and_entries_after_the_retention()
    {
        LedgerLabel content = LedgerLabel.Of("content", "hash");
        _account.Reserve(Sends.Of("old") with { ShortLabels = [content] }, Noon);
        _account.Settle("old", Settlement.Commit, Noon, _book);

        _account.Send("on day 30", Noon.AddDays(30));
        Assert.Equal([content], _account.Entry("old").ShortLabels);

        _account.Send("after day 30", Noon.AddDays(30).AddTicks(1));
        Assert.DoesNotContain(content, _account.Entry("old").ShortLabels);

        _account.Send("on day 100", Noon.AddDays(100));
        Assert.Equal(4, _account.ToHistory(Noon).Entries.Length);

        _account.Send("after day 100", Noon.AddDays(100).AddTicks(1));
        Assert.DoesNotContain(_account.ToHistory(Noon).Entries, entry => entry.Key == "old");
        Assert.Equal(Noon, _account.ToHistory(Noon).ForgottenThrough);
    }

    [Fact]
    public void What_was_settled_late_and_is_dropped_late_does_not_hide_what_was_dropped_before()
    {
        _account.Reserve(Sends.Of("oldest"), Noon);
        _account.Settle("oldest", Settlement.Begin, Noon, _book);
        _account.Send("old", Noon.AddDays(10));
        _account.Send("after 111 days", Noon.AddDays(111));
        Assert.Equal(Noon.AddDays(10), _account.ToHistory(Noon).ForgottenThrough);

        _account.Settle("oldest", Settlement.Commit, Noon.AddDays(112), _book);
        _account.Send("after 113 days", Noon.AddDays(113));

        Assert.Equal(2, _account.ToHistory(Noon).Entries.Length);
        Assert.Equal(Noon.AddDays(10), _account.ToHistory(Noon).ForgottenThrough);
    }

    [Fact]
    public void What_is_not_settled_is_never_dropped()
    {
        _account.Reserve(Sends.Of("held"), Noon);
        _account.Reserve(Sends.Of("begun"), Noon);
        _account.Settle("begun", Settlement.Begin, Noon, _book);

        _account.Send("years later", Noon.AddDays(4000));

        Assert.Equal(["begun", "held"], _account.Uncertain(1, Noon.AddDays(4000)).Select(reservation => reservation.Key).Order());
    }

    [Fact]
    public void A_refund_gives_back_at_most_what_was_taken_in_every_period_it_was_taken_in()
    {
        BudgetClaim month = Coupon with { Period = "2026-11", Amount = 5 };
        _account.Reserve(Sends.Of("order") with { Budgets = [Coupon with { Amount = 5 }, month, Coupon with { Key = "other" }] }, Noon, _book);
        _account.Settle("order", Settlement.Commit, Noon, _book);

        Assert.Equal(SettlementStatus.Done, _account.Refund("order", "first", [new BudgetRefund(Coupon.Key, 3)], Noon, _book));
        Assert.Equal((2, 2, 1), (_book.TakenOf(Coupon.Key), _book.TakenOf(Coupon.Key, "2026-11"), _book.TakenOf("other")));

        Assert.Equal(SettlementStatus.AlreadyDone, _account.Refund("order", "first", [new BudgetRefund(Coupon.Key, 3)], Noon, _book));
        Assert.Equal(SettlementStatus.Done, _account.Refund("order", "second", [new BudgetRefund(Coupon.Key, 3), new BudgetRefund("unknown", 3)], Noon, _book));
        Assert.Equal((0, 0, 1), (_book.TakenOf(Coupon.Key), _book.TakenOf(Coupon.Key, "2026-11"), _book.TakenOf("other")));
        Assert.Equal(ReservationState.Committed, _account.Entry("order").State);
    }

    private void Bring(string state)
    {
        if (state == "none")
        {
            return;
        }

        _account.Reserve(Sends.Of("key") with { Budgets = [Coupon], OnExpiry = state == "cart" ? ExpiryAction.Release : ExpiryAction.Count }, Noon, _book);
        if (Enum.TryParse(state, ignoreCase: true, out ReservationState target) && target != ReservationState.Reserved)
        {
            _account.Settle("key", target switch { ReservationState.Begun => Settlement.Begin, ReservationState.Committed => Settlement.Commit, _ => Settlement.Uncertain }, Noon, _book);
        }
    }
}
