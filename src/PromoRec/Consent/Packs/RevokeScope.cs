namespace PromoRec.Consent.Packs;

/// <summary>How far a customer's "stop" reaches.</summary>
public enum RevokeScope
{
    /// <summary>Every channel and topic.</summary>
    All = 0,

    /// <summary>Every topic of the channel on which it came.</summary>
    Channel = 1,

    /// <summary>The topic to which it answers, on that channel; every topic of the channel where no topic is known.</summary>
    Topic = 2,
}
