namespace PromoRec.Testing.Simulation;

/// <summary>An item with the truth about it.</summary>
public sealed record SimulatedItem
{
    /// <summary>The item's number, from 0.</summary>
    public required int Number { get; init; }

    /// <summary>What the shop says about the item: its only category, brand, price and title.</summary>
    public required Item Item { get; init; }

    /// <summary>The item's genre, which its price and title follow.</summary>
    public required ItemTier Tier { get; init; }

    /// <summary>Share of the views of a customer without any taste; over all items it sums to 1.</summary>
    public required double Popularity { get; init; }

    /// <summary>Logarithm of the price before rounding over the category's median, cut to [-1.5, 1.5].</summary>
    public required double Dearness { get; init; }
}
