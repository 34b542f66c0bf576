using PromoRec.Delivery;

namespace PromoRec.Consumer.Tests;

/// <summary>A channel that the library does not know.</summary>
internal sealed class TelegramChannel : IPushChannel
{
    public ChannelId Channel { get; } = new("telegram");

    public bool Deduplicates => false;

    public ValueTask<ChannelResult> SendAsync(PushMessage message, CancellationToken cancellationToken = default) => ValueTask.FromResult(new ChannelResult(ChannelOutcome.Accepted));
}
