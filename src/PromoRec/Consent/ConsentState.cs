namespace PromoRec.Consent;

/// <summary>What a customer has said about being contacted, for one channel and topic. The numbers are stable: they are stored.</summary>
public enum ConsentState
{
    /// <summary>Nothing is known; the jurisdiction decides.</summary>
    Unknown = 0,

    /// <summary>A double opt-in was asked for and is not confirmed.</summary>
    Pending = 1,

    /// <summary>Granted, with evidence.</summary>
    Granted = 2,

    /// <summary>Contact came from a sale, under the conditions of ePrivacy Article 13(2).</summary>
    SoftOptIn = 3,

    /// <summary>Refused when asked.</summary>
    Denied = 4,

    /// <summary>Withdrawn after it had been granted, or objected to.</summary>
    Withdrawn = 5,

    /// <summary>The address must not be used: bounce, complaint or law.</summary>
    Suppressed = 6,
}
