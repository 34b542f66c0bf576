namespace PromoRec.Delivery;

/// <summary>Hands messages to a provider of one channel. Implement it for the providers of a host.</summary>
/// <remarks>
/// Any number of threads may call it. It never throws for what a provider says: that is a <see cref="ChannelResult"/>. Where it throws, or is cancelled after it
/// has called the provider, the outcome counts as unknown. The same <see cref="PushMessage.SendId"/> is handed over again only after an outcome that allows it.
/// Prove an implementation with the conformance suite of PromoRec.Testing.
/// </remarks>
public interface IPushChannel
{
    /// <summary>The channel it serves.</summary>
    ChannelId Channel { get; }

    /// <summary>Whether the provider sends a message once only however often it gets the same <see cref="PushMessage.SendId"/>.</summary>
    bool Deduplicates { get; }

    /// <summary>Hands a message over.</summary>
    ValueTask<ChannelResult> SendAsync(PushMessage message, CancellationToken cancellationToken = default);
}
