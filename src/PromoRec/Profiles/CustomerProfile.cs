namespace PromoRec.Profiles;

/// <summary>What a customer's events say about them at one moment. Immutable.</summary>
/// <remarks>It depends on nothing but the events that are kept, the tags, the catalog, the options and the moment: on no order of arrival, no thread, no processor.</remarks>
public sealed class CustomerProfile
{
    internal CustomerProfile()
    {
    }

    /// <summary>Whose it is.</summary>
    public required UserId UserId { get; init; }

    /// <summary>The moment. Later events do not count.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>How many events it rests on.</summary>
    public required int Events { get; init; }

    /// <summary>What was said of the customer, by name and then source.</summary>
    public required IReadOnlyList<CustomerTag> Tags { get; init; }

    /// <summary>Interest in categories, the strongest first, equals by name. An item of several categories shares its weight evenly among them.</summary>
    public required IReadOnlyList<Interest> Categories { get; init; }

    /// <summary>Interest in brands, the strongest first, equals by name.</summary>
    public required IReadOnlyList<Interest> Brands { get; init; }

    /// <summary>Recency, frequency and monetary value.</summary>
    public required RfmValues Rfm { get; init; }

    /// <summary>Whether the customer buys what is cheap or what is dear.</summary>
    public required PriceAffinity Price { get; init; }

    /// <summary>How often the customer buys with a discount.</summary>
    public required DiscountAffinity Discount { get; init; }

    /// <summary>
    /// 24 shares that add up to 1: how much of what the customer does falls into each hour of the day, in the customer's own time zone. Each
    /// event counts half in its hour and a quarter in either neighbour, and <see cref="CustomerProfileOptions.HourPriorEvents"/> events are spread evenly.
    /// </summary>
    public required IReadOnlyList<double> Hours { get; init; }

    /// <summary>The channels over which the customer acts, the most used first, equals by name; empty when no event names one.</summary>
    public required IReadOnlyList<ChannelShare> Channels { get; init; }

    /// <summary>Where the customer stands among all others, as last worked out by <see cref="CustomerProfiles.Segment"/>; null before that.</summary>
    public required CustomerSegment? Segment { get; init; }

    /// <summary>Whether any purchase is known, inside the window or before it.</summary>
    internal bool IsBuyer { get; init; }

    /// <summary>Interest in one category; 0 when there is none.</summary>
    public double InterestInCategory(string category) => WeightOf(Categories, category);

    /// <summary>Interest in one brand; 0 when there is none.</summary>
    public double InterestInBrand(string brand) => WeightOf(Brands, brand);

    private static double WeightOf(IReadOnlyList<Interest> interests, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        for (int i = 0; i < interests.Count; i++)
        {
            if (string.Equals(interests[i].Name, name, StringComparison.Ordinal))
            {
                return interests[i].Weight;
            }
        }

        return 0;
    }
}
