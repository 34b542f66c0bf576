namespace PromoRec.Consent;

/// <summary>How consent is asked for.</summary>
public sealed class ConsentOptions
{
    /// <summary>How long a double opt-in can be confirmed: one minute to 90 days, 7 days unless set.</summary>
    public TimeSpan DoubleOptInLifetime { get; set; } = TimeSpan.FromDays(7);
}
