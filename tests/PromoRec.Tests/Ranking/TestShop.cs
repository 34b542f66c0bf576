using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PromoRec.Models;
using PromoRec.Ranking;

namespace PromoRec.Tests.Ranking;

/// <summary>A catalog, a model slot and a ranker, put together without a container.</summary>
internal sealed class TestShop : IDisposable
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public TestShop(CatalogSnapshot? catalog = null, RecommendationModel? model = null, ICustomerDirectory? directory = null, RankingOptions? options = null, ILogger? logger = null)
    {
        options ??= new RankingOptions();
        Catalog = new InMemoryOfferCatalog(catalog);
        Activity = new RecentActivity(options);
        Live = new LiveModel(Catalog, options, Activity, logger ?? NullLogger.Instance);
        Ranker = new OfferRanker(Live, directory, Time);
        if (model is not null)
        {
            Live.Publish(model);
        }
    }

    public ManualTime Time { get; } = new(Noon);

    public InMemoryOfferCatalog Catalog { get; }

    public RecentActivity Activity { get; }

    public LiveModel Live { get; }

    public IOfferRanker Ranker { get; }

    public static Offer Offer(OfferId id, params OfferTarget[] targets) =>
        new() { Id = id, Terms = OfferTerms.CashOff(1), Targets = targets.Length == 0 ? [OfferTarget.WholeShop] : targets };

    public static Offer OnItems(OfferId id, params ItemId[] items) => Offer(id, Array.ConvertAll(items, OfferTarget.Item));

    public static CatalogSnapshot Snapshot(params Offer[] offers) => new(offers, []);

    /// <summary>The ids of a ranking, in its order.</summary>
    public string Order(UserId user, RankRequest? request = null) => string.Join(' ', Ranker.Rank(user, request).Select(ranked => ranked.Offer.Id));

    public void Dispose() => Live.Dispose();
}
