namespace PromoRec.Push.Calendar;

/// <summary>How a customer's time zone is known.</summary>
public enum ZoneSource
{
    /// <summary>It is not.</summary>
    Unknown = 0,

    /// <summary>From the device.</summary>
    Device = 1,

    /// <summary>From the customer's profile.</summary>
    Profile = 2,

    /// <summary>Guessed, surely enough.</summary>
    Inferred = 3,

    /// <summary>The shop's zone takes its place.</summary>
    Fallback = 4,

    /// <summary>All zones of the country take its place: what is quiet in one of them is quiet.</summary>
    Country = 5,
}
