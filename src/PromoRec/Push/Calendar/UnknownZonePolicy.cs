namespace PromoRec.Push.Calendar;

/// <summary>What happens where nobody knows a customer's time zone. To send anyway is not among it.</summary>
public enum UnknownZonePolicy
{
    /// <summary>What the rules of the customer's jurisdiction say: one of the three below.</summary>
    Jurisdiction = 0,

    /// <summary>Nothing is pushed that depends on local time.</summary>
    Block = 1,

    /// <summary>
    /// <see cref="ZoneOptions.FallbackZone"/> takes its place. The quiet hours of a jurisdiction that is not content with it go by all zones of the country, or
    /// nothing is sent, as the jurisdiction says.
    /// </summary>
    FallbackZone = 2,

    /// <summary>
    /// All zones of the customer's country take its place: what is quiet in one of them is quiet. Where the country is not known either, as <see cref="Block"/>.
    /// </summary>
    IntersectAll = 3,
}
