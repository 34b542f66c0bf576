namespace PromoRec.Push.Ledger;

/// <summary>What a ledger answered to a settlement or a refund.</summary>
public enum SettlementStatus
{
    /// <summary>It is settled so now.</summary>
    Done = 0,

    /// <summary>It had been settled so before; nothing has changed.</summary>
    AlreadyDone = 1,

    /// <summary>There is no such reservation: it was never granted, or it was released, cancelled or has expired.</summary>
    NotFound = 2,

    /// <summary>It has been settled otherwise, which stands: what is committed cannot be released, begun again or become uncertain.</summary>
    Conflict = 3,

    /// <summary>Its time to live has ended: handing over must not begin. It stays counted and is listed as uncertain until it is released.</summary>
    Expired = 4,

    /// <summary>The planned instant has not come: handing over must not begin.</summary>
    NotYet = 5,
}
