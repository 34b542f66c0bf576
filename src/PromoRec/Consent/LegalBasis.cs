namespace PromoRec.Consent;

/// <summary>The ground on which a state rests. The numbers are stable: they are stored.</summary>
public enum LegalBasis
{
    /// <summary>None is claimed.</summary>
    None = 0,

    /// <summary>The customer consented.</summary>
    Consent = 1,

    /// <summary>An earlier sale, under the conditions of ePrivacy Article 13(2).</summary>
    ExistingCustomer = 2,

    /// <summary>Legitimate interest.</summary>
    LegitimateInterest = 3,

    /// <summary>A contract needs it.</summary>
    Contract = 4,

    /// <summary>A law demands it.</summary>
    LegalObligation = 5,
}
