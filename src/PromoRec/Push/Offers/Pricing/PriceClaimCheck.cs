namespace PromoRec.Push.Offers.Pricing;

/// <summary>Which announcements of a price reduction need a reference price that is the lowest of thirty days.</summary>
public enum PriceClaimCheck
{
    /// <summary>Those that anybody could get; an offer for named recipients does not.</summary>
    PublicDiscounts = 0,

    /// <summary>All.</summary>
    All = 1,

    /// <summary>None.</summary>
    None = 2,
}
