namespace PromoRec.Consent;

/// <summary>What a customer says about one purpose, channel and topic, with the evidence for it.</summary>
public sealed record ConsentStatement
{
    /// <summary>What it is for.</summary>
    public ConsentPurpose Purpose { get; init; }

    /// <summary>The channel; every channel unless set.</summary>
    public ChannelId Channel { get; init; }

    /// <summary>The topic, a path such as "offers/shoes"; every topic unless set.</summary>
    public string Topic { get; init; } = string.Empty;

    /// <summary>Where it was said, such as "checkout".</summary>
    public string? Source { get; init; }

    /// <summary>Version of the text that the customer saw.</summary>
    public string? TextVersion { get; init; }

    /// <summary>Hash of the text that the customer saw.</summary>
    public string? TextHash { get; init; }

    /// <summary>Who entered it; null for the customer.</summary>
    public string? Actor { get; init; }

    /// <summary>The jurisdiction whose rules applied.</summary>
    public string? Jurisdiction { get; init; }

    /// <summary>The address it came from, encrypted by the host.</summary>
    public string? EncryptedIp { get; init; }

    /// <summary>When it was said; null for now. A later instant than now is now.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>
    /// Names this statement among the customer's, so that it is stored once however often it is sent: 1 to 200 characters. Never use one for two statements, not
    /// even for two of the same content. Null for an id of its own; then a refusal that holds already is stored again only if it was said later.
    /// </summary>
    public string? EventId { get; init; }

    /// <summary>The event that a state of it is.</summary>
    internal ConsentEvent ToEvent(ConsentState state, LegalBasis basis, string eventId, DateTimeOffset at) => new()
    {
        EventId = eventId,
        At = at,
        State = state,
        Purpose = Purpose,
        Channel = Channel,
        Topic = Topic,
        Basis = basis,
        TextVersion = TextVersion,
        TextHash = TextHash,
        Source = Source,
        Actor = Actor,
        Jurisdiction = Jurisdiction,
        EncryptedIp = EncryptedIp,
    };

    internal void ThrowIfWithoutSource()
    {
        if (string.IsNullOrWhiteSpace(Source))
        {
            throw new ArgumentException("A statement needs evidence, but does not say where it was made. Set ConsentStatement.Source.");
        }
    }

    internal void ThrowIfWithoutProof()
    {
        ThrowIfWithoutSource();
        if (string.IsNullOrWhiteSpace(TextVersion) && string.IsNullOrWhiteSpace(TextHash))
        {
            throw new ArgumentException("A grant needs evidence, but does not say to which text the customer agreed. Set ConsentStatement.TextVersion or ConsentStatement.TextHash.");
        }
    }
}
