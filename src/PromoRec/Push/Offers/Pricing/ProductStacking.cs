namespace PromoRec.Push.Offers.Pricing;

/// <summary>Whether several offers may reduce one item. Offers for the whole shop reduce the basket, not an item.</summary>
public enum ProductStacking
{
    /// <summary>Any number may.</summary>
    Multiple = 0,

    /// <summary>Once one has reduced it, the others pass it over.</summary>
    OnePerItem = 1,
}
