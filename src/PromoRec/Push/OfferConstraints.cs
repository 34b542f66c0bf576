namespace PromoRec.Push;

/// <summary>Constraints of an offer that a customer or a basket fails. Closed, and the numbers are stable.</summary>
[Flags]
public enum OfferConstraints
{
    /// <summary>All are met.</summary>
    None = 0,

    /// <summary>Its validity has not begun.</summary>
    NotStarted = 1 << 0,

    /// <summary>Its validity has ended.</summary>
    Expired = 1 << 1,

    /// <summary>It does not hold at this hour of the week.</summary>
    OutsideHours = 1 << 2,

    /// <summary>Its budget is used up.</summary>
    BudgetExhausted = 1 << 3,

    /// <summary>The customer has used it as often as is allowed.</summary>
    UserLimit = 1 << 4,

    /// <summary>A device, address or card has used it as often as is allowed.</summary>
    IdentifierLimit = 1 << 5,

    /// <summary>A customer who is not known has no identifier to which the limit could be bound.</summary>
    IdentifierRequired = 1 << 6,

    /// <summary>It is somebody else's.</summary>
    RecipientMismatch = 1 << 7,

    /// <summary>The basket is too small.</summary>
    BelowMinimum = 1 << 8,

    /// <summary>The basket has none of the items it applies to.</summary>
    ItemsMismatch = 1 << 9,

    /// <summary>The customer is in none of its segments.</summary>
    SegmentMismatch = 1 << 10,

    /// <summary>The customer is outside of its area.</summary>
    OutOfArea = 1 << 11,

    /// <summary>It holds in an area, and nobody knows where the customer is.</summary>
    LocationMissing = 1 << 12,

    /// <summary>It cannot be combined with what the basket already has.</summary>
    Excluded = 1 << 13,

    /// <summary>It must be reserved before it is redeemed.</summary>
    ReservationRequired = 1 << 14,

    /// <summary>It would change nothing.</summary>
    NoEffect = 1 << 15,

    /// <summary>It is switched off.</summary>
    Disabled = 1 << 16,

    /// <summary>The basket is in another currency.</summary>
    CurrencyMismatch = 1 << 17,

    /// <summary>The price-claim rule forbids to announce it: the reference price is not known or not the lowest of thirty days.</summary>
    PriceClaim = 1 << 18,
}
