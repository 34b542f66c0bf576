namespace PromoRec.Training.Interest;

/// <summary>What items are grouped by.</summary>
[Flags]
public enum InterestGroups
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Each category of an item.</summary>
    Categories = 1,

    /// <summary>Its brand.</summary>
    Brands = 2,

    /// <summary>Each category of an item together with its brand.</summary>
    CategoriesOfBrands = 4,
}
