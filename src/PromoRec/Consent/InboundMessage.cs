namespace PromoRec.Consent;

/// <summary>A message that a customer has sent to the shop, an answer to a text message for instance.</summary>
public sealed record InboundMessage
{
    /// <summary>The channel on which it came.</summary>
    public required ChannelId Channel { get; init; }

    /// <summary>What the customer wrote. It is not stored.</summary>
    public required string Text { get; init; }

    /// <summary>The customer's country, two letters of ISO 3166-1; null when not known.</summary>
    public string? Country { get; init; }

    /// <summary>The topic to which it answers; empty when not known.</summary>
    public string Topic { get; init; } = string.Empty;

    /// <summary>The provider's own id of the message, 1 to 180 characters, so that one delivered twice counts once; null when there is none.</summary>
    public string? MessageId { get; init; }
}
