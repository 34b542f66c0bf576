namespace PromoRec.Datasets;

/// <summary>An event as the builder keeps it: 32 bytes, no references, rows instead of ids.</summary>
internal struct StoredEvent
{
    /// <summary>Stands for an item or offer that the event does not name.</summary>
    public const int None = -1;

    /// <summary>Provisional row of the customer.</summary>
    public int User;

    /// <summary>Provisional row of the item, or <see cref="None"/>.</summary>
    public int Item;

    /// <summary>Provisional row of the offer, or <see cref="None"/>.</summary>
    public int Offer;

    /// <summary>Number of the kind in the builder's table of kinds.</summary>
    public ushort Kind;

    /// <summary>Whether an event with the same event id came with another content.</summary>
    public bool Conflicts;

    /// <summary>Time in UTC ticks; 0 where it is not known.</summary>
    public long Ticks;

    /// <summary>The event's value, finite and never -0.</summary>
    public double Value;
}
