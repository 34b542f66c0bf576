namespace PromoRec.Push.Offers.Redemption;

/// <summary>An order, or part of one, that is given back.</summary>
public sealed record RefundRequest
{
    /// <summary>Names this refund among the order's, 1 to 200 characters: repeating it changes nothing.</summary>
    public required string RefundKey { get; init; }

    /// <summary>What share of the order is given back, above 0 and at most 1: budgets of discounts and orders get back as much. 1 gives back all that earlier refunds have left; 1 unless set.</summary>
    public decimal Share
    {
        get;
        init => field = value is > 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The share of an order that is given back is above 0 and at most 1.");
    }
    = 1;

    /// <summary>Whether the customer may use the offers once more: only then budgets of redemptions get theirs back.</summary>
    public bool RestoreUse { get; init; }
}
