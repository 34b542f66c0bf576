using PromoRec.Datasets.Features;

namespace PromoRec.Scoring;

/// <summary>The declared features of the offer ranker's logistic model. Model files hold the schema, and a model with another one is refused at load.</summary>
/// <remarks>Changing anything here makes every model that was trained with it unusable; a test holds the fingerprint.</remarks>
internal static class OfferFeatures
{
    private const string Form = "form";
    private const string Depth = "discount-depth";
    private const string PriceFit = "price-fit";
    private const string SinceTarget = "days-since-target";
    private const string SinceAnything = "days-since-anything";
    private const string Hour = "hour";
    private const string Weekday = "weekday";
    private const string Device = "device";
    private const string Page = "page";
    private const string Location = "location";
    private const string Basket = "basket-category";
    private const string BasketValue = "basket-value";
    private const string AffinityPrefix = "affinity.";

    // Beyond it, more basket says no more, and no price becomes a number that a model cannot hold.
    private const double LargestBasket = 1e9;

    /// <summary>The models whose lists count.</summary>
    public static IReadOnlyList<string> Affinities { get; } = ["als", "item-knn", "user-knn", "content", "popularity", "co-visitation"];

    /// <summary>The features.</summary>
    public static FeatureSchema Schema { get; } = Declare();

    /// <summary>Sets what is known of an offer in place of what the values held before.</summary>
    public static void Fill(FeatureValues values, Offer offer, in OfferSignals signals, in OfferMoment moment)
    {
        values.Clear();
        foreach ((string model, double share) in signals.Affinities ?? new Dictionary<string, double>())
        {
            values.Set(AffinityPrefix + model, share);
        }

        values.Set(Form, offer.Terms.Form.ToString());
        Set(values, Depth, DepthOf(offer, signals.UsualPrice));
        Set(values, PriceFit, FitOf(signals.UsualPrice, signals.CustomerPrice));
        Set(values, SinceTarget, signals.SinceTarget?.TotalDays);
        Set(values, SinceAnything, signals.SinceAnything?.TotalDays);
        values.Set(Hour, moment.LocalTime.Hour).Set(Weekday, moment.LocalTime.DayOfWeek.ToString());
        Set(values, Device, moment.Device);
        Set(values, Page, moment.Page);
        Set(values, Location, moment.Location);
        if (moment.BasketCategories is { } categories)
        {
            values.Set(Basket, [.. categories]);
        }

        Set(values, BasketValue, moment.BasketValue is { } worth ? Math.Min((double)worth, LargestBasket) : null);
    }

    /// <summary>The share of the price that an offer takes off, 0 to 1; null where it has no such share, or the price that it rests on is not known.</summary>
    /// <param name="offer">The offer.</param>
    /// <param name="usualPrice">What its items cost without it.</param>
    public static double? DepthOf(Offer offer, decimal? usualPrice)
    {
        OfferTerms terms = offer.Terms;
        return terms.Form switch
        {
            OfferForm.PercentOff or OfferForm.Member => (double)terms.Value / 100,
            OfferForm.CashOff => ShareOf(terms.Value, usualPrice),
            OfferForm.SpendThreshold => ShareOf(terms.Value, offer.MinimumSpend),
            OfferForm.TimeLimitedPrice or OfferForm.Bundle => 1 - ShareOf(terms.Value, usualPrice),
            OfferForm.BuyAndGet => (double)terms.GetQuantity / (terms.BuyQuantity + terms.GetQuantity),
            _ => null,
        };
    }

    private static FeatureSchema Declare()
    {
        FeatureSchemaBuilder builder = new() { HashBits = 16 };
        foreach (string model in Affinities)
        {
            builder.AddNumber(AffinityPrefix + model, center: 0.5, scale: 0.25);
        }

        return builder
            .AddCategories(Form, Enum.GetNames<OfferForm>())
            .AddBuckets(Depth, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.7)
            .AddBuckets(PriceFit, -1.5, -0.7, -0.3, -0.1, 0.1, 0.3, 0.7, 1.5)
            .AddBuckets(SinceTarget, 1, 3, 7, 14, 30, 90, 180)
            .AddBuckets(SinceAnything, 1, 3, 7, 14, 30, 90, 180)
            .AddBuckets(Hour, 6, 9, 12, 14, 17, 20, 23)
            .AddCategories(Weekday, Enum.GetNames<DayOfWeek>())
            .AddHashed(Device)
            .AddHashed(Page)
            .AddHashed(Location)
            .AddHashed(Basket)
            .AddBuckets(BasketValue, 0.01, 10, 25, 50, 100, 250)
            .AddCross("form x discount-depth", Form, Depth)
            .AddCross("form x page", Form, Page)
            .AddCross("hour x weekday", Hour, Weekday)
            .Build();
    }

    /// <summary>A share of a price, at most 1; null where the price is not known or nothing.</summary>
    private static double? ShareOf(decimal amount, decimal? price) => price is > 0 ? (double)Math.Min(amount / price.Value, 1) : null;

    /// <summary>How far the price is from what the customer usually pays, as a logarithm: 0 the same, above 0 dearer.</summary>
    private static double? FitOf(decimal? price, decimal? usual) => price is > 0 && usual is > 0 ? Math.Log((double)price.Value / (double)usual.Value) : null;

    private static void Set(FeatureValues values, string name, double? value)
    {
        if (value is { } known)
        {
            values.Set(name, known);
        }
    }

    private static void Set(FeatureValues values, string name, string? value)
    {
        if (value is not null)
        {
            values.Set(name, value);
        }
    }
}
