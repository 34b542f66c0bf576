namespace PromoRec.Push.Offers.Pricing;

/// <summary>Pieces of one item in a basket.</summary>
public sealed record BasketLine
{
    /// <summary>Most pieces of a line.</summary>
    public const int MaxQuantity = 1_000_000;

    /// <summary>Highest price of a piece.</summary>
    public const decimal MaxUnitPrice = 1_000_000_000;

    /// <summary>Creates a line.</summary>
    /// <param name="item">The item; its categories and brand say which offers aim at it.</param>
    /// <param name="quantity">How many pieces: 1 to <see cref="MaxQuantity"/>.</param>
    /// <param name="unitPrice">What a piece costs before any offer: 0 to <see cref="MaxUnitPrice"/>, at most four decimals.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public BasketLine(Item item, int quantity, decimal unitPrice)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentOutOfRangeException.ThrowIfLessThan(quantity, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quantity, MaxQuantity);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(unitPrice, MaxUnitPrice);
        Item = item;
        Quantity = quantity;
        UnitPrice = Money.Checked(unitPrice, nameof(unitPrice));
    }

    /// <summary>The item.</summary>
    public Item Item { get; }

    /// <summary>How many pieces.</summary>
    public int Quantity { get; }

    /// <summary>What a piece costs before any offer.</summary>
    public decimal UnitPrice { get; }

    /// <summary>What all pieces cost before any offer.</summary>
    public decimal Amount => Quantity * UnitPrice;
}
