using System.Text.Json;
using PromoRec.Ranking.Reranking;

namespace PromoRec.Benchmarks.Ranking;

/// <summary>What does re-ranking cost where its limits can be kept from the best 200 offers, and where all 10,000 have to be looked at because there are too few that fit?</summary>
internal static class RerankLatency
{
    /// <summary>The argument of the benchmark program that runs this instead of BenchmarkDotNet.</summary>
    public const string Argument = "rank-rerank";

    private const int Offers = 10_000;
    private const int Factors = 64;
    private const int Places = 20;

    public static void Run(TextWriter output)
    {
        output.WriteLine($"Ranker.Rank by one ALS, span form, {Places} places, {Offers} offers of 5 categories and 20 merchants, with reasons, one thread.");
        output.WriteLine();
        output.WriteLine(RankTimes.Heading);
        List<RankTimes> all = [];
        Add("pure score", 5_000, _ => { });
        Add("diversity 0.3", 5_000, options => options.Diversity = 0.3);
        Add("14 of a category", 5_000, options => options.MaxPerCategory = 14);
        Add("2 of a category, which cannot fill the places", 500, options => options.MaxPerCategory = 2);
        Add("the same with diversity 0.3", 500, options => (options.MaxPerCategory, options.Diversity) = (2, 0.3));
        Add("the same with margin 0.2 and damping 0.1", 500, options => (options.MaxPerCategory, options.Diversity, options.MarginWeight, options.PopularityDamping) = (2, 0.3, 0.2, 0.1));
        Add("the same with a minimum of 3 of a merchant", 500, options =>
        {
            (options.MaxPerCategory, options.Diversity) = (2, 0.3);
            options.Quotas.Add(new SlotQuota { Merchant = "merchant 7", Minimum = 3 });
        });
        Add("the same with a floor of 0.02 for merchants", 500, options => (options.MaxPerCategory, options.Diversity, options.MerchantFloor) = (2, 0.3, 0.02));
        string path = Processor.ResultsPath("rank-rerank.json");
        File.WriteAllText(path, JsonSerializer.Serialize(new { processor = Processor.Name, microseconds = all }, Processor.Json));
        output.WriteLine($"Written to {path}");

        void Add(string name, int measured, Action<RerankingOptions> set)
        {
            var options = new RerankingOptions();
            set(options);
            using var shop = new RankShop(Offers, Factors, options);
            IOfferRanker ranker = shop.Ranker;
            var places = new RankedOffer[Places];
            all.Add(RankTimes.Measure(name, measured, i => ranker.Rank(RankShop.Customer(i), places)));
            output.WriteLine(all[^1].Line);
        }
    }
}
