namespace PromoRec;

/// <summary>What an <see cref="OfferTarget"/> aims at.</summary>
public enum OfferTargetKind
{
    /// <summary>Everything the shop sells.</summary>
    WholeShop = 0,

    /// <summary>One item.</summary>
    Item = 1,

    /// <summary>All items of a category.</summary>
    Category = 2,

    /// <summary>All items of a brand.</summary>
    Brand = 3,
}
