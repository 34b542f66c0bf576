using FsCheck.Fluent;
using PromoRec.Consent;
using PromoRec.Push;
using PromoRec.Push.OptOut;
using PromoRec.Push.Snooze;
using PromoRec.Push.Suppression;
using PromoRec.Tests.Consent;
using PromoRec.Tests.Properties;

namespace PromoRec.Tests.Push.Consent;

public class ConsentPoliciesTests
{
    private static readonly SuppressionPolicy Suppression = new();
    private static readonly OptOutPolicy OptOut = new(new OptOutOptions());

    private static PushRequest Order => ConsentCases.Request with { Class = MessageClass.Transactional };

    [Fact]
    public void What_a_flip_says_turns_the_verdict() =>
        Prop.ForAll(ConsentCases.Contexts.ToArbitrary(), context => Assert.All(ConsentCases.Policies, policy =>
        {
            PushVerdict verdict = policy.Evaluate(context);
            if (verdict.Flip.Kind != PushFlipKind.None)
            {
                PushVerdict after = policy.Evaluate(ConsentFlips.Apply(verdict.Flip, context));
                Assert.True(verdict.Kind == PushVerdictKind.Allow != (after.Kind == PushVerdictKind.Allow), $"{policy.Name}: {verdict.Reason} and {verdict.Flip} gave {after.Reason}.");
            }
        })).Holds(2000);

    [Fact]
    public void A_refusal_says_what_would_turn_it_unless_nothing_would() =>
        Prop.ForAll(ConsentCases.Contexts.ToArbitrary(), context => Assert.All(ConsentCases.Policies, policy =>
        {
            PushVerdict verdict = policy.Evaluate(context);
            bool nothingHelps = verdict.Reason is PushReason.NoConsent or PushReason.ConsentPending or PushReason.ConsentDenied or PushReason.ConsentWithdrawn or PushReason.OptedOut or PushReason.Suppressed
                && context.Request is { Topic.Length: 0 } && context.Request.Channel == ChannelId.Sms && policy.Name == "consent";
            Assert.True(verdict.Kind == PushVerdictKind.Allow || verdict.Flip.Kind != PushFlipKind.None || nothingHelps, $"{policy.Name}: {verdict.Reason}");
        })).Holds();

    [Fact]
    public void Deciding_allocates_nothing()
    {
        PushSnapshot snapshot = ConsentCases.Snapshot("DE", Ledgers.ViewInOrder([.. Ledgers.Topics.Select(topic => Ledgers.Entry(ConsentState.Granted, ChannelId.Email, topic))]));
        PushContext context = PushScenario.Context(ConsentCases.Request, snapshot with { Customer = snapshot.Customer with { SnoozedUntil = PushScenario.Noon.AddHours(1) } });
        for (int i = 0; i < 100; i++)
        {
            EvaluateAll();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        EvaluateAll();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void EvaluateAll()
        {
            foreach (IPushPolicy policy in ConsentCases.Policies)
            {
                policy.Evaluate(context);
            }
        }
    }

    [Fact]
    public void Nothing_goes_to_an_erased_customer()
    {
        PushSnapshot byConsent = PushScenario.Snapshot with { Consent = new ConsentView(new ConsentRecord(2, [], true)) };
        PushSnapshot byLedger = PushScenario.Snapshot with { History = new(PushScenario.Noon, []) { IsErased = true } };

        Assert.All([byConsent, byLedger], snapshot => Assert.All([Order, ConsentCases.Request], request =>
            Assert.Equal(PushReason.Erased, Suppression.Evaluate(PushScenario.Context(request, snapshot)).Reason)));
    }

    [Fact]
    public void Nothing_goes_to_a_suppressed_address_and_other_addresses_stay()
    {
        ConsentEvent bounced = Ledgers.Entry(ConsentState.Suppressed, ChannelId.Email);

        Assert.All([Order, ConsentCases.Request], request => Assert.Equal(PushReason.Suppressed, ConsentCases.Ask(Suppression, "US", request, bounced).Reason));
        Assert.Equal(PushReason.None, ConsentCases.Ask(Suppression, "US", Order with { Channel = ChannelId.Sms }, bounced).Reason);
        Assert.Equal(PushReason.None, ConsentCases.Ask(Suppression, "US", Order, bounced with { State = ConsentState.Withdrawn }).Reason);
    }

    [Theory]
    [InlineData("", PushReason.None)]
    [InlineData("news", PushReason.None)]
    [InlineData("offersx", PushReason.None)]
    [InlineData("offers", PushReason.OptedOut)]
    [InlineData("offers/shoes", PushReason.OptedOut)]
    public void A_topic_that_was_left_is_left_with_all_below_it_also_for_orders(string topic, PushReason expected)
    {
        ConsentEvent left = Ledgers.Entry(ConsentState.Withdrawn, default, "offers");

        Assert.All([Order, ConsentCases.Request], request => Assert.Equal(expected, ConsentCases.Ask(OptOut, "US", request with { Topic = topic }, left).Reason));
        Assert.Equal(PushReason.None, ConsentCases.Ask(new OptOutPolicy(new OptOutOptions { IncludesTransactional = false }), "US", Order with { Topic = topic }, left).Reason);
    }

    [Fact]
    public void A_channel_that_was_left_is_no_topic_that_was_left()
    {
        ConsentEvent channel = Ledgers.Entry(ConsentState.Withdrawn, ChannelId.Email);

        Assert.Equal(PushReason.None, ConsentCases.Ask(OptOut, "US", Order, channel).Reason);
        Assert.Equal(PushReason.OptedOut, ConsentCases.Ask(OptOut, "US", Order, channel, Ledgers.Entry(ConsentState.Denied, ChannelId.Email, "offers")).Reason);
    }

    [Fact]
    public void A_pause_drops_promotions_until_its_end_or_lets_them_wait()
    {
        DateTimeOffset end = PushScenario.Noon.AddHours(2);
        PushSnapshot paused = PushScenario.Snapshot with { Customer = PushScenario.Snapshot.Customer with { SnoozedUntil = end } };
        var dropping = new SnoozePolicy(new SnoozeOptions());
        var deferring = new SnoozePolicy(new SnoozeOptions { Action = SnoozeAction.Defer });

        Assert.Equal(PushVerdict.Drop(PushReason.Snoozed, end), dropping.Evaluate(PushScenario.Context(ConsentCases.Request, paused)));
        Assert.Equal(PushVerdict.Defer(PushReason.Snoozed, end), deferring.Evaluate(PushScenario.Context(ConsentCases.Request, paused)));
        Assert.Equal(PushVerdict.Drop(PushReason.Snoozed, end), dropping.Evaluate(PushScenario.Context(ConsentCases.Request, paused, end.AddTicks(-1))));
        Assert.All([dropping, deferring], policy =>
        {
            Assert.Equal(PushVerdict.Allow, policy.Evaluate(PushScenario.Context(ConsentCases.Request, paused, end)));
            Assert.Equal(PushVerdict.Allow, policy.Evaluate(PushScenario.Context(Order, paused)));
            Assert.Equal(PushVerdict.Allow, policy.Evaluate(PushScenario.Context(ConsentCases.Request)));
        });
        Assert.True(new SnoozeOptionsValidator().Validate(null, new SnoozeOptions { Action = (SnoozeAction)2 }).Failed);
        Assert.True(new SnoozeOptionsValidator().Validate(null, new SnoozeOptions { Action = SnoozeAction.Defer }).Succeeded);
    }
}
