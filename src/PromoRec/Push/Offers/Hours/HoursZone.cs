namespace PromoRec.Push.Offers.Hours;

/// <summary>Whose clock the hours of an offer go by.</summary>
public enum HoursZone
{
    /// <summary>The shop's.</summary>
    Shop = 0,

    /// <summary>The customer's. While nobody knows it, the offer does not hold.</summary>
    Customer = 1,
}
