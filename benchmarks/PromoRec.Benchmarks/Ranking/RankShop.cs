using Microsoft.Extensions.Logging.Abstractions;
using PromoRec.Datasets;
using PromoRec.Models;
using PromoRec.Numerics;
using PromoRec.Ranking;
using PromoRec.Ranking.Reranking;

namespace PromoRec.Benchmarks.Ranking;

/// <summary>A seeded shop at the size of a benchmark: a million customers with 50 past items each, 5,000 items, offers on three items each.</summary>
internal sealed class RankShop : IDisposable
{
    public const int Users = 1_000_000;
    private const int Items = 5_000;
    private const int PastItems = 50;
    private const int TargetsPerOffer = 3;

    // No two customers in a row are near each other in memory: 611,953 and the number of customers have no common divisor.
    private const long CustomerStep = 611_953;

    private readonly LiveModel _live;
    private readonly FactorModel _model;

    public RankShop(int offers, int factors, RerankingOptions? reranking = null)
    {
        var random = new SeededRandom(seed: 1);
        var options = new RankingOptions { Reranking = reranking ?? new RerankingOptions() };
        _live = new LiveModel(new InMemoryOfferCatalog(Catalog(offers, ref random)), options, new RecentActivity(options), NullLogger.Instance);
        _model = Model(factors, ref random);
        _live.Publish(_model);
        Ranker = new OfferRanker(_live, directory: null, TimeProvider.System);
    }

    public IOfferRanker Ranker { get; }

    /// <summary>The customer of a call, in an order that no cache has seen.</summary>
    public static UserId Customer(int call) => call * CustomerStep % Users;

    /// <summary>Publishes another model, of the same numbers.</summary>
    public void Swap() =>
        _live.Publish(new FactorModel(_model.Users, _model.Items, _model.UserFactors, _model.ItemFactors, _model.Objective, _model.History, _model.Manifest));

    public void Dispose() => _live.Dispose();

    private static CatalogSnapshot Catalog(int offers, ref SeededRandom random)
    {
        var made = new Offer[offers];
        for (int i = 0; i < offers; i++)
        {
            var targets = new OfferTarget[TargetsPerOffer];
            for (int t = 0; t < targets.Length; t++)
            {
                targets[t] = OfferTarget.Item(random.NextInt32(Items));
            }

            made[i] = new Offer { Id = i, Terms = OfferTerms.PercentOff(10), Targets = targets, Merchant = $"merchant {i % 20}", Margin = i % 7 };
        }

        return new CatalogSnapshot(made, [.. Enumerable.Range(0, Items).Select(i => new Item { Id = i, Categories = [$"category {i % 5}"], Brand = $"brand {i % 100}" })]);
    }

    private static FactorModel Model(int factors, ref SeededRandom random)
    {
        CsrMatrix byUser = PastOf(ref random);
        var popularity = new float[Items];
        foreach (int item in byUser.AllColumns)
        {
            popularity[item]++;
        }

        var noOffers = new CsrMatrix(0, new long[Users + 1], default, default);
        return new FactorModel(
            Numbers(Users),
            Numbers(Items),
            Gaussian(Users, factors, ref random),
            Gaussian(Items, factors, ref random),
            new ImplicitObjective(0.01, 1, 1, false, 0.1, false),
            new InteractionHistory(byUser, byUser, IdIndex.Empty, noOffers, popularity),
            new ModelManifest { Version = "bench", Algorithm = "random" });
    }

    private static CsrMatrix PastOf(ref SeededRandom random)
    {
        // One of every hundred items: distinct and in order without a search.
        const int Choices = Items / PastItems;
        var offsets = new long[Users + 1];
        var columns = new int[Users * PastItems];
        for (int user = 0; user < Users; user++)
        {
            for (int i = 0; i < PastItems; i++)
            {
                columns[(user * PastItems) + i] = (i * Choices) + random.NextInt32(Choices);
            }

            offsets[user + 1] = (user + 1) * PastItems;
        }

        var ones = new float[columns.Length];
        Array.Fill(ones, 1);
        return new CsrMatrix(Items, offsets, columns, ones);
    }

    private static IdIndex Numbers(int count)
    {
        IdValue[] ids = [.. Enumerable.Range(0, count).Select(i => new IdValue(i)).Order()];
        return IdIndex.FromSorted(ids);
    }

    private static FactorMatrix Gaussian(int rows, int factors, ref SeededRandom random)
    {
        FactorMatrix matrix = FactorMatrix.Create(rows, factors);
        for (int row = 0; row < rows; row++)
        {
            foreach (ref float factor in matrix.Row(row)[..factors])
            {
                factor = (float)random.NextGaussian() * 0.1f;
            }
        }

        return matrix;
    }
}
