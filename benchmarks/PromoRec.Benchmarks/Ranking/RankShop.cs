using Microsoft.Extensions.Logging.Abstractions;
using PromoRec.Datasets;
using PromoRec.Models;
using PromoRec.Numerics;
using PromoRec.Ranking;
using PromoRec.Ranking.Reranking;

namespace PromoRec.Benchmarks.Ranking;

/// <summary>A seeded shop at the size of a benchmark: 2,000 customers with 50 past items each, 5,000 items, offers on three items each.</summary>
internal sealed class RankShop
{
    public const int Users = 2_000;
    private const int Items = 5_000;
    private const int PastItems = 50;
    private const int TargetsPerOffer = 3;

    public RankShop(int offers, int factors, RerankingOptions? reranking = null)
    {
        var random = new SeededRandom(seed: 1);
        var options = new RankingOptions { Reranking = reranking ?? new RerankingOptions() };
        var live = new LiveModel(new InMemoryOfferCatalog(Catalog(offers, ref random)), options, new RecentActivity(options), NullLogger.Instance);
        live.Publish(Model(factors, ref random));
        Ranker = new OfferRanker(live, directory: null, TimeProvider.System);
    }

    public IOfferRanker Ranker { get; }

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
        var offsets = new long[Users + 1];
        var columns = new List<int>();
        for (int user = 0; user < Users; user++)
        {
            var past = new SortedSet<int>();
            while (past.Count < PastItems)
            {
                past.Add(random.NextInt32(Items));
            }

            columns.AddRange(past);
            offsets[user + 1] = columns.Count;
        }

        var ones = new float[columns.Count];
        Array.Fill(ones, 1);
        return new CsrMatrix(Items, offsets, columns.ToArray(), ones);
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
