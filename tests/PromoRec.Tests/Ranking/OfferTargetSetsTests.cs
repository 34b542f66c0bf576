using PromoRec.Candidates;
using PromoRec.Models;
using PromoRec.Scoring;

namespace PromoRec.Tests.Ranking;

public class OfferTargetSetsTests
{
    private static readonly FactorModel Model = new TestModel()
        .User("u", 1, 1).User("v", 1, 1).User("w", 1, 1)
        .Item("a", 1, 0).Item("b", 0, 2).Item("c", 4, 4)
        .Likes("u", "a").Likes("v", "a").Likes("w", "a").Likes("u", "b").Likes("v", "c", -1)
        .Build();

    private static readonly Item[] Items =
    [
        new() { Id = "a", Categories = ["x", "y"], Brand = "p" },
        new() { Id = "b", Categories = ["x"], Brand = "q" },
        new() { Id = "unknown", Categories = ["x", "z"], Brand = "r" },
    ];

    [Theory]
    [InlineData(0, 1, 2, 4)]
    [InlineData(1, 0.5f, 1, 2)]
    [InlineData(0.5, 0.70710677f, 1.4142135f, 2.828427f)]
    public void An_offer_is_the_sum_of_its_items_over_a_power_of_their_number(double exponent, float first, float second, float popularity)
    {
        (OfferTargetSets sets, float[] vector, float popular) = Compute(exponent, OfferTarget.Item("a"), OfferTarget.Item("b"));

        Assert.Equal([first, second], vector);
        Assert.Equal(popularity, popular, 1e-6f);
        Assert.Equal(0, sets.ColdOffers);
    }

    [Fact]
    public void An_item_named_by_several_targets_counts_once_and_unknown_items_count_for_nothing()
    {
        (OfferTargetSets sets, float[] vector, _) = Compute(1, OfferTarget.Category("x"), OfferTarget.Brand("p"), OfferTarget.Item("a"), OfferTarget.Item("nowhere"), OfferTarget.Category("nothing"));

        Assert.Equal([0.5f, 1], vector);
        Assert.Equal(0, sets.ColdOffers);
    }

    [Fact]
    public void The_whole_shop_is_the_mean_item_by_popularity()
    {
        (_, float[] vector, float popular) = Compute(0, OfferTarget.Item("c"), OfferTarget.WholeShop);

        Assert.Equal([0.75f, 0.5f], vector);
        Assert.Equal(2.5f, popular);
    }

    [Fact]
    public void An_offer_with_nothing_the_model_knows_is_zero()
    {
        (OfferTargetSets sets, float[] vector, float popular) = Compute(0.5, OfferTarget.Category("z"), OfferTarget.Category("X"));

        Assert.Equal([0f, 0], vector);
        Assert.Equal(0, popular);
        Assert.Equal(1, sets.ColdOffers);
    }

    [Fact]
    public void Offers_with_the_same_targets_share_a_set_and_each_has_its_values()
    {
        CompiledCatalog catalog = Catalog(TestShop.OnItems("1", "a"), TestShop.OnItems("2", "b"), TestShop.OnItems("3", "a"), TestShop.OnItems("4", "b", "a"));
        OfferTargetSets sets = OfferTargetSets.Of(catalog, Model.Items, Model.History.ItemPopularity.Span, 0);
        var expanded = new float[4];
        sets.Expand([10, 20, 30], expanded);

        Assert.Equal([0, 1, 0, 2], sets.SetOf.ToArray());
        Assert.Equal([10f, 20, 10, 30], expanded);
        Assert.Equal([0, 2], sets.ByItem.ColumnsOf(0).ToArray());
    }

    private static CompiledCatalog Catalog(params Offer[] offers) => CompiledCatalog.Compile(new CatalogSnapshot(offers, Items));

    private static (OfferTargetSets Sets, float[] Vector, float Popularity) Compute(double exponent, params OfferTarget[] targets)
    {
        OfferTargetSets sets = OfferTargetSets.Of(Catalog(TestShop.Offer("o", targets)), Model.Items, Model.History.ItemPopularity.Span, exponent);
        var scorer = new AffinityScorer(FactorInsight.Of(Model), sets, number: 0);
        return (sets, scorer.Vectors.Row(0)[..2].ToArray(), OfferPopularity.Of(sets, Model.History.ItemPopularity.Span).Values[0]);
    }
}
