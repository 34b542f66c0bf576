namespace PromoRec.Push;

/// <summary>What a customer did with an offer.</summary>
public enum CustomerFactKind
{
    /// <summary>Redeemed it.</summary>
    Redeemed = 0,

    /// <summary>Dismissed it.</summary>
    Dismissed = 1,
}
