namespace PromoRec.Push.Ledger;

/// <summary>What a ledger does when the customer already holds a place of the requested key.</summary>
public enum HeldAction
{
    /// <summary>Answers as before; other content is a conflict. For a caller that repeats a call.</summary>
    Replay = 0,

    /// <summary>
    /// Checks a place that has not begun once more, at the instant of this request: it moves there and becomes what is asked for now, whatever its content was,
    /// or is given back with <see cref="ReservationStatus.Refused"/>. For a deferred message at its release. A place that has begun is answered as before, or is in conflict.
    /// </summary>
    Recheck = 1,

    /// <summary>
    /// Puts this request in the stead of a place that has not begun, whatever its content: it is checked as if the held one were not there, so that nothing is
    /// added, and when it is refused the held one stays. For a cart that changes. A place that has begun is answered as before, or is in conflict.
    /// </summary>
    Replace = 2,

    /// <summary>
    /// As <see cref="Recheck"/>, but where no place is held nothing is granted, and the answer is <see cref="ReservationStatus.NotHeld"/>. For a deferred message that is not sent once its place was cancelled
    /// or superseded.
    /// </summary>
    RecheckOnly = 3,
}
