using PromoRec.Profiles;

namespace PromoRec.Consumer.Tests;

public sealed class ProfileGuideTests
{
    [Fact]
    public void The_guide_shows_the_code_that_is_run_here() =>
        Assert.Contains(
            File.ReadAllText(Path.Combine(Repository.Root, "tests", "PromoRec.Consumer.Tests", "ProfileGuide.cs")).TrimEnd(),
            File.ReadAllText(Path.Combine(Repository.Root, "docs", "guide", "profiles.md")),
            StringComparison.Ordinal);

    [Fact]
    public async Task Its_code_does_what_the_guide_says()
    {
        InMemoryOfferCatalog catalog = new(new CatalogSnapshot([], [new Item { Id = "green-tea", Categories = ["tea"], Brand = "Berg", Price = 8 }]));

        CustomerProfile? ann = await ProfileGuide.TellAsync(catalog);

        Assert.NotNull(ann);
        Assert.Equal(("tea", "Berg", "new parent"), (ann.Categories[0].Name, ann.Brands[0].Name, ann.Tags[0].Name));
        Assert.Equal((1, 7.20m, 1), (ann.Rfm.Frequency, ann.Rfm.Monetary, ann.Discount.Discounted));
        Assert.Equal(new RfmQuintiles(3, 3, 3), ann.Segment?.Rfm);
        Assert.Equal(ChannelId.AppPush, ann.Channels[0].Channel);
    }
}
