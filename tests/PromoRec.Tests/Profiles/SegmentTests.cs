using PromoRec.Interactions;
using PromoRec.Profiles;

namespace PromoRec.Tests.Profiles;

public class SegmentTests
{
    [Fact]
    public void Five_buyers_stand_in_five_fifths()
    {
        var shop = new ProfileShop();
        for (int user = 1; user <= 5; user++)
        {
            // User 5 bought last, user 1 most often, user 3 spent most.
            for (int order = 0; order < 6 - user; order++)
            {
                shop.With(ProfileShop.Purchase(0, 10 - user + order, user == 3 ? 1_000 : 6 - user) with { User = user });
            }
        }

        shop.With(new Interaction("looker", (ItemId)0, InteractionKind.View, ProfileShop.Noon));
        ProfileSegments segments = shop.Profiles.Segment();

        Assert.Equal((6, 5, ProfileShop.Noon), (segments.Customers, segments.Buyers, segments.AsOf));
        Assert.Equal([1, 2, 3, 4, 5], Enumerable.Range(1, 5).Select(user => segments.Find(user)!.Rfm!.Value.Recency));
        Assert.Equal([5, 4, 3, 2, 1], Enumerable.Range(1, 5).Select(user => segments.Find(user)!.Rfm!.Value.Frequency));
        Assert.Equal([4, 3, 5, 2, 1], Enumerable.Range(1, 5).Select(user => segments.Find(user)!.Rfm!.Value.Monetary));
        Assert.Null(segments.Find("looker")!.Rfm);
        Assert.Null(segments.Find("nobody"));
        Assert.Equal(segments.Find(3), shop.Profiles.Find(3)!.Segment);
    }

    [Fact]
    public void Customers_with_other_tastes_are_in_other_clusters_whatever_the_order_and_the_threads()
    {
        Interaction[] events = [.. Enumerable.Range(0, 60).SelectMany(user => Enumerable.Range(0, 3).Select(i =>
            ProfileShop.Purchase(user % 3 == 0 ? 2 : (user + i) % 2, i + (user * 0.01)) with { User = user }))];
        ProfileShop shop = Shop(1).With(events);
        ProfileSegments segments = shop.Profiles.Segment();

        Assert.Equal(2, segments.Clusters.Count);
        Assert.All(Enumerable.Range(0, 60), user => Assert.Equal(user % 3 == 0 ? 1 : 0, segments.Find(user)!.Cluster));
        Assert.Equal([40, 20], segments.Clusters.Select(cluster => cluster.Customers));
        Assert.Equal("tea", segments.Clusters[0].Categories[0].Name);
        Assert.Equal(["gifts", "mugs"], segments.Clusters[1].Categories.Select(interest => interest.Name));
        Assert.Equal(["Ahoi", "Berg"], segments.Clusters[0].Brands.Select(brand => brand.Name).Order());
        Assert.All(segments.Clusters[1].Categories, interest => Assert.Equal(Math.Sqrt(0.5), interest.Weight, 1e-12));

        ProfileShop again = Shop(4).With(Datasets.Events.Shuffled(events, 9));
        ProfileSegments same = again.Profiles.Segment();
        Assert.Equal(segments.Inertia, same.Inertia);
        Assert.All(Enumerable.Range(0, 60), user => Assert.Equal(segments.Find(user), same.Find(user)));

        static ProfileShop Shop(int threads) => new(options => (options.Clusters, options.Threads) = (2, threads));
    }

    [Fact]
    public void Who_has_none_of_the_common_interests_is_in_no_cluster()
    {
        ProfileShop shop = new ProfileShop(options => options.ClusterFeatures = 1).With(
            ProfileShop.Purchase(0), ProfileShop.Purchase(1) with { User = "ben" }, ProfileShop.Purchase(2) with { User = "cat" }, ProfileShop.Purchase(3) with { User = "dan" });
        ProfileSegments segments = shop.Profiles.Segment();

        Assert.Equal([0, 0, null, null], new UserId[] { "ann", "ben", "cat", "dan" }.Select(user => segments.Find(user)!.Cluster));
        Assert.Equal((1, 2), (segments.Clusters.Count, segments.Clusters[0].Customers));
        Assert.NotNull(segments.Find("dan")!.Rfm);
    }

    [Fact]
    public void Without_customers_there_is_nothing_to_divide()
    {
        ProfileSegments segments = new ProfileShop().Profiles.Segment();

        Assert.Equal((0, 0, null, 0.0), (segments.Customers, segments.Buyers, segments.DiscountShare, segments.Inertia));
        Assert.Empty(segments.Clusters);
    }

    [Fact]
    public void The_shops_share_of_discounted_orders_is_that_of_all_orders_together()
    {
        ProfileShop shop = new ProfileShop().With(
            ProfileShop.Purchase(0, 1), ProfileShop.Purchase(0, 2), ProfileShop.Purchase(0, 3), ProfileShop.Purchase(0, 1) with { User = "ben", Offer = 1 });

        Assert.Equal(0.25, shop.Profiles.Segment().DiscountShare);
    }

    [Fact]
    public void It_can_be_stopped()
    {
        ProfileShop shop = new ProfileShop().With(ProfileShop.Purchase(0));

        Assert.Throws<OperationCanceledException>(() => shop.Profiles.Segment(new CancellationToken(canceled: true)));
        Assert.Null(shop.Ann.Segment);
    }
}
