namespace PromoRec.Delivery;

/// <summary>A channel's answer.</summary>
/// <param name="Outcome">What became of the message.</param>
/// <param name="ProviderMessageId">The provider's own name for it, where it gave one.</param>
/// <param name="RetryAfter">How long the provider asks to wait after <see cref="ChannelOutcome.Transient"/>.</param>
public readonly record struct ChannelResult(ChannelOutcome Outcome, string? ProviderMessageId = null, TimeSpan? RetryAfter = null);
