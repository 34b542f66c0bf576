namespace PromoRec.Push.Offers.Pricing;

/// <summary>Which offers of a group a basket gets when several apply.</summary>
public enum StackingMode
{
    /// <summary>All, one after the other.</summary>
    Stackable = 0,

    /// <summary>The first in the order of the group that applies.</summary>
    ListOrder = 1,

    /// <summary>The one that takes off most.</summary>
    HighestForUser = 2,

    /// <summary>The one that takes off least.</summary>
    LowestForShop = 3,
}
