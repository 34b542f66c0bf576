using PromoRec.Consent;

namespace PromoRec.Push.Consent;

/// <summary>How consent stands in traces and flips.</summary>
internal static class ConsentWords
{
    public const string Granted = "Granted";
    public const string Withdrawn = "Withdrawn";
    public const string Suppressed = "Suppressed";
    public const string Unknown = "Unknown";

    public static string Of(ConsentState state) => state switch
    {
        ConsentState.Unknown => Unknown,
        ConsentState.Pending => "Pending",
        ConsentState.Granted => Granted,
        ConsentState.SoftOptIn => "SoftOptIn",
        ConsentState.Denied => "Denied",
        ConsentState.Withdrawn => Withdrawn,
        _ => Suppressed,
    };

    public static string Of(ConsentNeed need) => need switch
    {
        ConsentNeed.OptOut => "OptOut",
        ConsentNeed.SoftOptIn => "SoftOptIn",
        ConsentNeed.Grant => "Grant",
        ConsentNeed.WrittenGrant => "WrittenGrant",
        ConsentNeed.DoubleOptIn => "DoubleOptIn",
        _ => "Never",
    };

    /// <summary>What the customer would have to say so that the need is met, also where something was refused before.</summary>
    public static PushFlip FlipTo(ConsentNeed need) => need switch
    {
        ConsentNeed.WrittenGrant or ConsentNeed.DoubleOptIn => PushFlip.Fact(PushInputs.Consent, Of(need)),
        ConsentNeed.Never => default,
        _ => PushFlip.Fact(PushInputs.Consent, Granted),
    };
}
