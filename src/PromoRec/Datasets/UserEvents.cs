namespace PromoRec.Datasets;

/// <summary>How many events of a customer count for what.</summary>
internal struct UserEvents
{
    /// <summary>Events that are not left out.</summary>
    public int Kept;

    /// <summary>Those of them that say something about an item.</summary>
    public int AboutItems;

    /// <summary>Those of them by which the customer has an item.</summary>
    public int ItemsConsumed;
}
