namespace PromoRec.Push;

/// <summary>The steps of a decision, in their order. A policy belongs to one; inside a step, policies run in the order in which they were added.</summary>
public enum PushStage
{
    /// <summary>Erased and suppressed customers.</summary>
    Suppression = 0,

    /// <summary>Legal basis and consent. No policy before it looks at the customer's profile, and of it this stage needs the country.</summary>
    Consent = 1,

    /// <summary>What the customer has chosen: topics, channels, snooze.</summary>
    Preference = 2,

    /// <summary>Whether the offer can be had, and is worth it.</summary>
    Eligibility = 3,

    /// <summary>Whether the customer has had it already.</summary>
    Duplicate = 4,

    /// <summary>When it may be sent: quiet hours. A deferral here moves the planned instant, at which the later steps are evaluated.</summary>
    Timing = 5,

    /// <summary>Frequency caps and minimum gaps at the planned instant.</summary>
    Frequency = 6,

    /// <summary>What a host demands of a channel.</summary>
    Channel = 7,
}
