using PromoRec.Interactions;

namespace PromoRec.Datasets;

/// <summary>Who, with what, when: what a split must not tear apart. Ordered by time, then by item, offer and customer.</summary>
internal readonly record struct Occasion(long Ticks, ItemId Item, OfferId Offer, UserId User) : IComparable<Occasion>
{
    public static Occasion Of(Interaction interaction) => new(interaction.At.UtcTicks, interaction.Item, interaction.Offer, interaction.User);

    public int CompareTo(Occasion other)
    {
        int order = Ticks.CompareTo(other.Ticks);
        order = order != 0 ? order : Item.CompareTo(other.Item);
        order = order != 0 ? order : Offer.CompareTo(other.Offer);
        return order != 0 ? order : User.CompareTo(other.User);
    }

    /// <summary>A number in [0, 1) that depends on the seed and on nothing but the content.</summary>
    public double Draw(ulong seed)
    {
        Span<char> scratch = stackalloc char[IdValue.MaxNumberLength];
        ulong hash = StableHash.Mix(seed + 0x9E3779B97F4A7C15);
        hash = StableHash.Mix(hash ^ (ulong)Ticks);
        hash = (ulong)StableHash.Of(User.Value.AsText(scratch), hash);
        hash = (ulong)StableHash.Of(Item.Value.AsText(scratch), hash);
        hash = (ulong)StableHash.Of(Offer.Value.AsText(scratch), hash);
        return (hash >> 11) * (1.0 / (1UL << 53));
    }
}
