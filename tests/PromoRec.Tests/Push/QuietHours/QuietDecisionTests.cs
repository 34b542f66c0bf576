using PromoRec.Push;
using PromoRec.Push.Engine;
using PromoRec.Push.QuietHours;
using static PromoRec.Tests.Push.PushScenario;

namespace PromoRec.Tests.Push.QuietHours;

/// <summary>Quiet hours inside a whole decision, for a customer in Berlin, where it is 13:00 at noon UTC.</summary>
public sealed class QuietDecisionTests
{
    private static readonly DateTimeOffset Night = Noon.AddHours(10);
    private static readonly DateTimeOffset Morning = Noon.AddHours(19);
    private static readonly DateTimeOffset Evening = Noon.AddHours(8);

    [Fact]
    public void A_push_in_the_night_is_deferred_and_sent_when_it_is_decided_again_in_the_morning()
    {
        PushDecider decider = Decider(new QuietHoursPolicy(new QuietHoursOptions()));

        Assert.Equal(PushDecision.Defer(PushReason.QuietHours, "quiet-hours", Morning), decider.Decide(Request, At(Night)) with { ValidUntil = null });
        Assert.Equal(PushOutcome.SendNow, decider.Decide(Request, At(Morning)).Outcome);
    }

    [Fact]
    public void A_place_is_not_held_into_the_night() =>
        Assert.Equal(Evening, Decider(new QuietHoursPolicy(new QuietHoursOptions())).Decide(Request, At(Evening.AddMinutes(-5))).ValidUntil);

    [Fact]
    public void Another_policy_that_defers_into_the_night_is_followed_to_its_end()
    {
        PolicyStub cap = PolicyStub.DefersTo("cap", Night, PushStage.Frequency, PushReason.FrequencyCap);

        PushDecision decision = Decider(new QuietHoursPolicy(new QuietHoursOptions()), cap).Decide(Request, Snapshot);

        Assert.Equal((PushOutcome.Defer, Morning), (decision.Outcome, decision.Until));
    }

    [Fact]
    public void A_push_planned_for_the_night_goes_out_at_the_nearer_edge()
    {
        PushDecider decider = Decider(new QuietHoursPolicy(new QuietHoursOptions { PlannedSends = PlannedSendAction.NearestEdge }));
        PushRequest planned = Request with { PlannedAt = Night };

        PushDecision decision = decider.Decide(planned, Snapshot);

        Assert.Equal((PushOutcome.Defer, PushReason.Planned, Evening.AddMinutes(-1)), (decision.Outcome, decision.Reason, decision.Until));
        Assert.Equal(PushOutcome.SendNow, decider.Decide(planned, At(Evening.AddSeconds(-30))).Outcome);
        Assert.Equal(Morning, decider.Decide(planned, At(Evening)).Until);
    }

    [Fact]
    public void A_holiday_calendar_that_fails_refuses_the_push()
    {
        var policy = new QuietHoursPolicy(new QuietHoursOptions { PlannedSends = PlannedSendAction.NearestEdge }, new Broken());

        Assert.Equal(PushDecision.Drop(PushReason.PolicyFailed, "quiet-hours"), Decider(policy).Decide(Request, Snapshot));
        Assert.Equal(PushDecision.Drop(PushReason.PolicyFailed, "quiet-hours"), Decider(policy).Decide(Request with { PlannedAt = Night }, Snapshot));
    }

    private sealed class Broken : IQuietCalendar
    {
        public QuietDay GetDay(DateOnly localDate, PushCustomer customer) => throw new InvalidOperationException("no holidays");
    }
}
