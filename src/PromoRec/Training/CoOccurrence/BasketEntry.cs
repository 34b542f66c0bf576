namespace PromoRec.Training.CoOccurrence;

/// <summary>An item in a basket.</summary>
/// <param name="Item">Row of the item.</param>
/// <param name="Instant">The how many-th instant of the basket it was, from 0.</param>
internal readonly record struct BasketEntry(int Item, int Instant) : IComparable<BasketEntry>
{
    public int CompareTo(BasketEntry other)
    {
        int order = Item.CompareTo(other.Item);
        return order != 0 ? order : Instant.CompareTo(other.Instant);
    }
}
