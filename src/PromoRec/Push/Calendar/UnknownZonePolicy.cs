namespace PromoRec.Push.Calendar;

/// <summary>What happens where nobody knows a customer's time zone. To send anyway is not among it.</summary>
public enum UnknownZonePolicy
{
    /// <summary>Nothing is pushed that depends on local time.</summary>
    Block = 0,

    /// <summary><see cref="ZoneOptions.FallbackZone"/> takes its place.</summary>
    FallbackZone = 1,

    /// <summary>
    /// All zones of the customer's country take its place: what is quiet in one of them is quiet. Where the country is not known either, as <see cref="Block"/>.
    /// </summary>
    IntersectAll = 2,
}
