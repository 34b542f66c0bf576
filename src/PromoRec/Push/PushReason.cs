namespace PromoRec.Push;

/// <summary>Why an offer is not pushed now. Closed, and the numbers are stable.</summary>
public enum PushReason
{
    /// <summary>Nothing stands against it.</summary>
    None = 0,

    /// <summary>The customer was erased.</summary>
    Erased = 1,

    /// <summary>The address must not be used: bounce, complaint or law.</summary>
    Suppressed = 2,

    /// <summary>There is no legal basis: no grant where the jurisdiction needs one.</summary>
    NoConsent = 10,

    /// <summary>A double opt-in is not confirmed.</summary>
    ConsentPending = 11,

    /// <summary>The customer refused.</summary>
    ConsentDenied = 12,

    /// <summary>The customer withdrew consent.</summary>
    ConsentWithdrawn = 13,

    /// <summary>The device does not permit notifications, or nobody knows whether it does.</summary>
    NoPermission = 14,

    /// <summary>The consent changed between decision and reservation.</summary>
    ConsentChanged = 15,

    /// <summary>The customer has unsubscribed from the channel or topic.</summary>
    OptedOut = 20,

    /// <summary>The customer has asked for a pause.</summary>
    Snoozed = 21,

    /// <summary>The offer fails one or more of its constraints.</summary>
    OfferNotEligible = 30,

    /// <summary>The predicted interest is too small.</summary>
    ScoreTooLow = 31,

    /// <summary>So much of the budget may be redeemed by what was sent that there is no room for more.</summary>
    NoHeadroom = 32,

    /// <summary>The customer redeemed it a short while ago.</summary>
    RecentlyRedeemed = 33,

    /// <summary>The customer dismissed it a short while ago.</summary>
    RecentlyDismissed = 34,

    /// <summary>The same was sent a short while ago.</summary>
    Duplicate = 40,

    /// <summary>The key was used for something else.</summary>
    IdempotencyConflict = 41,

    /// <summary>The place that it waited with is gone: a later push has taken its stead, or it was cancelled or released.</summary>
    PlaceGone = 42,

    /// <summary>It is a quiet hour of the customer.</summary>
    QuietHours = 50,

    /// <summary>By the end of the quiet hours it would be too late.</summary>
    ExpiredInQuietHours = 51,

    /// <summary>The customer's time zone is not known.</summary>
    UnknownZone = 52,

    /// <summary>It was planned for later.</summary>
    Planned = 53,

    /// <summary>By the earliest instant that every policy allows it would be too late.</summary>
    TooLate = 54,

    /// <summary>No instant was found that every policy allows: own and legal quiet hours, for instance, leave no minute together.</summary>
    NoInstant = 55,

    /// <summary>Another push waits for the end of the same quiet hours already.</summary>
    AnotherWaits = 56,

    /// <summary>A frequency cap is full.</summary>
    FrequencyCap = 60,

    /// <summary>The last message was sent a too short while ago.</summary>
    MinimumGap = 61,

    /// <summary>The channel is not known.</summary>
    UnknownChannel = 70,

    /// <summary>The customer cannot be reached there.</summary>
    Unreachable = 71,

    /// <summary>A policy of the host refused; its name stands in the decision.</summary>
    HostPolicy = 80,

    /// <summary>A policy failed, so nothing is sent; its name stands in the decision.</summary>
    PolicyFailed = 81,

    /// <summary>The ledger or the consent store cannot answer, so nothing is sent.</summary>
    StoreUnavailable = 90,
}
