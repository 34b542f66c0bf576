namespace PromoRec.Push.Calendar;

/// <summary>How a customer's time zone is found: from the device, else from the profile, else guessed, else as <see cref="Unknown"/> says.</summary>
/// <remarks>A name that is no zone of this machine counts as not known, and the next source is asked.</remarks>
public sealed class ZoneOptions
{
    /// <summary>What happens where no source knows a zone: <see cref="UnknownZonePolicy.Jurisdiction"/> unless set.</summary>
    public UnknownZonePolicy Unknown { get; set; } = UnknownZonePolicy.Jurisdiction;

    /// <summary>The shop's zone for <see cref="UnknownZonePolicy.FallbackZone"/> and for jurisdictions that are content with it, an IANA name such as "Europe/Berlin"; none unless set.</summary>
    public string? FallbackZone { get; set; }

    /// <summary>How sure a guess has to be, 0 to 1, to be used: 0.8 unless set.</summary>
    public double MinimumConfidence { get; set; } = 0.8;
}
