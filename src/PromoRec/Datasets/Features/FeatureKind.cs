namespace PromoRec.Datasets.Features;

/// <summary>How a field of a <see cref="FeatureSchema"/> becomes columns.</summary>
public enum FeatureKind
{
    /// <summary>A number in a column of its own, shifted and scaled.</summary>
    Number = 0,

    /// <summary>A number, one column for each range it may lie in.</summary>
    Buckets = 1,

    /// <summary>Texts from a declared list, one column each and one for every other text.</summary>
    Categories = 2,

    /// <summary>Any texts, each in the column its hash says.</summary>
    Hashed = 3,

    /// <summary>Every combination of the values of two or more other fields, each in the column its hash says.</summary>
    Cross = 4,
}
