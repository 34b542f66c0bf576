using PromoRec.Candidates;
using PromoRec.Models;
using PromoRec.Scoring;

namespace PromoRec.Tests.Ranking;

public class OfferAffinitiesTests
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
        OfferAffinities affinities = Compute(exponent, OfferTarget.Item("a"), OfferTarget.Item("b"));

        Assert.Equal([first, second], affinities.Vectors!.Row(0)[..2].ToArray());
        Assert.Equal(popularity, affinities.Popularity[0], 1e-6f);
    }

    [Fact]
    public void An_item_named_by_several_targets_counts_once_and_unknown_items_count_for_nothing()
    {
        OfferAffinities affinities = Compute(1, OfferTarget.Category("x"), OfferTarget.Brand("p"), OfferTarget.Item("a"), OfferTarget.Item("nowhere"), OfferTarget.Category("nothing"));

        Assert.Equal([0.5f, 1], affinities.Vectors!.Row(0)[..2].ToArray());
        Assert.Equal(0, affinities.ColdCount);
    }

    [Fact]
    public void The_whole_shop_is_the_mean_item_by_popularity()
    {
        OfferAffinities affinities = Compute(0, OfferTarget.Item("c"), OfferTarget.WholeShop);

        Assert.Equal([0.75f, 0.5f], affinities.Vectors!.Row(0)[..2].ToArray());
        Assert.Equal(2.5f, affinities.Popularity[0]);
    }

    [Fact]
    public void An_offer_with_nothing_the_model_knows_is_zero()
    {
        OfferAffinities affinities = Compute(0.5, OfferTarget.Category("z"), OfferTarget.Category("X"));

        Assert.Equal([0f, 0], affinities.Vectors!.Row(0)[..2].ToArray());
        Assert.Equal(0, affinities.Popularity[0]);
        Assert.Equal(1, affinities.ColdCount);
        Assert.False(affinities.HasPopularity);
    }

    private static OfferAffinities Compute(double exponent, params OfferTarget[] targets) =>
        OfferAffinities.Compute(CompiledCatalog.Compile(new CatalogSnapshot([TestShop.Offer("o", targets)], Items)), Model, exponent);
}
