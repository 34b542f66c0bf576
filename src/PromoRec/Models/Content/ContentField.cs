namespace PromoRec.Models.Content;

/// <summary>Where a term of an item comes from.</summary>
public enum ContentField
{
    /// <summary>A term of the text.</summary>
    Text = 0,

    /// <summary>A category.</summary>
    Category = 1,

    /// <summary>The brand.</summary>
    Brand = 2,

    /// <summary>A tag.</summary>
    Tag = 3,

    /// <summary>The price, or another number.</summary>
    Number = 4,

    /// <summary>The embedding that the host gave.</summary>
    Embedding = 5,
}
