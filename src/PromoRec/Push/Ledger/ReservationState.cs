namespace PromoRec.Push.Ledger;

/// <summary>How far a reservation has come. Whatever is released or cancelled has no state: it is gone.</summary>
public enum ReservationState
{
    /// <summary>The place is held; nothing has been handed over.</summary>
    Reserved = 0,

    /// <summary>Handing over has begun, so it may have been sent.</summary>
    Begun = 1,

    /// <summary>It was sent, or the order was placed.</summary>
    Committed = 2,

    /// <summary>Nobody knows whether it was sent. It counts until it is settled.</summary>
    Uncertain = 3,
}
