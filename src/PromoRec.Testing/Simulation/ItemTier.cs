namespace PromoRec.Testing.Simulation;

/// <summary>The genre of an item, across categories: what makes two coffees different kinds of coffee.</summary>
public enum ItemTier
{
    /// <summary>Cheap.</summary>
    Value = 0,

    /// <summary>Ordinary.</summary>
    Classic = 1,

    /// <summary>Expensive.</summary>
    Premium = 2,

    /// <summary>Organic, and somewhat expensive.</summary>
    Organic = 3,
}
