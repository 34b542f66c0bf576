using PromoRec.Delivery;

namespace PromoRec.Testing.Conformance.Channels;

/// <summary>What a check works with: a channel and its provider.</summary>
internal sealed class ChannelProbe(
    IPushChannel channel,
    Func<CancellationToken, ValueTask<IReadOnlyList<ProviderDelivery>>> readDeliveries,
    Func<ProviderBehavior, CancellationToken, ValueTask> setProvider,
    ConformanceScale scale,
    CancellationToken token)
{
    private static readonly Offer Offer = new() { Id = "spring", Terms = OfferTerms.PercentOff(20) };

    public IPushChannel Channel { get; } = channel;

    public ConformanceScale Scale { get; } = scale;

    public CancellationToken Token { get; } = token;

    public static PushMessage Message(string sendId, UserId? userId = null, string? unsubscribeToken = null) => new(sendId, userId ?? "customer", Offer, unsubscribeToken);

    public Task<ChannelResult> SendAsync(PushMessage message) => Channel.SendAsync(message, Token).AsTask();

    public async Task ExpectAsync(ChannelOutcome expected, PushMessage message, string what) =>
        Expect.Equal(expected, (await SendAsync(message).ConfigureAwait(false)).Outcome, what);

    public async Task ProviderAsync(ProviderBehavior behavior) => await setProvider(behavior, Token).ConfigureAwait(false);

    public async Task<IReadOnlyList<ProviderDelivery>> DeliveriesAsync() => await readDeliveries(Token).ConfigureAwait(false);

    public async Task ExpectDeliveredAsync(params string[] sendIds) =>
        Expect.Same(sendIds, (await DeliveriesAsync().ConfigureAwait(false)).Select(delivery => delivery.SendId), "what the provider has taken");
}
