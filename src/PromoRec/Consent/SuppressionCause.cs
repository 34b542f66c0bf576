namespace PromoRec.Consent;

/// <summary>Why an address must not be used.</summary>
public enum SuppressionCause
{
    /// <summary>The provider says that it does not exist or does not take messages.</summary>
    Bounce = 0,

    /// <summary>The customer has complained, to the provider for instance.</summary>
    Complaint = 1,

    /// <summary>A law or a court forbids it.</summary>
    Legal = 2,
}
