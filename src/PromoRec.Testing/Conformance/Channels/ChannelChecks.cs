using PromoRec.Delivery;

namespace PromoRec.Testing.Conformance.Channels;

/// <summary>All checks of channels.</summary>
internal static class ChannelChecks
{
    private const ChannelAbilities Both = ChannelAbilities.ShowsDeliveries | ChannelAbilities.ScriptsProvider;

    public static IReadOnlyList<ChannelCheck> All { get; } =
    [
        new("channels-name-themselves", "A channel has a name, which never changes.", Name),
        new("accepted-messages-arrive-once", "A message that was accepted has been taken by the provider once, for its customer and with its way to leave.", Arrives, ChannelAbilities.ShowsDeliveries),
        new("messages-are-not-mixed-up", "Many messages at once arrive once each, every one at its own customer.", Crowded, ChannelAbilities.ShowsDeliveries),
        new("refusals-for-now-are-transient", "A provider that will not take a message now has not taken it, and the message can be handed over later.", ForNow, Both),
        new("refusals-for-good-are-permanent", "A provider that never will is told apart from one that cannot now.", ForGood, Both),
        new("lost-answers-are-unknown", "Where the provider's answer is lost, a channel claims neither that the message was taken nor that it was not.", LostAnswer, ChannelAbilities.ScriptsProvider),
        new("unreachable-providers-have-taken-nothing", "A provider that cannot be reached is no reason to give a customer up, nor to count a message as sent.", Unreachable, Both),
        new("deduplication-is-kept", "A channel that says it deduplicates delivers a message once, however often it is handed over.", Deduplicated, Both),
        new("cancelled-calls-send-nothing", "A call that was cancelled before it began hands nothing over.", Cancelled, ChannelAbilities.ShowsDeliveries),
    ];

    private static async Task Name(ChannelProbe probe)
    {
        ChannelId name = probe.Channel.Channel;
        bool deduplicates = probe.Channel.Deduplicates;
        Expect.That(!name.IsEmpty, "the channel has the empty name.");
        await probe.ExpectAsync(ChannelOutcome.Accepted, ChannelProbe.Message("1"), "sending to a provider that accepts").ConfigureAwait(false);
        Expect.Equal((name, deduplicates), (probe.Channel.Channel, probe.Channel.Deduplicates), "name, and whether it deduplicates, after sending");
    }

    private static async Task Arrives(ChannelProbe probe)
    {
        await probe.ExpectAsync(ChannelOutcome.Accepted, ChannelProbe.Message("send 1", "customer 1", "token 1"), "sending to a provider that accepts").ConfigureAwait(false);
        await probe.ExpectAsync(ChannelOutcome.Accepted, ChannelProbe.Message("send 2", 42), "sending to a provider that accepts").ConfigureAwait(false);
        Expect.Same([new ProviderDelivery("send 1", "customer 1", "token 1"), new ProviderDelivery("send 2", 42, null)], await probe.DeliveriesAsync().ConfigureAwait(false), "what the provider has taken");
    }

    private static async Task Crowded(ChannelProbe probe)
    {
        int count = Math.Min(probe.Scale.Attempts, 1000);
        ChannelResult[] results = await Crowd.DoAsync(
            probe.Scale.Tasks, count, i => probe.SendAsync(ChannelProbe.Message($"send {i}", $"customer {i}", $"token {i}"))).ConfigureAwait(false);

        Expect.That(results.All(result => result.Outcome == ChannelOutcome.Accepted), "a message was not accepted by a provider that accepts.");
        Expect.Same(
            Enumerable.Range(0, count).Select(i => new ProviderDelivery($"send {i}", $"customer {i}", $"token {i}")).OrderBy(delivery => delivery.SendId, StringComparer.Ordinal),
            (await probe.DeliveriesAsync().ConfigureAwait(false)).OrderBy(delivery => delivery.SendId, StringComparer.Ordinal),
            "what the provider has taken");
    }

    private static async Task ForNow(ChannelProbe probe)
    {
        await probe.ProviderAsync(ProviderBehavior.RefusesForNow).ConfigureAwait(false);
        ChannelResult result = await probe.SendAsync(ChannelProbe.Message("send")).ConfigureAwait(false);
        Expect.Equal(ChannelOutcome.Transient, result.Outcome, "sending to a provider that refuses for now");
        Expect.That(result.RetryAfter is null || result.RetryAfter >= TimeSpan.Zero, $"the provider is said to ask for a wait of {result.RetryAfter}.");
        await probe.ExpectDeliveredAsync().ConfigureAwait(false);

        await probe.ProviderAsync(ProviderBehavior.Accepts).ConfigureAwait(false);
        await probe.ExpectAsync(ChannelOutcome.Accepted, ChannelProbe.Message("send"), "sending again when the provider accepts").ConfigureAwait(false);
        await probe.ExpectDeliveredAsync("send").ConfigureAwait(false);
    }

    private static async Task ForGood(ChannelProbe probe)
    {
        await probe.ProviderAsync(ProviderBehavior.RefusesForGood).ConfigureAwait(false);
        await probe.ExpectAsync(ChannelOutcome.Permanent, ChannelProbe.Message("send"), "sending to a provider that refuses for good").ConfigureAwait(false);
        await probe.ExpectDeliveredAsync().ConfigureAwait(false);
    }

    private static async Task LostAnswer(ChannelProbe probe)
    {
        foreach (ProviderBehavior behavior in (ProviderBehavior[])[ProviderBehavior.TakesWithoutAnswer, ProviderBehavior.LosesWithoutAnswer])
        {
            await probe.ProviderAsync(behavior).ConfigureAwait(false);
            Expect.Equal(ChannelOutcome.Unknown, await OutcomeAsync(probe, ChannelProbe.Message($"send {behavior}")).ConfigureAwait(false), $"sending when the provider {behavior}");
        }
    }

    private static async Task Unreachable(ChannelProbe probe)
    {
        await probe.ProviderAsync(ProviderBehavior.IsUnreachable).ConfigureAwait(false);
        ChannelOutcome outcome = await OutcomeAsync(probe, ChannelProbe.Message("send")).ConfigureAwait(false);
        Expect.That(outcome is ChannelOutcome.Transient or ChannelOutcome.Unknown, $"sending to a provider that cannot be reached was answered with {outcome}.");
        await probe.ExpectDeliveredAsync().ConfigureAwait(false);
    }

    private static async Task Deduplicated(ChannelProbe probe)
    {
        if (!probe.Channel.Deduplicates)
        {
            return;
        }

        await probe.ProviderAsync(ProviderBehavior.TakesWithoutAnswer).ConfigureAwait(false);
        await OutcomeAsync(probe, ChannelProbe.Message("send")).ConfigureAwait(false);
        await probe.ProviderAsync(ProviderBehavior.Accepts).ConfigureAwait(false);
        for (int i = 0; i < 3; i++)
        {
            await probe.ExpectAsync(ChannelOutcome.Accepted, ChannelProbe.Message("send"), "handing the same message over again").ConfigureAwait(false);
        }

        ChannelResult[] results = await Crowd.DoAsync(probe.Scale.Tasks, probe.Scale.Tasks, _ => probe.SendAsync(ChannelProbe.Message("at once"))).ConfigureAwait(false);
        Expect.That(results.All(result => result.Outcome == ChannelOutcome.Accepted), "a message that was handed over many times at once was not accepted every time.");
        await probe.ExpectDeliveredAsync("send", "at once").ConfigureAwait(false);
    }

    private static async Task Cancelled(ChannelProbe probe)
    {
        await Expect.Throws<OperationCanceledException>(
            () => probe.Channel.SendAsync(ChannelProbe.Message("send"), new CancellationToken(canceled: true)).AsTask(), "a call that was cancelled before it began").ConfigureAwait(false);
        await probe.ExpectDeliveredAsync().ConfigureAwait(false);
    }

    /// <summary>What the outcome counts as: a channel that throws does not know.</summary>
    private static async Task<ChannelOutcome> OutcomeAsync(ChannelProbe probe, PushMessage message)
    {
        try
        {
            return (await probe.SendAsync(message).ConfigureAwait(false)).Outcome;
        }
        catch (Exception) when (!probe.Token.IsCancellationRequested)
        {
            return ChannelOutcome.Unknown;
        }
    }
}
