using System.Globalization;
using PromoRec.Datasets.Features;
using PromoRec.Models.Linear;

namespace PromoRec.Models.Hybrid;

/// <summary>The features of a stacked hybrid: one declared schema, which model files hold and loading checks.</summary>
/// <remarks>
/// <para>
/// Of the members: the normalised score of each (<c>score.NAME</c>, or <c>size.NAME</c> where the scale is that of all customers). Of the offer: its form, how deep its discount is,
/// at how many items and of how many brands it aims and how many customers redeemed it, all as the root of their share of the largest of the catalog, and whether it asks for a basket.
/// </para>
/// <para>
/// Of the customer: whether the offer's items are dearer for their kind than what they buy, how long ago they did something with one of them, and with anything. Of the moment, where the host tells it: hour, weekday,
/// device, page and place, each also for every form of offer, whether the offer aims at something in the basket, and how far the basket reaches what the offer asks for.
/// </para>
/// <para>Of the choice: the logarithm of how many offers the customer could be shown. What is the same for all offers moves the probability, but not the order.</para>
/// </remarks>
internal static class StackingSchema
{
    public const string Form = "offer.form";
    public const string Depth = "offer.depth";
    public const string Breadth = "offer.breadth";
    public const string NeedsBasket = "offer.needs_basket";
    public const string Redeemed = "offer.redeemed";
    public const string PriceFit = "customer.price_fit";
    public const string DaysSinceTarget = "customer.days_since_target";
    public const string DaysSinceAnything = "customer.days_since_anything";
    public const string Hour = "context.hour";
    public const string Weekday = "context.weekday";
    public const string Device = "context.device";
    public const string Page = "context.page";
    public const string Location = "context.location";
    public const string AimsAtBasket = "basket.aimed_at";
    public const string BasketReach = "basket.reach";
    public const string Choice = "request.offers";
    /// <summary>Stands for all that a context adds.</summary>
    public const string Context = "context";

    public const string Brands = "offer.brands";
    private const string TargetSizeExponent = "target-size-exponent";
    private const string ScorePrefix = "score.";
    private const string SizePrefix = "size.";

    // The only hashed fields are the host's few words for devices, pages and places, and what is crossed with forms.
    private const int HashBits = 12;

    /// <summary>The forms of offers, by number.</summary>
    public static readonly string[] Forms = Enum.GetNames<OfferForm>();

    /// <summary>The days of the week, by number.</summary>
    public static readonly string[] Weekdays = Enum.GetNames<DayOfWeek>();

    /// <param name="members">The names of the members, in their order.</param>
    /// <param name="scale">By what their scores are divided.</param>
    public static FeatureSchema For(ReadOnlySpan<string> members, StackingScale scale = StackingScale.OfCustomer)
    {
        var builder = new FeatureSchemaBuilder { HashBits = HashBits };
        foreach (string member in members)
        {
            builder.AddNumber(Score(member, scale));
        }

        builder
            .AddCategories(Form, Forms)
            .AddNumber(Depth)
            .AddNumber(Breadth)
            .AddNumber(Brands)
            .AddNumber(NeedsBasket)
            .AddNumber(Redeemed)
            .AddBuckets(PriceFit, -1, -0.5, -0.2, 0.2, 0.5, 1)
            .AddBuckets(DaysSinceTarget, 1, 3, 7, 14, 30, 60, 120)
            .AddBuckets(DaysSinceAnything, 1, 3, 7, 14, 30, 60, 120)
            .AddBuckets(Hour, 6, 9, 12, 14, 17, 20, 23)
            .AddCategories(Weekday, Weekdays)
            .AddHashed(Device)
            .AddHashed(Page)
            .AddHashed(Location)
            .AddNumber(AimsAtBasket)
            .AddBuckets(BasketReach, 0.25, 0.5, 0.75, 1, 1.5)
            .AddNumber(Choice);
        foreach (string context in (ReadOnlySpan<string>)[Hour, Weekday, Device, Page, Location])
        {
            builder.AddCross($"{Form} x {context}", Form, context);
        }

        return builder.Build();
    }

    /// <summary>The field of a member's score. The name tells the scale, so that the schema of one is not taken for that of the other.</summary>
    public static string Score(string member, StackingScale scale) => (scale == StackingScale.OfCustomer ? ScorePrefix : SizePrefix) + member;

    /// <summary>The exponent β of the number of an offer's items that a stacker was trained with; null for one that does not say. Its scores are not those of another exponent.</summary>
    public static double? TargetSizeExponentOf(LinearModel stacker) =>
        stacker.Manifest.Options.TryGetValue(TargetSizeExponent, out string? text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double exponent) ? exponent : null;

    /// <summary>The same stacker, saying which exponent it was trained with.</summary>
    public static LinearModel WithTargetSizeExponent(LinearModel stacker, double exponent)
    {
        SortedDictionary<string, string> options = new(StringComparer.Ordinal);
        foreach ((string name, string value) in stacker.Manifest.Options)
        {
            options[name] = value;
        }

        options[TargetSizeExponent] = exponent.ToString("R", CultureInfo.InvariantCulture);
        return new LinearModel(stacker.Schema, stacker.Loss, stacker.Weights, stacker.Intercept, stacker.Manifest with { Options = options }, stacker.Calibrator);
    }

    /// <summary>The scale that a stacker was trained with.</summary>
    public static StackingScale ScaleOf(FeatureSchema schema) =>
        schema.Fields[0].Name.StartsWith(SizePrefix, StringComparison.Ordinal) ? StackingScale.OfAllCustomers : StackingScale.OfCustomer;

    /// <summary>What a member's score counts.</summary>
    public static double WeightOf(LinearModel stacker, string member) => WeightOfNumber(stacker, Score(member, ScaleOf(stacker.Schema)));

    /// <summary>The weight of a number that enters as it is.</summary>
    public static double WeightOfNumber(LinearModel stacker, string name) =>
        stacker.Schema.TryGetPosition(name, out int position) ? stacker.Weights[stacker.Schema.Fields[position].FirstColumn] : 0;
}
