namespace PromoRec.Push.Offers.Pricing;

/// <summary>What a percentage is taken of.</summary>
public enum PercentageBase
{
    /// <summary>Of what is left after earlier offers.</summary>
    Current = 0,

    /// <summary>Of the prices before any offer.</summary>
    Initial = 1,
}
