namespace PromoRec.Push.QuietHours;

/// <summary>What happens to a push that falls into quiet hours.</summary>
public enum QuietHoursAction
{
    /// <summary>It waits until they end, and is decided anew then.</summary>
    DeferToEnd = 0,

    /// <summary>It is not sent.</summary>
    Drop = 1,

    /// <summary>
    /// Of the promotions of one <see cref="QuietHoursOptions.Scope"/> that fall into the same quiet hours the first waits until they end; the others are dropped. Its place is held, whatever
    /// <see cref="PushReserveOptions.HoldDeferred"/> says.
    /// </summary>
    DeferFirstOnly = 2,

    /// <summary>
    /// Of the promotions of one <see cref="QuietHoursOptions.Scope"/> that fall into the same quiet hours the latest waits until they end: it takes the stead of the one that waited, whose place is given back. Of those that are
    /// reserved in one list, the one that comes first in its order counts as the latest. Its place is held, whatever <see cref="PushReserveOptions.HoldDeferred"/> says; decide about it again with
    /// <see cref="PushReserveOptions.OnlyIfHeld"/>.
    /// </summary>
    DeferLatestOnly = 3,

    /// <summary>
    /// The promotions of one <see cref="QuietHoursOptions.Scope"/> and channel that fall into the same quiet hours wait to be sent together, as one message, when they end: see <see cref="PushDecision.Digest"/> and
    /// <see cref="IPushEngine.TryReserveDigestAsync"/>. No place is held for them until then.
    /// </summary>
    Digest = 4,
}
