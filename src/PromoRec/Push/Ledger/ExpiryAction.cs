namespace PromoRec.Push.Ledger;

/// <summary>What becomes of a reservation whose time to live ends before it was settled.</summary>
public enum ExpiryAction
{
    /// <summary>It stays counted and is listed as uncertain: it may have been sent. For sends.</summary>
    Count = 0,

    /// <summary>It is given back. For carts, which would otherwise hoard an offer's budget.</summary>
    Release = 1,
}
