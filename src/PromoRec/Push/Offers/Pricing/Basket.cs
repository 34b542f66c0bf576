using System.Collections.Immutable;

namespace PromoRec.Push.Offers.Pricing;

/// <summary>What a customer is about to buy. Immutable.</summary>
public sealed record Basket
{
    /// <summary>Most lines.</summary>
    public const int MaxLines = 1000;

    /// <summary>The currency of all amounts, three letters of ISO 4217.</summary>
    public required string Currency
    {
        get;
        init
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(value);
            field = value;
        }
    }

    /// <summary>The goods: at most <see cref="MaxLines"/> lines, and 1,000,000,000,000 in all.</summary>
    public ImmutableArray<BasketLine> Lines
    {
        get;
        init
        {
            ImmutableArray<BasketLine> lines = value.IsDefault ? [] : value;
            ArgumentOutOfRangeException.ThrowIfGreaterThan(lines.Length, MaxLines, nameof(value));
            Amount = Money.Checked(lines.Sum(static line => line.Amount), nameof(value));
            field = lines;
        }
    } = [];

    /// <summary>What the delivery costs; 0 or above.</summary>
    public decimal Shipping { get; init => field = Money.Checked(value, nameof(value)); }

    /// <summary>The store that sells, for budgets of a store.</summary>
    public string? Store { get; init; }

    /// <summary>The session it belongs to, for budgets of a session.</summary>
    public string? Session { get; init; }

    /// <summary>What the goods cost before any offer, without the delivery.</summary>
    public decimal Amount { get; private init; }
}
