namespace PromoRec.Scoring;

/// <summary>Where, when and on what a customer is shown offers. What is null is not known, and says nothing.</summary>
/// <param name="LocalTime">The time where the customer is; its clock time and day of the week count.</param>
internal readonly record struct OfferMoment(DateTimeOffset LocalTime)
{
    /// <summary>The device, by the host's word.</summary>
    public string? Device { get; init; }

    /// <summary>The page or screen, by the host's word.</summary>
    public string? Page { get; init; }

    /// <summary>Where the customer is: a country, region or shop, by the host's word.</summary>
    public string? Location { get; init; }

    /// <summary>Categories of what is in the basket.</summary>
    public IReadOnlyList<string>? BasketCategories { get; init; }

    /// <summary>What the basket is worth, 0 or above.</summary>
    public decimal? BasketValue { get; init; }
}
