using System.Text;
using System.Text.Json;
using PromoRec.Push;
using PromoRec.Push.Engine;
using static PromoRec.Tests.Push.PushScenario;

namespace PromoRec.Tests.Push.Engine;

public sealed class PushDecisionJsonTests
{
    [Fact]
    public void A_decision_without_a_trace_is_small() => Assert.Equal(
        """{"outcome":"drop","reason":"offer_not_eligible","rule":"offer-limits","next":"2026-11-19T00:00:00Z","failed":["not_started","below_minimum"]}""",
        Text(PushDecision.Drop(PushReason.OfferNotEligible, "offer-limits", Noon.AddHours(12)) with { Failed = OfferConstraints.NotStarted | OfferConstraints.BelowMinimum }));

    [Fact]
    public void A_trace_says_of_each_rule_what_it_saw_what_it_said_and_what_would_turn_it()
    {
        PushSnapshot snapshot = At(Noon, Sent(Request, Noon.AddHours(-1)));

        string text = Text(Decider(
            PolicyStub.Allows("silent", PushStage.Consent),
            PushShop.Cap(2, TimeSpan.FromDays(1)),
            PushShop.Cap(1, TimeSpan.FromHours(8), cap => cap.Action = CapAction.Defer)).Explain(Request with { DeliverBefore = Noon.AddDays(1) }, snapshot));

        Assert.Equal(
            """{"outcome":"defer","reason":"frequency_cap","rule":"cap:all:1/8h","until":"2026-11-18T19:00:00Z","validUntil":"2026-11-19T12:00:00Z","now":"2026-11-18T12:00:00Z","rules":["""
            + """{"rule":"silent","at":"2026-11-18T19:00:00Z"},"""
            + """{"rule":"cap:all:2/1d","at":"2026-11-18T19:00:00Z","saw":{"sent":1,"limit":2},"flip":{"limit":1}},"""
            + """{"rule":"cap:all:1/8h","says":"defer","reason":"frequency_cap","saw":{"sent":1,"limit":1},"flip":{"at":"2026-11-18T19:00:00Z"}}]}""",
            text);
    }

    [Fact]
    public void The_offset_in_which_an_instant_is_written_makes_no_difference()
    {
        DateTimeOffset berlin = Noon.AddHours(8).ToOffset(TimeSpan.FromHours(1));

        Assert.Equal(Text(Decider(PolicyStub.DefersTo("quiet", Noon.AddHours(8))).Explain(Request, Snapshot)), Text(Decider(PolicyStub.DefersTo("quiet", berlin)).Explain(Request, Snapshot)));
    }

    [Theory]
    [InlineData(20, 8)]
    [InlineData(40, 12)]
    [InlineData(60, 40)]
    [InlineData(400, 1)]
    public void However_much_policies_say_it_stays_below_two_kilobytes_and_is_json(int policies, int observations)
    {
        IEnumerable<IPushPolicy> talkers = Enumerable.Range(0, policies).Select(i => new HostPolicyStub($"{i} {new string('ä', 50)}", PushStage.Channel, context =>
        {
            for (int j = 0; j < observations; j++)
            {
                context.Saw($"what {j} {new string('"', 80)}", new string('\u0001', 200));
            }

            return i % 2 == 1 ? PushVerdict.Drop(PushReason.HostPolicy) with { Flip = PushFlip.Fact("something", "else") } : PushVerdict.Allow;
        }));

        byte[] json = Decider(talkers).Explain(Request, Snapshot).ToUtf8Json();

        Assert.True(json.Length < PushDecisionJson.MaxLength);
        using JsonDocument document = JsonDocument.Parse(json);
        Assert.Equal("drop", document.RootElement.GetProperty("outcome").GetString());
        Assert.StartsWith("1 ä", document.RootElement.GetProperty("rule").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_left_out_first_is_what_those_saw_that_allow_and_what_is_left_out_is_counted()
    {
        IEnumerable<IPushPolicy> talkers = Enumerable.Range(0, 50).Select(i => new HostPolicyStub($"policy {i}", PushStage.Channel, context =>
        {
            context.Saw("something", "that takes some room");
            return i == 49 ? PushVerdict.Drop(PushReason.HostPolicy) : PushVerdict.Allow;
        }));

        using JsonDocument document = JsonDocument.Parse(Decider(talkers).Explain(Request, Snapshot).ToUtf8Json());

        JsonElement rules = document.RootElement.GetProperty("rules");
        Assert.Equal(50, rules.GetArrayLength());
        Assert.False(rules[0].TryGetProperty("saw", out _));
        Assert.Equal("that takes some room", rules[49].GetProperty("saw").GetProperty("something").GetString());
    }

    [Fact]
    public void A_name_that_was_seen_twice_is_written_as_two()
    {
        HostPolicyStub twice = new("twice", PushStage.Channel, context =>
        {
            context.Saw("seen", 1);
            context.Saw("seen 2", 2);
            context.Saw("seen", "3");
            context.Saw("seen", Noon);
            return PushVerdict.Allow;
        });

        Assert.Contains("\"saw\":{\"seen\":1,\"seen 2\":2,\"seen 3\":\"3\",\"seen 4\":\"2026-11-18T12:00:00Z\"}", Text(Decider(twice).Explain(Request, Snapshot)), StringComparison.Ordinal);
    }

    private static string Text(PushDecision decision) => Encoding.UTF8.GetString(decision.ToUtf8Json());
}
