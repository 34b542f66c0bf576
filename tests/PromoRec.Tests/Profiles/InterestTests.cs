using FsCheck.Fluent;
using PromoRec.Interactions;
using PromoRec.Profiles;
using PromoRec.Tests.Properties;

namespace PromoRec.Tests.Profiles;

public class InterestTests
{
    [Fact]
    public void An_interest_halves_exactly_with_every_half_life()
    {
        ProfileShop shop = new ProfileShop().With(ProfileShop.Purchase(0));

        for (int halfLives = 0; halfLives <= 60; halfLives++)
        {
            shop.Time.Now = ProfileShop.Noon.AddDays(10 * halfLives);
            Assert.Equal(Math.ScaleB(1, -halfLives), shop.Ann.InterestInCategory("tea"));
            Assert.Equal(Math.ScaleB(1, -halfLives), shop.Ann.InterestInBrand("Ahoi"));
        }
    }

    [Fact]
    public void The_half_life_and_floor_of_a_kind_come_before_those_of_all()
    {
        ProfileShop shop = new ProfileShop(options => options.Weights[InteractionKind.View] = new InteractionWeight(0.5, TimeSpan.FromDays(1), 0.1))
            .With(new Interaction("ann", (ItemId)0, InteractionKind.View, ProfileShop.Noon));

        shop.Time.Now = ProfileShop.Noon.AddDays(1);
        Assert.Equal(0.25, shop.Ann.InterestInCategory("tea"));
        shop.Time.Now = ProfileShop.Noon.AddDays(100);
        Assert.Equal(0.05, shop.Ann.InterestInCategory("tea"));
    }

    [Fact]
    public void An_event_whose_time_nobody_knows_does_not_fade()
    {
        ProfileShop shop = new ProfileShop().With(new Interaction("ann", (ItemId)0, InteractionKind.Purchase, default));
        shop.Time.Now = ProfileShop.Noon.AddYears(50);

        Assert.Equal(1, shop.Ann.InterestInCategory("tea"));
        Assert.Equal((null, 1), (shop.Ann.Rfm.Recency, shop.Ann.Rfm.Frequency));
    }

    [Fact]
    public void Categories_share_an_item_and_targets_share_an_offer()
    {
        ProfileShop shop = new ProfileShop().With(
            ProfileShop.Purchase(2),
            new Interaction("ann", (OfferId)0, InteractionKind.Redeem, ProfileShop.Noon),
            new Interaction("ann", (OfferId)1, InteractionKind.Redeem, ProfileShop.Noon));

        // The mug: half mugs, half gifts. Offer 0: half tea, half Ahoi. Offer 1: half the mug, half the whole shop, which says nothing.
        Assert.Equal([new Interest("gifts", 0.75), new Interest("mugs", 0.75), new Interest("tea", 0.5)], shop.Ann.Categories);
        Assert.Equal([new Interest("Ahoi", 0.5)], shop.Ann.Brands);
        Assert.Equal(0, shop.Ann.InterestInBrand("tea"));
    }

    [Fact]
    public void What_is_dismissed_counts_against_and_comes_last()
    {
        ProfileShop shop = new ProfileShop().With(new Interaction("ann", (ItemId)0, InteractionKind.Dismiss, ProfileShop.Noon), ProfileShop.Purchase(2));

        Assert.Equal(["gifts", "mugs", "tea"], shop.Ann.Categories.Select(interest => interest.Name));
        Assert.Equal(-0.5, shop.Ann.InterestInCategory("tea"));
    }

    [Fact]
    public void It_equals_plain_sums() =>
        Prop.ForAll(ProfileShop.Lists, events =>
        {
            Interaction[] ofOne = [.. events.Select(e => e with { User = "ann", EventId = null })];
            ProfileShop shop = new ProfileShop().With(ofOne);
            var weights = new InteractionWeights();
            var sums = new Dictionary<string, double>();
            foreach (Interaction e in ofOne.Where(e => e.At <= ProfileShop.Noon))
            {
                double decay = e.At == default ? 1 : Math.Pow(0.5, (ProfileShop.Noon - e.At).TotalDays / 10);
                double weight = weights[e.Kind].Weight * Math.Clamp(e.Value, -1e9, 1e9) * decay;
                Item? item = ProfileShop.Catalog.Items.FirstOrDefault(item => item.Id == e.Item);
                Offer? offer = item is null ? ProfileShop.Catalog.Offers.FirstOrDefault(offer => offer.Id == e.Offer) : null;
                foreach ((string name, double share) in
                    item is not null ? item.Categories.Select(name => (name, 1.0 / item.Categories.Count))
                    : offer?.Id == 0 ? [("tea", 0.5)]
                    : offer?.Id == 1 ? [("gifts", 0.25), ("mugs", 0.25)]
                    : Array.Empty<(string, double)>())
                {
                    sums[name] = sums.GetValueOrDefault(name) + (weight * share);
                }
            }

            double scale = 1e-12 * ofOne.Sum(e => Math.Min(Math.Abs(e.Value), 1e9));
            CustomerProfile? ann = shop.Profiles.Find("ann");
            Assert.All(new[] { "tea", "mugs", "gifts" }, name => Assert.Equal(sums.GetValueOrDefault(name), ann?.InterestInCategory(name) ?? 0, scale + 1e-12));
            Assert.True(ann is null || ann.Categories.All(interest => double.IsFinite(interest.Weight)));
        }).Holds();

    [Fact]
    public void Values_of_any_size_leave_interests_finite()
    {
        ProfileShop shop = new ProfileShop(options => options.Weights[InteractionKind.Purchase] = new InteractionWeight(1_000_000))
            .With([.. Enumerable.Range(0, 50).Select(i => ProfileShop.Purchase(0, i) with { Value = double.MaxValue })])
            .With(ProfileShop.Purchase(1) with { Value = -double.MaxValue });
        shop.Profiles.Segment();

        Assert.True(double.IsFinite(shop.Ann.InterestInCategory("tea")));
        Assert.True(shop.Ann.InterestInCategory("tea") > 0);
        Assert.Equal(0, shop.Ann.Segment!.Cluster);
    }

    [Fact]
    public void Later_events_wait_for_their_time()
    {
        ProfileShop shop = new ProfileShop().With(ProfileShop.Purchase(0, daysAgo: -1), ProfileShop.Purchase(2, daysAgo: 1));

        Assert.Equal((1, 0), (shop.Ann.Events, shop.Ann.InterestInCategory("tea")));
        Assert.Equal(2, shop.Profiles.Find("ann", ProfileShop.Noon.AddDays(1))!.Events);
        Assert.Equal(0, shop.Profiles.Find("ann", ProfileShop.Noon.AddDays(-2))!.Events);
        shop.Time.Now = ProfileShop.Noon.AddDays(1);
        Assert.Equal(1, shop.Ann.InterestInCategory("tea"));
    }

    [Fact]
    public void Interests_follow_the_catalog_and_pass_over_one_with_faults()
    {
        var catalog = new SwitchedCatalog(ProfileShop.Catalog);
        var profiles = new CustomerProfiles(catalog, null, new Ranking.ManualTime(ProfileShop.Noon));
        profiles.Add([ProfileShop.Purchase(0)]);
        Assert.Equal("tea", profiles.Find("ann")!.Categories.Single().Name);

        catalog.Current = new CatalogSnapshot([], [new Item { Id = 0, Categories = ["drinks"] }]);
        Assert.Equal("drinks", profiles.Find("ann")!.Categories.Single().Name);
        Assert.Empty(profiles.Find("ann")!.Brands);

        catalog.Current = new CatalogSnapshot([], [new Item { Id = 0, Categories = [" "] }]);
        Assert.Equal("drinks", profiles.Find("ann")!.Categories.Single().Name);
    }

    private sealed class SwitchedCatalog(CatalogSnapshot snapshot) : IOfferCatalog
    {
        public CatalogSnapshot Current { get; set; } = snapshot;

        public Microsoft.Extensions.Primitives.IChangeToken GetChangeToken() => new Microsoft.Extensions.Primitives.CancellationChangeToken(CancellationToken.None);
    }
}
