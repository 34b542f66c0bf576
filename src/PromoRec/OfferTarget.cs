namespace PromoRec;

/// <summary>What an offer aims at: one item, a category, a brand, or the whole shop.</summary>
public sealed record OfferTarget
{
    private OfferTarget(OfferTargetKind kind, ItemId item, string name)
    {
        Kind = kind;
        ItemId = item;
        Name = name;
    }

    /// <summary>Everything the shop sells.</summary>
    public static OfferTarget WholeShop { get; } = new(OfferTargetKind.WholeShop, default, string.Empty);

    /// <summary>Which kind of target this is.</summary>
    public OfferTargetKind Kind { get; }

    /// <summary>The item; empty unless <see cref="Kind"/> is <see cref="OfferTargetKind.Item"/>.</summary>
    public ItemId ItemId { get; }

    /// <summary>The category or brand; empty for the other kinds.</summary>
    public string Name { get; }

    /// <summary>One item.</summary>
    /// <exception cref="ArgumentException">The id is empty.</exception>
    public static OfferTarget Item(ItemId id) =>
        id.IsEmpty ? throw new ArgumentException("An offer cannot aim at an empty item id.", nameof(id)) : new(OfferTargetKind.Item, id, string.Empty);

    /// <summary>All items of a category.</summary>
    /// <exception cref="ArgumentException">The name is empty or blank.</exception>
    public static OfferTarget Category(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return new OfferTarget(OfferTargetKind.Category, default, name);
    }

    /// <summary>All items of a brand.</summary>
    /// <exception cref="ArgumentException">The name is empty or blank.</exception>
    public static OfferTarget Brand(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return new OfferTarget(OfferTargetKind.Brand, default, name);
    }

    /// <summary>The text form that offer files use: <c>item:ID</c>, <c>category:NAME</c>, <c>brand:NAME</c> or <c>shop</c>.</summary>
    public override string ToString() => Kind switch
    {
        OfferTargetKind.Item => $"item:{ItemId}",
        OfferTargetKind.Category => $"category:{Name}",
        OfferTargetKind.Brand => $"brand:{Name}",
        _ => "shop",
    };
}
