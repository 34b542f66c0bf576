using PromoRec.Push;
using PromoRec.Push.Engine;
using static PromoRec.Tests.Push.PushScenario;

namespace PromoRec.Tests.Push.Engine;

public sealed class PushDeciderTests
{
    [Fact]
    public void Nothing_against_it_is_sent_now() => Assert.Equal(PushDecision.SendNow, Decider(PolicyStub.Allows("a")).Decide(Request, Snapshot));

    [Fact]
    public void A_decision_that_nobody_made_sends_nothing() => Assert.Equal(PushOutcome.Drop, default(PushDecision).Outcome);

    [Fact]
    public void Policies_are_asked_by_stage_and_then_as_they_were_added_and_the_first_drop_decides()
    {
        PolicyStub late = PolicyStub.Drops("late", PushReason.FrequencyCap, PushStage.Frequency);
        PolicyStub first = PolicyStub.Drops("first", PushReason.OptedOut, PushStage.Preference);
        PolicyStub second = PolicyStub.Drops("second", PushReason.Snoozed, PushStage.Preference);

        PushDecision decision = Decider(late, first, second).Decide(Request, Snapshot);

        Assert.Equal(PushDecision.Drop(PushReason.OptedOut, "first"), decision);
        Assert.Empty(second.Asked);
        Assert.Empty(late.Asked);
    }

    [Fact]
    public void What_follows_a_deferral_is_asked_about_the_instant_to_which_it_is_deferred()
    {
        PolicyStub eligible = PolicyStub.Allows("eligible", PushStage.Eligibility);
        PolicyStub cap = PolicyStub.Allows("cap", PushStage.Frequency);

        PushDecision decision = Decider(eligible, PolicyStub.DefersTo("quiet", Noon.AddHours(8)), cap).Decide(Request, Snapshot);

        Assert.Equal(PushDecision.Defer(PushReason.QuietHours, "quiet", Noon.AddHours(8)), decision);
        Assert.Equal([Noon.AddHours(8)], cap.Asked);
        Assert.Equal([Noon, Noon.AddHours(8)], eligible.Asked);
    }

    [Fact]
    public void Deferrals_are_repeated_until_every_policy_allows_one_instant()
    {
        // Quiet from 20:00 to 8:00; the cap has room again at 22:00, which is quiet.
        PolicyStub quiet = new("quiet", PushStage.Timing, at => at.Hour is >= 20 or < 8 ? PushVerdict.Defer(PushReason.QuietHours, Next(at, 8)) : PushVerdict.Allow);
        PolicyStub cap = PolicyStub.DefersTo("cap", Noon.AddHours(10), PushStage.Frequency, PushReason.FrequencyCap);

        PushDecision decision = Decider(quiet, cap).Decide(Request, Snapshot);

        Assert.Equal(PushDecision.Defer(PushReason.QuietHours, "quiet", Noon.AddHours(20)), decision);
        Assert.Equal([Noon, Noon.AddHours(10), Noon.AddHours(20)], quiet.Asked);
    }

    [Fact]
    public void A_policy_that_drops_at_the_instant_of_a_deferral_decides_although_it_allowed_now()
    {
        PolicyStub hours = new("hours", PushStage.Eligibility, at => at < Noon.AddHours(4) ? PushVerdict.Allow : PushVerdict.Drop(PushReason.OfferNotEligible));

        Assert.Equal(
            PushDecision.Drop(PushReason.OfferNotEligible, "hours"),
            Decider(hours, PolicyStub.DefersTo("quiet", Noon.AddHours(8))).Decide(Request, Snapshot));
    }

    [Fact]
    public void Policies_that_never_agree_end_in_a_drop()
    {
        PolicyStub even = new("even", PushStage.Timing, at => at.Hour % 2 == 0 ? PushVerdict.Defer(PushReason.QuietHours, at.AddHours(1)) : PushVerdict.Allow);
        PolicyStub odd = new("odd", PushStage.Timing, at => at.Hour % 2 == 1 ? PushVerdict.Defer(PushReason.QuietHours, at.AddHours(1)) : PushVerdict.Allow);

        PushDecision decision = Decider(even, odd).Decide(Request, Snapshot);

        Assert.Equal((PushOutcome.Drop, PushReason.NoInstant, null), (decision.Outcome, decision.Reason, decision.NextEligibleAt));
        Assert.Equal(PushReason.TooLate, Decider(even, odd).Decide(Request with { DeliverBefore = Noon.AddHours(50) }, Snapshot).Reason);
        Assert.True(even.Asked.Count < 1000);
    }

    [Fact]
    public void A_deferral_that_leads_nowhere_is_a_fault_and_sends_nothing()
    {
        foreach (DateTimeOffset until in (DateTimeOffset[])[Noon, Noon.AddTicks(-1), default])
        {
            PushDecision decision = Decider(new PolicyStub("past", PushStage.Timing, _ => PushVerdict.Defer(PushReason.QuietHours, until))).Explain(Request, Snapshot);

            Assert.Equal(PushDecision.Drop(PushReason.PolicyFailed, "past"), decision with { Trace = null });
            Assert.Equal((PushVerdictKind.Drop, PushReason.PolicyFailed), (decision.Trace!.Entries[0].Verdict.Kind, decision.Trace.Entries[0].Verdict.Reason));
        }
    }

    [Fact]
    public void By_the_deadline_it_is_too_late()
    {
        PushDecider decider = Decider(PolicyStub.DefersTo("quiet", Noon.AddHours(8)));

        Assert.Equal(PushOutcome.Defer, decider.Decide(Request with { DeliverBefore = Noon.AddHours(8).AddTicks(1) }, Snapshot).Outcome);
        Assert.Equal(
            PushDecision.Drop(PushReason.TooLate, "quiet"), decider.Decide(Request with { DeliverBefore = Noon.AddHours(8) }, Snapshot));
        Assert.Equal(
            PushReason.TooLate, decider.Decide(Request with { Offer = Request.Offer with { ValidTo = Noon.AddHours(8) } }, Snapshot).Reason);
        Assert.Equal(PushReason.TooLate, Decider(PolicyStub.Allows("a")).Decide(Request with { DeliverBefore = Noon }, Snapshot).Reason);
    }

    [Fact]
    public void A_plan_of_the_host_is_a_deferral_and_one_for_the_past_is_now()
    {
        PolicyStub policy = PolicyStub.Allows("a");

        Assert.Equal(
            PushDecision.Defer(PushReason.Planned, null, Noon.AddHours(1)), Decider(policy).Decide(Request with { PlannedAt = Noon.AddHours(1) }, Snapshot));
        Assert.Equal(PushDecision.SendNow, Decider(policy).Decide(Request with { PlannedAt = Noon.AddHours(-1) }, Snapshot));
        Assert.Equal([Noon.AddHours(1), Noon], policy.Asked);
    }

    [Fact]
    public void A_policy_that_throws_refuses_the_push()
    {
        PolicyStub broken = new("broken", PushStage.Channel, _ => throw new InvalidOperationException("ann@example.org"));

        Assert.Equal(PushDecision.Drop(PushReason.PolicyFailed, "broken"), Decider(broken).Decide(Request, Snapshot));
    }

    [Fact]
    public void Policies_without_a_name_of_their_own_are_refused_all_at_once()
    {
        PromoRecException fault = Assert.Throws<PromoRecException>(
            () => Decider(PolicyStub.Allows("a"), PolicyStub.Allows("a"), PolicyStub.Allows(" "), PolicyStub.Allows("b", (PushStage)99)));

        Assert.Equal(PromoRecErrorCode.InvalidPolicy, fault.Code);
        Assert.Contains("'a'", fault.Message, StringComparison.Ordinal);
        Assert.Contains("' '", fault.Message, StringComparison.Ordinal);
        Assert.Contains("99", fault.Message, StringComparison.Ordinal);
    }

    private static DateTimeOffset Next(DateTimeOffset at, int hour)
    {
        DateTimeOffset today = new(at.Date.AddHours(hour), TimeSpan.Zero);
        return today > at ? today : today.AddDays(1);
    }
}
