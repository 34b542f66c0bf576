using System.Collections.Immutable;

namespace PromoRec.Push.Offers.Pricing;

/// <summary>The price to which an announced reduction of an item compares, and the prices that were asked before.</summary>
public sealed record PriceReference
{
    /// <summary>Fewest days before the reduction that must be looked at.</summary>
    public const int MinDays = 30;

    /// <summary>The item.</summary>
    public required ItemId Item { get; init; }

    /// <summary>The earlier price that the announcement names or implies; 0 or above.</summary>
    public required decimal Price { get; init; }

    /// <summary>When the price is reduced.</summary>
    public required DateTimeOffset ReducedAt { get; init; }

    /// <summary>The prices that were asked before, in any order. One must have held already when the days began.</summary>
    public required ImmutableArray<PricePoint> History { get; init => field = value.IsDefault ? [] : value; }

    /// <summary>How many days before the reduction are looked at: 30 to 365, 30 unless set.</summary>
    public int Days { get; init; } = MinDays;

    /// <summary>The lowest price in those days; null where the history does not reach back so far.</summary>
    public decimal? Lowest
    {
        get
        {
            DateTimeOffset start = ReducedAt.AddDays(-Days);
            PricePoint? before = null;
            decimal lowest = decimal.MaxValue;
            foreach (PricePoint point in History)
            {
                if (point.From <= start)
                {
                    bool isLater = before is not { } known || point.From > known.From || (point.From == known.From && point.Price < known.Price);
                    before = isLater ? point : before;
                }
                else if (point.From < ReducedAt)
                {
                    lowest = Math.Min(lowest, point.Price);
                }
            }

            return before is { } atStart ? Math.Min(lowest, atStart.Price) : null;
        }
    }

    /// <summary>Whether the price is not above the lowest.</summary>
    public bool Holds => Lowest is { } lowest && Price <= lowest;
}
