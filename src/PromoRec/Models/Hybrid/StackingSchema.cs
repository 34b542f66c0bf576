using PromoRec.Datasets.Features;
using PromoRec.Models.Linear;

namespace PromoRec.Models.Hybrid;

/// <summary>The features of a stacked hybrid: one declared schema, which model files hold and loading checks.</summary>
/// <remarks>
/// For each member the normalised score (<c>score.NAME</c>); of the offer its form, how deep its discount is,
/// at how many items it aims and how many customers redeemed it, both as the root of their share of the largest of the catalog, and whether it asks for a basket; of the request the
/// logarithm of how many offers there are to choose from, which the probability depends on but not the order.
/// </remarks>
internal static class StackingSchema
{
    public const string Form = "offer.form";
    public const string Depth = "offer.depth";
    public const string Breadth = "offer.breadth";
    public const string NeedsBasket = "offer.needs_basket";
    public const string Redeemed = "offer.redeemed";
    public const string Choice = "request.offers";
    private const string ScorePrefix = "score.";

    /// <param name="members">The names of the members, in their order.</param>
    public static FeatureSchema For(ReadOnlySpan<string> members)
    {
        var builder = new FeatureSchemaBuilder();
        foreach (string member in members)
        {
            builder.AddNumber(Score(member));
        }

        return builder
            .AddCategories(Form, Enum.GetNames<OfferForm>())
            .AddNumber(Depth)
            .AddNumber(Breadth)
            .AddNumber(NeedsBasket)
            .AddNumber(Redeemed)
            .AddNumber(Choice)
            .Build();
    }

    public static string Score(string member) => ScorePrefix + member;

    /// <summary>What a member's score counts.</summary>
    public static double WeightOf(LinearModel stacker, string member) => WeightOfNumber(stacker, Score(member));

    /// <summary>The weight of a number that enters as it is.</summary>
    public static double WeightOfNumber(LinearModel stacker, string name) =>
        stacker.Schema.TryGetPosition(name, out int position) ? stacker.Weights[stacker.Schema.Fields[position].FirstColumn] : 0;
}
