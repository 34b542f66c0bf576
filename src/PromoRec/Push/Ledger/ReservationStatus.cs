namespace PromoRec.Push.Ledger;

/// <summary>What a ledger answered to a request for a place.</summary>
public enum ReservationStatus
{
    /// <summary>The place is held.</summary>
    Granted = 0,

    /// <summary>The same key with the same content had been granted before; this is that reservation, and nothing more was taken.</summary>
    Replayed = 1,

    /// <summary>A cap or a budget is used up. Nothing was taken and nothing remembered: the key may be used again.</summary>
    Refused = 2,

    /// <summary>The key names a reservation with other content.</summary>
    Conflict = 3,

    /// <summary>The customer's consent has changed since the decision was made. Decide again.</summary>
    ConsentChanged = 4,

    /// <summary>By the ledger's clock the send does not lie in a fixed window of its caps, or not before its last instant. Decide again with <see cref="ReservationResult.LedgerTime"/>.</summary>
    WindowMoved = 5,

    /// <summary>The customer has been erased. Never send.</summary>
    Erased = 6,

    /// <summary>There is no place of this key, and only one that is held was to be checked.</summary>
    NotHeld = 7,
}
