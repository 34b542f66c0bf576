namespace PromoRec.Push.Snooze;

/// <summary>What becomes of a promotion for a customer who has asked for a pause.</summary>
public enum SnoozeAction
{
    /// <summary>It is dropped: after the pause others may fit better.</summary>
    Drop = 0,

    /// <summary>It waits for the end of the pause.</summary>
    Defer = 1,
}
