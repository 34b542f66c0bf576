using PromoRec.Datasets.Features;
using PromoRec.Models.Linear;
using PromoRec.Scoring;
using PromoRec.Training.Linear;

namespace PromoRec.Tests.Scoring;

public class OfferFeaturesTests
{
    private static readonly OfferMoment Moment = new(new DateTimeOffset(2026, 3, 7, 21, 30, 0, TimeSpan.FromHours(8)));

    [Fact]
    public void The_schema_is_the_one_that_models_were_trained_with()
    {
        // Whoever changes the declaration changes this too, and says in the changelog that models must be trained again.
        Assert.Equal("8a7c647e9eec27174020efc63b27fe01e0e6cd4955e1ac575fbb0f2c859a33dd", OfferFeatures.Schema.Fingerprint);
    }

    public static TheoryData<OfferTerms, double?, double?> Depths => new()
    {
        { OfferTerms.PercentOff(15), 0.15, 0.15 },
        { OfferTerms.Member(5), 0.05, 0.05 },
        { OfferTerms.CashOff(10), 0.25, null },
        { OfferTerms.CashOff(60), 1, null },
        { OfferTerms.SpendThreshold(20), 0.2, 0.2 },
        { OfferTerms.TimeLimitedPrice(30), 0.25, null },
        { OfferTerms.TimeLimitedPrice(50), 0, null },
        { OfferTerms.Bundle(20), 0.5, null },
        { OfferTerms.BuyAndGet(2, 1), 1 / 3.0, 1 / 3.0 },
        { OfferTerms.FreeShipping, null, null },
        { OfferTerms.Points(100), null, null },
    };

    [Theory]
    [MemberData(nameof(Depths))]
    public void The_depth_of_a_discount_is_the_share_of_the_price_that_it_takes_off(OfferTerms terms, double? atForty, double? atAnyPrice)
    {
        Offer offer = new() { Id = "o", Terms = terms, MinimumSpend = 100 };

        Assert.Equal(atForty, OfferFeatures.DepthOf(offer, 40));
        Assert.Equal(atAnyPrice, OfferFeatures.DepthOf(offer, null));
    }

    [Fact]
    public void Everything_that_is_known_has_its_feature_and_nothing_else_does()
    {
        FeatureValues values = new(OfferFeatures.Schema);
        Offer offer = new() { Id = "o", Terms = OfferTerms.PercentOff(15) };

        string[] always = ["form=PercentOff", "discount-depth=[0.15, 0.2)", "hour=[20, 23)", "weekday=Saturday", "form=PercentOff x discount-depth=[0.15, 0.2)", "hour=[20, 23) x weekday=Saturday"];
        OfferFeatures.Fill(values, offer, new OfferSignals(), Moment);
        Assert.Equal(always.Order(StringComparer.Ordinal), Names(values));

        OfferSignals signals = new()
        {
            Affinities = OfferFeatures.Affinities.ToDictionary(model => model, _ => 1.0),
            UsualPrice = 20,
            CustomerPrice = 10,
            SinceTarget = TimeSpan.FromDays(5),
            SinceAnything = TimeSpan.FromHours(1),
        };
        OfferFeatures.Fill(values, offer, signals, Moment with { Device = "ios", Page = "home", Location = "CN", BasketCategories = ["milk", "茶"], BasketValue = decimal.MaxValue });
        string[] known =
        [
            "affinity.als", "affinity.item-knn", "affinity.user-knn", "affinity.content", "affinity.popularity", "affinity.co-visitation",
            "price-fit=[0.3, 0.7)", "days-since-target=[3, 7)", "days-since-anything=[-∞, 1)", "device=ios", "page=home", "location=CN",
            "basket-category=milk", "basket-category=茶", "basket-value=[250, ∞)", "form=PercentOff x page=home",
        ];
        Assert.Equal(always.Concat(known).Order(StringComparer.Ordinal), Names(values));

        // What was known of the offer before is not known of the next.
        OfferFeatures.Fill(values, offer, new OfferSignals(), Moment);
        Assert.DoesNotContain("device=ios", Names(values));
    }

    [Fact]
    public void Every_form_and_day_has_a_column_of_its_own()
    {
        Assert.Equal(Enum.GetNames<OfferForm>(), Field("form").Categories);
        Assert.Equal(Enum.GetNames<DayOfWeek>(), Field("weekday").Categories);

        static FeatureField Field(string name) => OfferFeatures.Schema.Fields.Single(field => field.Name == name);
    }

    [Fact]
    public void A_model_of_another_declaration_is_refused_by_the_ranker()
    {
        using Models.TemporaryFolder folder = new();
        FeatureSchema older = new FeatureSchemaBuilder().AddNumber("affinity.als", 0.5, 0.25).AddHashed("device").Build();
        ExampleSetBuilder builder = new(older);
        builder.Add(new FeatureValues(older).Set("affinity.als", 0.9), true);
        builder.Add(new FeatureValues(older).Set("affinity.als", 0.1), false);
        new LinearTrainer().Train(builder.Build()).Save(folder.File("m"));

        PromoRecException refused = Assert.Throws<PromoRecException>(() => LinearModel.Load(folder.File("m"), OfferFeatures.Schema));

        Assert.Equal(PromoRecErrorCode.SchemaMismatch, refused.Code);
        Assert.Contains("'affinity.item-knn' is only in the other", refused.Message, StringComparison.Ordinal);
    }

    private static string[] Names(FeatureValues values)
    {
        List<FeatureEntry> entries = [];
        FeatureEncoder.Encode(values, entries, withNames: true);
        return [.. entries.Select(entry => entry.Name!).Order(StringComparer.Ordinal)];
    }
}
