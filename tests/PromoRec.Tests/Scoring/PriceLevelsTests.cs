using PromoRec.Datasets;
using PromoRec.Scoring;

namespace PromoRec.Tests.Scoring;

public sealed class PriceLevelsTests
{
    private static readonly Item[] Items =
    [
        new() { Id = "cup", Categories = ["kitchen", "gifts"], Price = 2 },
        new() { Id = "pot", Categories = ["kitchen"], Price = 8 },
        new() { Id = "sofa", Categories = ["rooms"], Price = 900 },
        new() { Id = "thing", Price = 5 },
        new() { Id = "gift", Categories = ["kitchen"], Price = 0 },
        new() { Id = "unpriced", Categories = ["kitchen"] },
    ];

    private static readonly IdIndex ModelItems = IdIndex.FromSorted([.. Items.Select(item => item.Id.Value).Order()]);

    [Fact]
    public void A_level_is_the_logarithm_of_the_price_over_the_geometric_mean_of_its_first_category()
    {
        PriceLevels levels = Levels(["cup"], ["pot"], ["cup", "pot"], ["sofa"], ["thing"], ["unpriced", "gift"], [], ["pot", "unpriced", "never heard of"]);

        // The kitchen's geometric mean is 4: half of it, and twice as much.
        Assert.Equal(-Math.Log(2), levels.OfOffer(0), 1e-6);
        Assert.Equal(Math.Log(2), levels.OfOffer(1), 1e-6);
        Assert.Equal(0, levels.OfOffer(2), 1e-6);
        Assert.Equal(0, levels.OfOffer(3), 1e-6);
        Assert.Equal(0, levels.OfOffer(4), 1e-6);
        Assert.True(float.IsNaN(levels.OfOffer(5)) && float.IsNaN(levels.OfOffer(6)));
        Assert.Equal(Math.Log(2), levels.OfOffer(7), 1e-6);
    }

    [Fact]
    public void A_customer_buys_at_the_mean_level_of_what_they_took_and_not_of_what_they_disliked()
    {
        PriceLevels levels = Levels();

        Assert.Equal(Math.Log(2) / 2, levels.OfCustomer([Row("cup"), Row("pot"), Row("unpriced")], [1, 3, 9]), 1e-6);
        Assert.Equal(Math.Log(2), levels.OfCustomer([Row("cup"), Row("pot")], [-1, 1]), 1e-6);
        Assert.True(float.IsNaN(levels.OfCustomer([Row("unpriced")], [1])));
        Assert.True(float.IsNaN(levels.OfCustomer([], [])));
    }

    private static PriceLevels Levels(params ItemId[][] offers) => new(Items, ModelItems, offers);

    private static int Row(ItemId item) => ModelItems.TryGetRow(item.Value, out int row) ? row : throw new InvalidOperationException();
}
