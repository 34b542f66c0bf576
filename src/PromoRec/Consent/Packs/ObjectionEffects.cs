namespace PromoRec.Consent.Packs;

/// <summary>What an objection to profiling stops.</summary>
[Flags]
public enum ObjectionEffects
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Advertising on every channel.</summary>
    Marketing = 1 << 0,

    /// <summary>Personalization: the customer gets what everybody gets.</summary>
    Personalization = 1 << 1,
}
