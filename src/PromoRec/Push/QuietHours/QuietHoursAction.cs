namespace PromoRec.Push.QuietHours;

/// <summary>What happens to a push that falls into quiet hours.</summary>
public enum QuietHoursAction
{
    /// <summary>It waits until they end, and is decided anew then.</summary>
    DeferToEnd = 0,

    /// <summary>It is not sent.</summary>
    Drop = 1,
}
