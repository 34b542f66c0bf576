namespace PromoRec.Push.Offers.Pricing;

/// <summary>What becomes of a cart's offers when one of them cannot be had.</summary>
public enum StackingMethod
{
    /// <summary>The others are applied.</summary>
    Partial = 0,

    /// <summary>None is. A group that gives one of its offers has given what it can, and an exclusive offer all there is: those not chosen stand in nobody's way.</summary>
    AllOrNothing = 1,
}
