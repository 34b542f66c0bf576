namespace PromoRec.Delivery;

/// <summary>What became of a message at a provider.</summary>
public enum ChannelOutcome
{
    /// <summary>The provider has taken it.</summary>
    Accepted = 0,

    /// <summary>The provider has certainly not taken it, and may do so later.</summary>
    Transient = 1,

    /// <summary>The provider has certainly not taken it and never will: the address is wrong or closed.</summary>
    Permanent = 2,

    /// <summary>Nobody knows whether the provider has taken it.</summary>
    Unknown = 3,
}
