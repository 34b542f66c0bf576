namespace PromoRec.Interactions;

/// <summary>What a host knows of an event besides who, what and when. Everything is optional; nothing of it counts in training.</summary>
public sealed record InteractionDetails
{
    /// <summary>Largest <see cref="Amount"/> and <see cref="Discount"/>.</summary>
    internal const decimal MaxAmount = 1_000_000_000_000_000m;

    /// <summary>
    /// What was paid for all pieces together, after every discount, in the shop's currency: 0 to 10^15. For a return, an event whose
    /// <see cref="Interaction.Value"/> is negative, what was given back.
    /// </summary>
    public decimal? Amount { get; init; }

    /// <summary>By how much that is below the usual price of all pieces together: 0 to 10^15.</summary>
    public decimal? Discount { get; init; }

    /// <summary>The host's id of the order or receipt, so that its lines count as one purchase. Without it, lines of the same instant do.</summary>
    public string? OrderId { get; init; }

    /// <summary>Over which channel it happened; empty when not known.</summary>
    public ChannelId Channel { get; init; }

    /// <summary>Equal contents with equal bits: trailing zeros of amounts are dropped, and an order id without characters is none.</summary>
    internal InteractionDetails ToCanonical() => this with { Amount = Trim(Amount), Discount = Trim(Discount), OrderId = string.IsNullOrEmpty(OrderId) ? null : OrderId };

    /// <summary>Ordered by amount, discount, order and channel; what is unknown comes first.</summary>
    internal static int Compare(InteractionDetails? x, InteractionDetails? y)
    {
        if (x is null || y is null)
        {
            return (x is null ? 0 : 1) - (y is null ? 0 : 1);
        }

        int order = Nullable.Compare(x.Amount, y.Amount);
        order = order != 0 ? order : Nullable.Compare(x.Discount, y.Discount);
        order = order != 0 ? order : string.CompareOrdinal(x.OrderId, y.OrderId);
        return order != 0 ? order : string.CompareOrdinal(x.Channel.ToString(), y.Channel.ToString());
    }

    // Dividing by a one with 28 decimals leaves the shortest form of a number.
    private static decimal? Trim(decimal? amount) => amount / 1.0000000000000000000000000000m;
}
