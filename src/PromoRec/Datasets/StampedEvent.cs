using System.Runtime.InteropServices;

namespace PromoRec.Datasets;

/// <summary>What a customer did with an item at one time.</summary>
/// <param name="Ticks">Time in UTC ticks; 0 where it is not known.</param>
/// <param name="Item">Row of the item.</param>
/// <param name="Weight">Weight of the kind times the value, before any decay; not zero.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct StampedEvent(long Ticks, int Item, float Weight) : IComparable<StampedEvent>
{
    public int CompareTo(StampedEvent other)
    {
        int order = Ticks.CompareTo(other.Ticks);
        order = order != 0 ? order : Item.CompareTo(other.Item);
        return order != 0 ? order : Weight.CompareTo(other.Weight);
    }
}
