namespace PromoRec.Consent.Packs;

/// <summary>What takes the place of a customer's time zone that is not known, when quiet hours are looked at.</summary>
public enum UnknownZoneRule
{
    /// <summary>Nothing: nothing is sent.</summary>
    Block = 0,

    /// <summary>All zones of the customer's country: what is quiet in one of them is quiet.</summary>
    CountryZones = 1,

    /// <summary>The shop's own zone.</summary>
    FallbackZone = 2,
}
