namespace PromoRec.Consent;

/// <summary>What a consent is for. The numbers are stable: they are stored.</summary>
public enum ConsentPurpose
{
    /// <summary>Being contacted with promotions.</summary>
    Marketing = 0,

    /// <summary>Being profiled so that promotions fit.</summary>
    Personalization = 1,
}
