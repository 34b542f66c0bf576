namespace PromoRec.Consent;

/// <summary>One entry of a customer's consent ledger. Entries are never changed; a later one speaks for itself.</summary>
public sealed record ConsentEvent
{
    /// <summary>Names the event among the customer's, 1 to 200 characters: appending it again changes nothing.</summary>
    public required string EventId { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The state it puts the channel and topic into.</summary>
    public required ConsentState State { get; init; }

    /// <summary>What it is for.</summary>
    public ConsentPurpose Purpose { get; init; }

    /// <summary>The channel; every channel unless set.</summary>
    public ChannelId Channel { get; init; }

    /// <summary>The topic, a path such as "offers/shoes" of at most 200 characters; every topic unless set. Upper case is folded, and blank segments are left out.</summary>
    public string Topic { get; init => field = TopicPath.Canonical(value); } = string.Empty;

    /// <summary>The ground on which it rests.</summary>
    public LegalBasis Basis { get; init; }

    /// <summary>Version of the text that the customer saw.</summary>
    public string? TextVersion { get; init; }

    /// <summary>Hash of the text that the customer saw.</summary>
    public string? TextHash { get; init; }

    /// <summary>Where it came from, such as "checkout" or "sms:stop".</summary>
    public string? Source { get; init; }

    /// <summary>Who entered it; null for the customer.</summary>
    public string? Actor { get; init; }

    /// <summary>The jurisdiction whose rules applied.</summary>
    public string? Jurisdiction { get; init; }

    /// <summary>The sale behind a soft opt-in.</summary>
    public SaleEvidence? Sale { get; init; }

    /// <summary>Hash of the double opt-in token that was sent or used.</summary>
    public string? TokenHash { get; init; }

    /// <summary>The address it was asked from, encrypted by the host.</summary>
    public string? EncryptedIp { get; init; }
}
