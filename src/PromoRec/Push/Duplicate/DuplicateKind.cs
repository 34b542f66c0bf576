namespace PromoRec.Push.Duplicate;

/// <summary>What makes two pushes the same.</summary>
internal enum DuplicateKind
{
    /// <summary>The offer.</summary>
    Offer = 0,

    /// <summary>What the customer would read.</summary>
    Content = 1,

    /// <summary>Campaign, offer, channel and occurrence.</summary>
    NaturalKey = 2,
}
