namespace PromoRec;

/// <summary>The form of an offer; <see cref="OfferTerms"/> has a factory method for each.</summary>
public enum OfferForm
{
    /// <summary>An amount off the price.</summary>
    CashOff = 0,

    /// <summary>A share of the price off.</summary>
    PercentOff = 1,

    /// <summary>An amount off a basket that reaches a minimum.</summary>
    SpendThreshold = 2,

    /// <summary>A price that holds for a while.</summary>
    TimeLimitedPrice = 3,

    /// <summary>Buy some, get some free.</summary>
    BuyAndGet = 4,

    /// <summary>One price for several items together.</summary>
    Bundle = 5,

    /// <summary>A share of the price off, for members.</summary>
    Member = 6,

    /// <summary>Points on the customer's account.</summary>
    Points = 7,

    /// <summary>No delivery costs.</summary>
    FreeShipping = 8,
}
