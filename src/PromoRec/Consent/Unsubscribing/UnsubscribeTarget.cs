namespace PromoRec.Consent.Unsubscribing;

/// <summary>What the link of a message lets its receiver leave.</summary>
/// <param name="UserId">Who leaves.</param>
/// <param name="Channel">The channel; the default value for all of them.</param>
/// <param name="Topic">The topic; empty for all of them.</param>
public sealed record UnsubscribeTarget(UserId UserId, ChannelId Channel, string Topic);
