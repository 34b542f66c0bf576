namespace PromoRec.Push.Snooze;

/// <summary>What becomes of promotions while a customer has asked for a pause.</summary>
public sealed class SnoozeOptions
{
    /// <summary>What becomes of them: dropped unless set.</summary>
    public SnoozeAction Action { get; set; }
}
