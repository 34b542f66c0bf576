using System.Collections.Immutable;
using PromoRec.Push.Offers.Pricing;

namespace PromoRec.Push.Offers.Redemption;

/// <summary>A cart or order with the offers that it would like to have. Immutable.</summary>
public sealed record RedemptionRequest
{
    /// <summary>Longest <see cref="Key"/> in characters.</summary>
    public const int MaxKeyLength = 190;

    /// <summary>Names the cart among the customer's, 1 to 190 characters: what it holds is replaced when it changes, never added to.</summary>
    public required string Key
    {
        get;
        init
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value.Length, MaxKeyLength, nameof(value));
            field = value;
        }
    }

    /// <summary>Whose cart it is.</summary>
    public required PushCustomer Customer { get; init; }

    /// <summary>What is in it.</summary>
    public required Basket Basket { get; init; }

    /// <summary>The offers, each once; at least one.</summary>
    public required ImmutableArray<CartOffer> Offers
    {
        get;
        init => field = value.IsDefaultOrEmpty ? throw new ArgumentException("A cart without offers redeems nothing. Release what it held.", nameof(value)) : value;
    }

    /// <summary>What becomes of the offers when one cannot be had.</summary>
    public StackingMethod Method { get; init; }
}
