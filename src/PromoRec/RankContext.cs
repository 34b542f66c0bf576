namespace PromoRec;

/// <summary>Where, when and over what a customer is shown offers, as far as the host knows. What is not set says nothing. Immutable: lists are copied.</summary>
/// <remarks>
/// A hybrid that was stacked by <c>OfferStackingTrainer</c> from occasions with such contexts has learnt which forms of offers are taken in which. The words for devices, pages and
/// places are the host's own and are compared ordinally; one that training never saw says nothing, unless it shares its place among the hashed columns with another. Other models go by none of it.
/// </remarks>
public sealed record RankContext
{
    /// <summary>The time where the customer is. Its hour and its day of the week count.</summary>
    public DateTimeOffset? LocalTime { get; init; }

    /// <summary>The device, such as "phone".</summary>
    public string? Device { get; init; }

    /// <summary>The page or screen, such as "checkout".</summary>
    public string? Page { get; init; }

    /// <summary>Where the customer is: a country, a region or a shop.</summary>
    public string? Location { get; init; }

    /// <summary>What is in the basket. Items that the model does not know are ignored.</summary>
    public IReadOnlyList<ItemId> Basket { get; init => field = ListCopy.Of(value, nameof(Basket)); } = [];

    /// <summary>What the basket is worth, in the shop's currency: 0 or above.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below 0.</exception>
    public decimal? BasketValue
    {
        get;
        init
        {
            if (value is { } worth)
            {
                ArgumentOutOfRangeException.ThrowIfNegative(worth, nameof(BasketValue));
            }

            field = value;
        }
    }
}
