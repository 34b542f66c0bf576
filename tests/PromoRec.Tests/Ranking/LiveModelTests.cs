using Microsoft.Extensions.Logging.Abstractions;
using PromoRec.Datasets;
using PromoRec.Interactions;
using PromoRec.Models;
using PromoRec.Models.Hybrid;
using PromoRec.Models.Ratings;
using PromoRec.Ranking;
using PromoRec.Training.Knn;
using PromoRec.Training.Ratings;

namespace PromoRec.Tests.Ranking;

public class LiveModelTests
{
    [Fact]
    public void The_next_request_after_a_publish_sees_the_new_model_and_after_a_restore_the_old_one()
    {
        using var shop = new TestShop(TestShop.Snapshot(TestShop.OnItems("o", "tea")));
        FactorModel first = Versioned(1);
        FactorModel second = Versioned(2);

        Assert.Null(shop.Live.Current);
        Assert.False(shop.Live.RestorePrevious());
        shop.Live.Publish(first);
        Assert.Equal(1, shop.Ranker.Rank("ann")[0].Score);
        Assert.False(shop.Live.RestorePrevious());
        shop.Live.Publish(second);
        Assert.Equal(2, shop.Ranker.Rank("ann")[0].Score);
        Assert.Equal("2", shop.Ranker.Rank("ann").Summary.ModelVersion);
        shop.Live.Publish(second);
        Assert.True(shop.Live.RestorePrevious());
        Assert.Same(first, shop.Live.Current);
        Assert.Equal(1, shop.Ranker.Rank("ann")[0].Score);
        Assert.True(shop.Live.RestorePrevious());
        Assert.Same(second, shop.Live.Current);
    }

    [Fact]
    public void The_next_request_after_a_replace_sees_the_new_offers()
    {
        using var shop = new TestShop(model: Versioned(1));

        shop.Catalog.Replace(TestShop.Snapshot(TestShop.OnItems("a", "tea")));
        Assert.Equal("a", shop.Order("ann"));
        shop.Catalog.Replace(TestShop.Snapshot(TestShop.OnItems("b", "tea"), TestShop.OnItems("c", "unheard-of")));
        Assert.Equal("b c", shop.Order("ann"));
    }

    [Fact]
    public void A_model_of_ratings_says_nothing_about_offers_and_is_refused_alone_and_in_a_hybrid()
    {
        var builder = new DatasetBuilder();
        builder.AddRange([new Interaction("ann", (ItemId)"tea", InteractionKind.Rating, TestShop.Noon) { Value = 5 }, new Interaction("ben", (ItemId)"tea", InteractionKind.Rating, TestShop.Noon) { Value = 2 }, new Interaction("ben", (ItemId)"mug", InteractionKind.Rating, TestShop.Noon) { Value = 4 }]);
        InteractionDataset ratings = builder.Build();
        RecommendationModel own = new ItemKnnTrainer().Train(ratings);
        using var shop = new TestShop(TestShop.Snapshot(TestShop.OnItems("t", "tea")), own);
        RatingModel[] models = [new BaselineTrainer().Train(ratings), new RatingKnnTrainer().Train(ratings), new SlopeOneTrainer().Train(ratings), new SvdTrainer().Train(ratings), new SvdPlusPlusTrainer().Train(ratings)];

        Assert.All(models, model =>
        {
            PromoRecException refused = Assert.Throws<PromoRecException>(() => shop.Live.Publish(model));
            Assert.Equal(PromoRecErrorCode.UnfitModel, refused.Code);
            Assert.Contains("is a model of ratings, which predicts how customers rate items and says nothing about offers", refused.Message, StringComparison.Ordinal);
            Assert.Contains("'stars' is a model of ratings", Assert.Throws<PromoRecException>(() => shop.Live.Publish(HybridModel.Of([new("knn", own), new("stars", model)]))).Message, StringComparison.Ordinal);
        });
        Assert.Same(own, shop.Live.Current);
        Assert.False(shop.Live.RestorePrevious());
    }

    [Fact]
    public void A_disposed_slot_follows_the_catalog_no_more_and_still_ranks()
    {
        var shop = new TestShop(TestShop.Snapshot(TestShop.Offer("a")));
        shop.Dispose();

        shop.Catalog.Replace(CatalogSnapshot.Empty);

        Assert.Equal("a", shop.Order("ann"));
    }

    [Fact]
    public void A_catalog_with_faults_is_refused_at_start_and_leaves_the_offers_as_they_were_later()
    {
        var catalog = new HostCatalog();
        catalog.Set(TestShop.Snapshot(TestShop.Offer("a"), TestShop.Offer("a")));
        var options = new RankingOptions();
        Assert.Throws<PromoRecException>(() => new LiveModel(catalog, options, new RecentActivity(options), NullLogger.Instance));

        catalog.Set(TestShop.Snapshot(TestShop.Offer("a")));
        using var live = new LiveModel(catalog, options, new RecentActivity(options), NullLogger.Instance);
        var ranker = new OfferRanker(live, null, new ManualTime(TestShop.Noon));
        catalog.Set(TestShop.Snapshot(TestShop.Offer(default)));
        Assert.Equal("a", ranker.Rank("ann")[0].Offer.Id);

        catalog.Set(TestShop.Snapshot(TestShop.Offer("b")));
        Assert.Equal("b", ranker.Rank("ann")[0].Offer.Id);
    }

    [Fact]
    public void A_catalog_without_a_snapshot_is_refused_with_a_way_out()
    {
        var catalog = new HostCatalog();
        var options = new RankingOptions();
        catalog.Set(null!);

        PromoRecException fault = Assert.Throws<PromoRecException>(() => new LiveModel(catalog, options, new RecentActivity(options), NullLogger.Instance));

        Assert.Equal(PromoRecErrorCode.InvalidCatalog, fault.Code);
        Assert.Contains("CatalogSnapshot.Empty", fault.Message);
    }

    [Fact]
    public void A_start_that_fails_while_the_catalog_changes_does_not_wait_for_itself()
    {
        var catalog = new ChangingAtStart();
        var options = new RankingOptions();

        Assert.Throws<PromoRecException>(() => new LiveModel(catalog, options, new RecentActivity(options), NullLogger.Instance));

        Assert.True(catalog.CallbackEnded);
    }

    [Fact]
    public async Task Requests_during_swaps_see_one_model_and_one_catalog_each()
    {
        // In catalog c an offer "c" aims at item "c"; model m scores item "c" with 100 m + c.
        FactorModel[] models = [.. Enumerable.Range(1, 4).Select(Versioned)];
        CatalogSnapshot[] catalogs = [.. Enumerable.Range(1, 4).Select(c => TestShop.Snapshot([.. Enumerable.Range(0, c).Select(i => TestShop.OnItems($"{c}-{i}", $"item{c}"))]))];
        using var shop = new TestShop(catalogs[0], models[0]);
        using var stop = new CancellationTokenSource();
        Task<int>[] readers = [.. Enumerable.Range(0, 3).Select(_ => Task.Run(Read))];

        for (int i = 0; i < 300; i++)
        {
            shop.Live.Publish(models[i % 4]);
            shop.Catalog.Replace(catalogs[i * 7 % 4]);
            if (i % 3 == 0)
            {
                shop.Live.RestorePrevious();
            }
        }

        await stop.CancelAsync();
        Assert.All(await Task.WhenAll(readers), rankings => Assert.True(rankings > 0));

        int Read()
        {
            int rankings = 0;
            do
            {
                RankedOffers ranked = shop.Ranker.Rank("ann");
                int model = int.Parse(ranked.Summary.ModelVersion, System.Globalization.CultureInfo.InvariantCulture);
                Assert.InRange(ranked.Count, 1, 4);
                Assert.All(ranked, offer =>
                {
                    Assert.StartsWith($"{ranked.Count}-", offer.Offer.Id.ToString());
                    Assert.Equal((100 * model) + ranked.Count, offer.Score);
                });
                rankings++;
            }
            while (!stop.IsCancellationRequested);

            return rankings;
        }
    }

    private static FactorModel Versioned(int version)
    {
        var model = new TestModel { Version = $"{version}" }.User("ann", version, 1).Item("tea", 1, 0);
        for (int c = 1; c <= 4; c++)
        {
            model.Item($"item{c}", 100, c);
        }

        return model.Build();
    }
}
