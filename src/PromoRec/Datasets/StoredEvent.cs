using System.Runtime.InteropServices;

namespace PromoRec.Datasets;

/// <summary>An event with rows instead of ids: 32 bytes, no references, no gaps between the fields.</summary>
[StructLayout(LayoutKind.Sequential)]
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

    private ushort _conflicts;

    /// <summary>Time in UTC ticks; 0 where it is not known.</summary>
    public long Ticks;

    /// <summary>The event's value, finite and never -0.</summary>
    public double Value;

    /// <summary>Whether an event with the same event id came with another content.</summary>
    public bool Conflicts
    {
        readonly get => _conflicts != 0;
        set => _conflicts = value ? (ushort)1 : (ushort)0;
    }

    /// <summary>Sets <see cref="Kind"/> and <see cref="Conflicts"/> from the four bytes in which they lie together.</summary>
    public void SetKindAndConflicts(int both) => (Kind, _conflicts) = ((ushort)both, (ushort)(both >>> 16));
}
