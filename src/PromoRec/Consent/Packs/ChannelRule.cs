namespace PromoRec.Consent.Packs;

/// <summary>What a jurisdiction says about one channel. Immutable.</summary>
public sealed record ChannelRule
{
    internal ChannelRule()
    {
    }

    /// <summary>What is needed before a customer is contacted with promotions.</summary>
    public ConsentNeed Need { get; init; }

    /// <summary>Whether a grant counts only where it names the channel and the topic, or one above it.</summary>
    public bool PerTopic { get; init; }

    /// <summary>Whether the operating system of the customer's device must permit notifications.</summary>
    public bool NeedsPermission { get; init; }

    /// <summary>Whether a refusal holds back transactional messages.</summary>
    public TransactionalRule Transactional { get; init; }

    /// <summary>How far a "stop" that comes on this channel reaches.</summary>
    public RevokeScope Revoke { get; init; }

    /// <summary>What else the host must do on this channel.</summary>
    public ConsentDuties Duties { get; init; }
}
