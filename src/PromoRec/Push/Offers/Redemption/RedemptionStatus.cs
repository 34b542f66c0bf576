namespace PromoRec.Push.Offers.Redemption;

/// <summary>What became of a cart's offers.</summary>
public enum RedemptionStatus
{
    /// <summary>They are held for the cart.</summary>
    Reserved = 0,

    /// <summary>They are redeemed.</summary>
    Committed = 1,

    /// <summary>Nothing new is held; the constraints and budgets that fail are named. What the cart held before it keeps until its time to live ends.</summary>
    Refused = 2,

    /// <summary>The key names an order that has been placed with something else in it.</summary>
    Conflict = 3,

    /// <summary>The customer has been erased.</summary>
    Erased = 4,
}
