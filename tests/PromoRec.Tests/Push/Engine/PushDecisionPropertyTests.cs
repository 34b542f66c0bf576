using FsCheck.Fluent;
using PromoRec.Push;
using PromoRec.Push.Engine;
using PromoRec.Tests.Properties;
using PromoRec.Tests.Push.Cases;

namespace PromoRec.Tests.Push.Engine;

public sealed class PushDecisionPropertyTests
{
    private static readonly int Many = Environment.GetEnvironmentVariable("PROMOREC_STRESS") == "full" ? 200_000 : 2_000;

    [Fact]
    public void A_decision_is_the_one_of_the_twin() => ForAll(each => Assert.Equal(DeciderTwin.Decide(each), each.Decider.Decide(each.Request, each.Snapshot)));

    [Fact]
    public void What_may_be_sent_is_allowed_by_every_policy_at_its_instant() => ForAll(each =>
    {
        PushDecision decision = each.Decider.Decide(each.Request, each.Snapshot);
        if (decision.Outcome != PushOutcome.Drop)
        {
            DateTimeOffset at = decision.Until ?? each.Snapshot.Now;
            Assert.All(each.Rules, rule => Assert.Equal(PushVerdictKind.Allow, rule.Policy.Evaluate(each.ContextAt(at)).Kind));
            Assert.False(at >= each.Request.Deadline);
        }
    });

    [Fact]
    public void A_deferral_ends_at_the_first_instant_that_every_policy_allows() => ForAll(each =>
    {
        PushDecision decision = each.Decider.Decide(each.Request, each.Snapshot);
        DateTimeOffset start = each.Request.PlannedAt > each.Snapshot.Now ? each.Request.PlannedAt.Value : each.Snapshot.Now;
        for (DateTimeOffset at = start; at < decision.Until; at = at.AddMinutes(15))
        {
            Assert.Contains(each.Rules, rule => rule.Policy.Evaluate(each.ContextAt(at)).Kind != PushVerdictKind.Allow);
        }
    });

    [Fact]
    public void An_explanation_is_the_decision_and_has_one_entry_for_each_policy_in_their_order() => ForAll(each =>
    {
        PushDecision explained = each.Decider.Explain(each.Request, each.Snapshot);

        Assert.Equal(each.Decider.Decide(each.Request, each.Snapshot), explained with { Trace = null });
        Assert.Equal(each.Rules.OrderBy(rule => rule.Policy.Stage).Select(rule => rule.Policy.Name), explained.Trace!.Entries.Select(entry => entry.Policy));
        Assert.Equal(each.Snapshot.Now, explained.Trace.Now);
        Assert.All(explained.Trace.Entries, entry => Assert.Distinct(entry.Saw.Select(saw => saw.Name)));
    });

    [Fact]
    public void The_same_inputs_give_the_same_bytes_below_two_kilobytes() => ForAll(each =>
    {
        byte[] bytes = each.Decider.Explain(each.Request, each.Snapshot).ToUtf8Json();

        Assert.Equal(bytes, PushScenario.Decider(each.Rules.Select(rule => rule.Make(null))).Explain(each.Request, each.Snapshot).ToUtf8Json());
        Assert.True(bytes.Length < PushDecisionJson.MaxLength);
    });

    [Fact]
    public void What_a_policy_says_would_turn_its_verdict_turns_it()
    {
        Dictionary<(string?, PushVerdictKind), int> turned = [];
        ForAll(each =>
        {
            foreach (PushTraceEntry entry in each.Decider.Explain(each.Request, each.Snapshot).Trace!.Entries)
            {
                if (entry.Verdict.Flip.Kind != PushFlipKind.None)
                {
                    PushVerdict after = FlipTable.After(entry.Verdict.Flip, each.Rules.First(rule => rule.Policy.Name == entry.Policy), each, entry.PlannedAt);
                    // Once the zone is known, the rule that needed it says what it has to say.
                    bool isTurned = entry.Verdict.Reason == PushReason.UnknownZone ? after.Reason != PushReason.UnknownZone : after.Kind != entry.Verdict.Kind;
                    Assert.True(isTurned, $"{entry} stays {after}");
                    (string?, PushVerdictKind) what = (entry.Verdict.Flip.Input, entry.Verdict.Kind);
                    turned[what] = turned.GetValueOrDefault(what) + 1;
                }
            }
        });

        // Otherwise the test would say nothing.
        (string?, PushVerdictKind)[] all =
        [
            (null, PushVerdictKind.Allow), (null, PushVerdictKind.Defer), (null, PushVerdictKind.Drop), (PushInputs.Limit, PushVerdictKind.Allow),
            (PushInputs.Limit, PushVerdictKind.Drop), (PushInputs.Score, PushVerdictKind.Allow), (PushInputs.Score, PushVerdictKind.Drop),
            (PushInputs.Zone, PushVerdictKind.Drop), (PushInputs.Reachable, PushVerdictKind.Drop), (PushInputs.DeliverBefore, PushVerdictKind.Drop),
        ];
        Assert.All(all, what => Assert.True(turned.GetValueOrDefault(what) > 5, $"{what} was turned {turned.GetValueOrDefault(what)} times."));
    }

    [Fact]
    public void Every_refusal_of_the_own_policies_that_time_can_lift_says_when() => ForAll(each =>
    {
        foreach (PushTraceEntry entry in each.Decider.Explain(each.Request, each.Snapshot).Trace!.Entries)
        {
            Assert.True(
                entry.Verdict.Kind == PushVerdictKind.Allow || entry.Verdict.Flip.Kind != PushFlipKind.None || entry.Verdict.Reason == PushReason.UnknownChannel,
                $"{entry} does not say what would turn it.");
        }
    });

    private static void ForAll(Action<PushCase> check) => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => check(PushCases.Of(seed))).Holds(Many);
}
