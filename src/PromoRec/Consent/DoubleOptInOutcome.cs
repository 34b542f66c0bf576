namespace PromoRec.Consent;

/// <summary>What became of the confirmation of a double opt-in.</summary>
public enum DoubleOptInOutcome
{
    /// <summary>Consent is granted.</summary>
    Confirmed = 0,

    /// <summary>It was confirmed before.</summary>
    AlreadyUsed = 1,

    /// <summary>It was asked for too long ago.</summary>
    Expired = 2,

    /// <summary>The customer has refused since it was asked for, or the address was suppressed. Ask again.</summary>
    Void = 3,

    /// <summary>No such token was sent to this customer.</summary>
    Unknown = 4,

    /// <summary>The customer was erased.</summary>
    Erased = 5,
}
